-- 002_desk.sql: who people are, what they are writing, what waits for a second person, what readers report.

-- A person may have several accounts, and may turn out to be one that is known already.
ALTER TABLE actor ADD COLUMN joined TEXT REFERENCES actor (id); -- the person that this one turned out to be
ALTER TABLE actor ADD COLUMN nowhere TEXT NOT NULL DEFAULT '[]'; -- JSON list of platforms: declared to have no account there

-- Accounts and earlier names lie apart from the audit, so that they can be erased without touching it.
CREATE TABLE account (
    platform TEXT NOT NULL,
    account TEXT NOT NULL, -- the platform's id
    actor TEXT NOT NULL REFERENCES actor (id),
    salt TEXT NOT NULL, -- of the digest in the line of the audit that says so
    seq INTEGER REFERENCES audit (seq), -- that line; NULL only within the change that brings the account
    PRIMARY KEY (platform, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_by_actor ON account (actor);
CREATE INDEX account_new ON account (platform) WHERE seq IS NULL;

CREATE TABLE former_name (
    actor TEXT NOT NULL REFERENCES actor (id),
    salt TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (actor, salt)
) STRICT, WITHOUT ROWID;

-- 1: something was erased whose bytes may still stand in the files.
ALTER TABLE state ADD COLUMN unscrubbed INTEGER NOT NULL DEFAULT 0 CHECK (unscrubbed IN (0, 1));

-- Digests of codes with which a second account joins a person.
CREATE TABLE offer (
    code TEXT PRIMARY KEY CHECK (length(code) = 64),
    actor TEXT NOT NULL REFERENCES actor (id),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Pieces of sources that people pasted, normalised, private like source_text; in the order in which they came.
CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES item (id),
    text TEXT NOT NULL,
    UNIQUE (source, text)
) STRICT;

-- What an address, a host and a publisher lead to; follows from the sources themselves.
CREATE TABLE source_key (
    source TEXT PRIMARY KEY REFERENCES item (id),
    url TEXT, -- canonical
    host TEXT,
    publisher TEXT -- in small letters
) STRICT, WITHOUT ROWID;
CREATE INDEX source_by_url ON source_key (url) WHERE url IS NOT NULL;
CREATE INDEX source_by_host ON source_key (host) WHERE host IS NOT NULL;
CREATE INDEX source_by_publisher ON source_key (publisher) WHERE publisher IS NOT NULL;

-- What the newest revision of each fact says of other facts; 'replaced-by' where it is withdrawn in favour of one.
CREATE TABLE fact_relation (
    fact INTEGER NOT NULL REFERENCES fact (number),
    kind TEXT NOT NULL,
    other TEXT NOT NULL, -- slug
    PRIMARY KEY (fact, kind, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_relation_by_other ON fact_relation (other);

-- Forms under way. The number is the fact's to be, or that of the fact which is being changed.
ALTER TABLE state ADD COLUMN reserved INTEGER NOT NULL DEFAULT 0; -- highest number that was ever given to a draft
CREATE TABLE draft (
    number INTEGER NOT NULL CHECK (number > 0),
    actor TEXT NOT NULL REFERENCES actor (id),
    form TEXT NOT NULL CHECK (form GLOB '{*}'),
    platform TEXT,
    place TEXT,
    guild TEXT,
    reply_to TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (number, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_by_actor ON draft (actor, number);
CREATE INDEX draft_by_age ON draft (at);

-- Changes that wait for a second person, and what became of them. At most one of each origin is open.
CREATE TABLE proposal (
    id INTEGER PRIMARY KEY,
    fact INTEGER NOT NULL REFERENCES fact (number),
    origin TEXT NOT NULL CHECK (origin IN ('desk', 'files')),
    base INTEGER NOT NULL CHECK (base > 0),
    revision TEXT CHECK (revision GLOB '{*}'),
    source TEXT CHECK (source GLOB '{*}'),
    workflow TEXT NOT NULL CHECK (workflow IN ('draft', 'pending', 'published', 'hidden', 'withdrawn', 'rejected')),
    verb TEXT NOT NULL,
    actor TEXT REFERENCES actor (id),
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    settled TEXT CHECK (settled IN ('accepted', 'declined', 'taken-back', 'overtaken')),
    settled_at TEXT,
    CHECK ((settled IS NULL) = (settled_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX proposal_open ON proposal (fact, origin) WHERE settled IS NULL;
CREATE INDEX proposal_waiting ON proposal (origin, id) WHERE settled IS NULL;
CREATE INDEX proposal_by_actor ON proposal (actor) WHERE settled IS NULL;
CREATE TRIGGER proposal_kept_delete BEFORE DELETE ON proposal BEGIN SELECT RAISE(ABORT, 'proposals stay'); END;

CREATE TABLE report (
    fact INTEGER NOT NULL REFERENCES fact (number),
    number INTEGER NOT NULL CHECK (number > 0), -- within the fact
    revision INTEGER NOT NULL CHECK (revision > 0),
    wrong TEXT NOT NULL,
    text TEXT NOT NULL,
    actor TEXT NOT NULL REFERENCES actor (id),
    at TEXT NOT NULL,
    outcome TEXT, -- NULL while it is open
    platform TEXT,
    place TEXT,
    guild TEXT,
    reply_to TEXT,
    PRIMARY KEY (fact, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_open ON report (at) WHERE outcome IS NULL;
CREATE INDEX report_by_actor ON report (actor);

-- Who is to be told what becomes of a suggestion.
CREATE TABLE listener (
    fact INTEGER NOT NULL REFERENCES fact (number),
    actor TEXT NOT NULL REFERENCES actor (id),
    platform TEXT NOT NULL,
    place TEXT NOT NULL,
    guild TEXT,
    reply_to TEXT,
    PRIMARY KEY (fact, actor)
) STRICT, WITHOUT ROWID;

-- What was hidden in one go, so that it can be brought back in one go.
CREATE TABLE batch (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    actor TEXT NOT NULL REFERENCES actor (id), -- whose facts
    since TEXT NOT NULL,
    hidden_by TEXT NOT NULL REFERENCES actor (id),
    at TEXT NOT NULL
) STRICT;
CREATE TABLE batch_fact (
    batch INTEGER NOT NULL REFERENCES batch (number),
    fact INTEGER NOT NULL REFERENCES fact (number),
    PRIMARY KEY (batch, fact)
) STRICT, WITHOUT ROWID;

-- Questions that nothing answered. Whoever asked is not kept, and the words only once they came three times.
CREATE TABLE unanswered (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
    query TEXT, -- NULL until the third time
    times INTEGER NOT NULL CHECK (times > 0),
    day TEXT NOT NULL -- of the last time
) STRICT, WITHOUT ROWID;
CREATE INDEX unanswered_by_times ON unanswered (times DESC) WHERE query IS NOT NULL;
CREATE INDEX unanswered_by_age ON unanswered (day);

-- How many facts are in each state: counting them anew whenever somebody looks at the queue would cost a millisecond.
CREATE TABLE tally (
    workflow TEXT PRIMARY KEY,
    facts INTEGER NOT NULL CHECK (facts >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO tally (workflow, facts)
    SELECT value, (SELECT count(*) FROM fact WHERE workflow = value)
    FROM json_each('["draft","pending","published","hidden","withdrawn","rejected"]');
CREATE TRIGGER fact_tallied AFTER INSERT ON fact BEGIN
    UPDATE tally SET facts = facts + 1 WHERE workflow = new.workflow;
END;
CREATE TRIGGER fact_tallied_anew AFTER UPDATE OF workflow ON fact WHEN new.workflow <> old.workflow BEGIN
    UPDATE tally SET facts = facts - 1 WHERE workflow = old.workflow;
    UPDATE tally SET facts = facts + 1 WHERE workflow = new.workflow;
END;

-- Since when a post may already stand where it was to be sent, because nobody heard how an attempt ended.
ALTER TABLE outbox ADD COLUMN unsure_since TEXT;

CREATE INDEX fact_by_workflow ON fact (workflow, number);
CREATE INDEX fact_waiting ON fact (number) WHERE workflow IN ('draft', 'pending');
CREATE INDEX audit_by_verb ON audit (verb, at);
