"""The steps that made the schema, one in each module: why, and its SQL. None imports anything."""
