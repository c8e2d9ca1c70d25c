"""The papers that chats put aside."""

SQL = """
CREATE TABLE saved (
    chat  INTEGER NOT NULL REFERENCES subscribers ON UPDATE CASCADE ON DELETE CASCADE,
    paper INTEGER NOT NULL REFERENCES papers,
    at    REAL NOT NULL, -- seconds since 1970
    PRIMARY KEY (chat, paper)
) STRICT, WITHOUT ROWID
"""
