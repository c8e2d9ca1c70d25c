"""The account of announcement days, imports, and each chat's categories and hours.

A chat has one alert waiting, whatever the day: those that wait for several days are joined.
"""

SQL = """
-- What became of one category's list of one announcement day. Times are seconds since 1970.
CREATE TABLE days (
    category      TEXT NOT NULL,
    day           TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (
        state IN ('awaited', 'ingested', 'empty', 'stale', 'failed', 'filled')),
    reason        TEXT NOT NULL DEFAULT '',
    origin        TEXT NOT NULL DEFAULT '', -- the address or file that it came from
    changed       REAL NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0, -- looks that found nothing
    again         REAL,                       -- when to look again; NULL when it is settled
    leased        REAL NOT NULL DEFAULT 0,    -- until then somebody is looking
    etag          TEXT NOT NULL DEFAULT '',
    told          INTEGER NOT NULL DEFAULT 0, -- whether operators know that it is awaited
    new           INTEGER NOT NULL DEFAULT 0, -- papers by announce type
    crossed       INTEGER NOT NULL DEFAULT 0,
    replaced      INTEGER NOT NULL DEFAULT 0,
    cross_replaced INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (category, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX days_by_day ON days (day);

INSERT INTO days (category, day, state, changed, new, crossed, replaced, cross_replaced)
    SELECT category, day, 'ingested', 0,
        sum(type = 'new'), sum(type = 'cross'), sum(type = 'replace'), sum(type = 'replace-cross')
    FROM (SELECT d.category, d.day, min(a.type) AS type
          FROM digests AS d JOIN announcements AS a ON a.digest = d.number
          GROUP BY d.category, d.day, a.paper)
    GROUP BY category, day;

-- What is done once for each date, by whichever process comes first.
CREATE TABLE done (
    task TEXT NOT NULL,
    day  TEXT NOT NULL,
    PRIMARY KEY (task, day)
) STRICT, WITHOUT ROWID;

-- How far each imported file has been read; its key tells the file by its content.
CREATE TABLE imports (
    key    TEXT PRIMARY KEY,
    line   INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    whole  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A chat's hour, `08:30` in its zone, or NULL for "on arrival"; weekdays (0 is Monday).
ALTER TABLE subscribers ADD COLUMN hour TEXT;
ALTER TABLE subscribers ADD COLUMN zone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE subscribers ADD COLUMN weekdays TEXT NOT NULL DEFAULT '0123456';
-- Whether it pauses, and whether it wants cross-lists.
ALTER TABLE subscribers ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscribers ADD COLUMN crosses INTEGER NOT NULL DEFAULT 1;

-- The groups, archives and categories that a chat follows; a chat with none follows all.
CREATE TABLE followed (
    chat INTEGER NOT NULL REFERENCES subscribers ON UPDATE CASCADE ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (chat, name)
) STRICT, WITHOUT ROWID;

UPDATE matches SET alert = (
    SELECT min(one.number) FROM alerts AS one JOIN alerts AS other ON one.chat = other.chat
    WHERE other.number = matches.alert
    AND one.state = 'pending' AND one.attempts = 0 AND one.leased = 0)
    WHERE alert IN (
        SELECT number FROM alerts WHERE state = 'pending' AND attempts = 0 AND leased = 0);
DELETE FROM alerts WHERE state = 'pending' AND attempts = 0 AND leased = 0
    AND number NOT IN (SELECT alert FROM matches);
DROP INDEX alerts_waiting;
CREATE UNIQUE INDEX alerts_waiting ON alerts (chat)
    WHERE state = 'pending' AND attempts = 0 AND leased = 0;
CREATE INDEX alerts_by_chat ON alerts (chat, sent)
"""
