"""Sends whose answer was lost are counted; updates are kept until they have been handled."""

SQL = """
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
