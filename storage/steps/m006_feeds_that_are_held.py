"""A day of a feed may be held: so much of it is new that somebody has to look at it first."""

SQL = """
CREATE TABLE accounted (
    category      TEXT NOT NULL,
    day           TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (
        state IN ('awaited', 'ingested', 'empty', 'stale', 'failed', 'filled', 'held')),
    reason        TEXT NOT NULL DEFAULT '', -- also of an ingested day: what its list lacked
    origin        TEXT NOT NULL DEFAULT '', -- the address or file that it came from
    changed       REAL NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0, -- looks that found nothing
    again         REAL,                       -- when to look again; NULL when it is settled
    leased        REAL NOT NULL DEFAULT 0,    -- until then somebody is looking
    etag          TEXT NOT NULL DEFAULT '',
    told          INTEGER NOT NULL DEFAULT 0, -- whether operators know of what is wrong with it
    new           INTEGER NOT NULL DEFAULT 0, -- papers by announce type
    crossed       INTEGER NOT NULL DEFAULT 0,
    replaced      INTEGER NOT NULL DEFAULT 0,
    cross_replaced INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (category, day)
) STRICT, WITHOUT ROWID;
INSERT INTO accounted
    SELECT category, day, state, reason, origin, changed, attempts, again, leased, etag, told,
        new, crossed, replaced, cross_replaced
    FROM days;
DROP TABLE days;
ALTER TABLE accounted RENAME TO days;
CREATE INDEX days_by_day ON days (day)
"""
