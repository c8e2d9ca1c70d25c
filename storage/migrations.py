"""The schema, as the steps that made it. A step is never changed once released; new ones follow.

Each runs in a transaction, uses nothing but SQL, and is tested from every older version.
"""

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("paperboy")


@migrations()
def m001_from_a_digest_to_an_alert(db: Database) -> None:
    """Papers, digests and their announcements; chats and keywords; matches and the outbox."""
    for statement in _FIRST.split(";\n"):
        db.execute(statement)


_FIRST = """
-- A paper, keyed by its arXiv id without version. Texts are as received with the highest version.
CREATE TABLE papers (
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    abstract   TEXT NOT NULL,
    authors    TEXT NOT NULL, -- a JSON list
    categories TEXT NOT NULL, -- a JSON list, the primary category first
    comment    TEXT NOT NULL,
    doi        TEXT NOT NULL,
    version    INTEGER        -- NULL while no source has told
) STRICT;

-- What one category announced on one day, as told by one kind of source.
CREATE TABLE digests (
    number   INTEGER PRIMARY KEY,
    category TEXT NOT NULL,
    day      TEXT NOT NULL,
    source   TEXT NOT NULL,
    heading  TEXT NOT NULL, -- the source's own first line, to be written back as it was
    UNIQUE (category, day, source)
) STRICT;
CREATE INDEX digests_by_day ON digests (day);

CREATE TABLE announcements (
    digest   INTEGER NOT NULL REFERENCES digests,
    paper    INTEGER NOT NULL REFERENCES papers,
    position INTEGER NOT NULL,
    type     TEXT NOT NULL CHECK (type IN ('new', 'cross', 'replace', 'replace-cross')),
    version  INTEGER,
    title    TEXT, -- only where it was announced with another title than the paper's own
    abstract TEXT, -- likewise
    PRIMARY KEY (digest, paper)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcements_by_paper ON announcements (paper);

-- A chat that alerts go to. A chat that can't be written to keeps its profile.
CREATE TABLE subscribers (
    chat  INTEGER PRIMARY KEY,
    kind  TEXT NOT NULL CHECK (kind IN ('private', 'group', 'supergroup', 'channel')),
    title TEXT NOT NULL,
    topic INTEGER,
    state TEXT NOT NULL CHECK (state IN ('active', 'gone')),
    since TEXT NOT NULL
) STRICT;

CREATE TABLE keywords (
    number INTEGER PRIMARY KEY,
    chat   INTEGER NOT NULL REFERENCES subscribers ON UPDATE CASCADE ON DELETE CASCADE,
    text   TEXT NOT NULL, -- as the person wrote it, tidied
    key    TEXT NOT NULL, -- the same for keywords that say the same
    UNIQUE (chat, key)
) STRICT;

-- The outbox: one row a message. Due and leased are seconds since 1970.
CREATE TABLE alerts (
    number   INTEGER PRIMARY KEY,
    chat     INTEGER NOT NULL REFERENCES subscribers ON UPDATE CASCADE ON DELETE CASCADE,
    day      TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'unknown', 'failed', 'gone')),
    due      REAL NOT NULL,
    leased   REAL NOT NULL DEFAULT 0, -- until then somebody is sending it
    attempts INTEGER NOT NULL DEFAULT 0,
    message  INTEGER, -- Telegram's message_id, once confirmed
    sent     REAL,
    note     TEXT NOT NULL DEFAULT '' -- the last thing that went wrong
) STRICT;
CREATE UNIQUE INDEX alerts_waiting ON alerts (chat, day)
    WHERE state = 'pending' AND attempts = 0 AND leased = 0;
CREATE INDEX alerts_due ON alerts (due, number) WHERE state = 'pending';

-- A paper reaches a chat at most once, whatever comes later: that is this table's key.
CREATE TABLE matches (
    chat     INTEGER NOT NULL REFERENCES subscribers ON UPDATE CASCADE ON DELETE CASCADE,
    paper    INTEGER NOT NULL REFERENCES papers,
    alert    INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE,
    digest   INTEGER NOT NULL REFERENCES digests,
    rank     INTEGER NOT NULL, -- the order in which the chat's papers of the digest come
    keywords TEXT NOT NULL,    -- a JSON list: why it came
    PRIMARY KEY (chat, paper)
) STRICT, WITHOUT ROWID;
CREATE INDEX matches_by_alert ON matches (alert)
"""


@migrations()
def m002_delivery_and_the_inbox(db: Database) -> None:
    """Sends whose answer was lost are counted; updates are kept until they have been handled."""
    for statement in _SECOND.split(";\n"):
        db.execute(statement)


_SECOND = """
-- How often an alert was sent and the answer lost, so that it may have arrived.
ALTER TABLE alerts ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0;
CREATE INDEX alerts_of_chat ON alerts (chat, due, number) WHERE state = 'pending';

-- Updates as Telegram sent them: those to be handled, and those that nobody can read.
CREATE TABLE inbox (
    number    INTEGER PRIMARY KEY,
    update_id INTEGER NOT NULL, -- not unique for ever: Telegram begins anew after a quiet week
    payload   TEXT NOT NULL,    -- a JSON object
    received  REAL NOT NULL,    -- seconds since 1970, like `at` below
    refused   TEXT              -- why it can't be read; NULL for those that wait
) STRICT;
CREATE UNIQUE INDEX inbox_waiting ON inbox (update_id) WHERE refused IS NULL;

-- Up to where Telegram's updates are stored: one row.
CREATE TABLE received (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    next INTEGER NOT NULL, -- the update_id to ask for
    at   REAL NOT NULL
) STRICT
"""


@migrations()
def m003_the_account_of_days_and_what_each_chat_wants(db: Database) -> None:
    """The account of announcement days, imports, and each chat's categories and hours.

    A chat has one alert waiting, whatever the day: those that wait for several days are joined.
    """
    for statement in _THIRD.split(";\n"):
        db.execute(statement)


_THIRD = """
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


@migrations()
def m004_the_search_index(db: Database) -> None:
    """Up to which paper the search index goes; its own tables are made as papers come in."""
    db.execute(
        """
        CREATE TABLE search_state (
            one     INTEGER PRIMARY KEY CHECK (one = 1),
            through INTEGER NOT NULL, -- the highest number of a paper that is in it
            version INTEGER NOT NULL  -- of what is indexed of a paper
        ) STRICT
        """
    )
    db.execute("INSERT INTO search_state VALUES (1, 0, 0)")


@migrations()
def m005_saved_papers(db: Database) -> None:
    """The papers that chats put aside."""
    db.execute(
        """
        CREATE TABLE saved (
            chat  INTEGER NOT NULL REFERENCES subscribers ON UPDATE CASCADE ON DELETE CASCADE,
            paper INTEGER NOT NULL REFERENCES papers,
            at    REAL NOT NULL, -- seconds since 1970
            PRIMARY KEY (chat, paper)
        ) STRICT, WITHOUT ROWID
        """
    )
