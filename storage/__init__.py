"""SQLite: the only place with SQL. Returns objects of papers, never rows."""
