-- 003_news.sql: who follows what where, and how corrections travel.

CREATE TABLE follow (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    platform TEXT NOT NULL,
    place TEXT NOT NULL,
    guild TEXT,
    subject TEXT NOT NULL CHECK (subject IN ('topic', 'speaker', 'series', 'everything')),
    target TEXT NOT NULL, -- id; '' for everything
    pace TEXT NOT NULL CHECK (pace IN ('each', 'daily')),
    locale TEXT NOT NULL,
    actor TEXT NOT NULL REFERENCES actor (id),
    at TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    UNIQUE (platform, place, subject, target)
) STRICT;

-- The order of a lane, and until when a post is held without holding the lane.
ALTER TABLE outbox ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN not_before TEXT;
DROP INDEX outbox_waiting;
CREATE INDEX outbox_waiting ON outbox (platform, place, rank, id) WHERE finished_at IS NULL;
CREATE INDEX outbox_by_key ON outbox (key);
CREATE INDEX outbox_news ON outbox (platform, place, id) WHERE rank = 2;

ALTER TABLE delivery ADD COLUMN more TEXT NOT NULL DEFAULT '[]'; -- JSON list: further messages of the same answer

-- How many answers that one person alone sees have shown a fact. Nothing else is kept of them.
CREATE TABLE private_answer (
    fact INTEGER NOT NULL,
    day TEXT NOT NULL,
    answers INTEGER NOT NULL CHECK (answers > 0),
    PRIMARY KEY (fact, day)
) STRICT, WITHOUT ROWID;
