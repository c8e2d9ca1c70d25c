"""Papers, digests and their announcements; chats and keywords; matches and the outbox."""

SQL = """
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
