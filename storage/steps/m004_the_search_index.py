"""Up to which paper the search index goes; its own tables are made as papers come in."""

SQL = """
CREATE TABLE search_state (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    through INTEGER NOT NULL, -- the highest number of a paper that is in it
    version INTEGER NOT NULL  -- of what is indexed of a paper
) STRICT;
INSERT INTO search_state VALUES (1, 0, 0)
"""
