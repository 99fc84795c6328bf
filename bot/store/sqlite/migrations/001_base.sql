-- 001_base.sql: facts and what they rest on, the chained audit, the search index, and mail.
-- Instants are ISO 8601 in UTC with microseconds, so that text order is time order.
-- JSON columns are checked by their brackets: json_valid() is no function that an untrusted schema may call.

CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL CHECK (position >= 0), -- applied changes
    documents INTEGER NOT NULL CHECK (documents >= 0), -- rows of fact_search
    words INTEGER NOT NULL CHECK (words >= 0), -- sum of their lengths
    analysis TEXT NOT NULL -- version of the text analysis that made the rows of fact_search
) STRICT;
INSERT INTO state (one, position, documents, words, analysis) VALUES (1, 0, 0, 0, '');

-- Who did something. The id is random; the name can be erased, together with its salt, without touching the audit.
CREATE TABLE actor (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL, -- as answers disclose it; '' once it is erased
    salt TEXT, -- of the digest in audit.named
    CHECK ((salt IS NULL) = (name = ''))
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_by_name ON actor (name);

-- hash = sha256(prev_hash || canonical JSON of the other columns but `hash`).
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at TEXT NOT NULL,
    actor TEXT REFERENCES actor (id),
    named TEXT, -- salted sha256 of the actor's name
    verb TEXT NOT NULL,
    object TEXT NOT NULL, -- slug of a fact or id of a source, entity, topic or series
    revision INTEGER NOT NULL CHECK (revision > 0),
    content TEXT NOT NULL, -- sha256 of the revision's content
    workflow TEXT, -- state of the fact after this; NULL for what is no fact
    checking TEXT, -- how it was checked, where this published it: the actor then answers for it
    note TEXT, -- salted sha256 of the free text in audit_note
    prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    CHECK ((actor IS NULL) = (named IS NULL))
) STRICT;
CREATE INDEX audit_by_object ON audit (object);

-- Free text lies outside the hashed rows, so that it can be erased together with its salt.
CREATE TABLE audit_note (
    seq INTEGER PRIMARY KEY REFERENCES audit (seq),
    salt TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

-- Sources, entities, topics and series: every state they were in, and which one counts.
CREATE TABLE item_revision (
    id TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    kind TEXT NOT NULL CHECK (kind IN ('source', 'entity', 'topic', 'series')),
    data TEXT NOT NULL CHECK (data GLOB '{*}'),
    PRIMARY KEY (id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE item (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('source', 'entity', 'topic', 'series')),
    revision INTEGER NOT NULL,
    FOREIGN KEY (id, revision) REFERENCES item_revision (id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_by_kind ON item (kind, id);

-- The private full text of a source, normalised.
CREATE TABLE source_text (
    source TEXT PRIMARY KEY REFERENCES item (id),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE fact (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    slug TEXT NOT NULL UNIQUE,
    workflow TEXT NOT NULL CHECK (workflow IN ('draft', 'pending', 'published', 'hidden', 'withdrawn', 'rejected')),
    revision INTEGER NOT NULL,
    checking TEXT CHECK (checking IN ('two_editors', 'one_editor', 'file_import')),
    published_by TEXT REFERENCES actor (id),
    published_at TEXT,
    created_at TEXT NOT NULL,
    CHECK ((checking IS NULL) = (published_at IS NULL)),
    CHECK (workflow <> 'published' OR checking IS NOT NULL),
    FOREIGN KEY (number, revision) REFERENCES revision (fact, number) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE revision (
    fact INTEGER NOT NULL REFERENCES fact (number),
    number INTEGER NOT NULL CHECK (number > 0),
    data TEXT NOT NULL CHECK (data GLOB '{*}'),
    content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
    PRIMARY KEY (fact, number)
) STRICT, WITHOUT ROWID;

-- What the newest revision of each fact rests on, the broader topics included.
CREATE TABLE fact_link (
    fact INTEGER NOT NULL REFERENCES fact (number),
    item TEXT NOT NULL REFERENCES item (id),
    PRIMARY KEY (fact, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_link_by_item ON fact_link (item, fact);

-- What can be found: published, answerable facts only.
CREATE TABLE fact_search (
    fact INTEGER PRIMARY KEY REFERENCES fact (number),
    label TEXT NOT NULL,
    length INTEGER NOT NULL CHECK (length >= 0),
    facets TEXT NOT NULL CHECK (facets GLOB '[[]*]'),
    terms TEXT NOT NULL -- separated by single spaces
) STRICT;

CREATE TRIGGER fact_search_counted AFTER INSERT ON fact_search BEGIN
    UPDATE state SET documents = documents + 1, words = words + new.length;
END;
CREATE TRIGGER fact_search_uncounted AFTER DELETE ON fact_search BEGIN
    UPDATE state SET documents = documents - 1, words = words - old.length;
END;
CREATE TRIGGER fact_search_replaced_only BEFORE UPDATE ON fact_search BEGIN
    SELECT RAISE(ABORT, 'fact_search: delete and insert, so that the index follows');
END;

-- A term is one token whatever it is made of: only separators part tokens. The store writes both tables together;
-- triggers cannot, because SQLite does not trust a schema with them to reach virtual tables (trusted_schema=OFF).
CREATE VIRTUAL TABLE fact_fts USING fts5 (
    terms,
    content = 'fact_search',
    content_rowid = 'fact',
    detail = none,
    columnsize = 0,
    prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);

-- In how many rows of fact_search each term stands: what the index would have to count anew for every question.
CREATE TABLE term (
    term TEXT PRIMARY KEY,
    documents INTEGER NOT NULL CHECK (documents > 0)
) STRICT, WITHOUT ROWID;

-- Nothing that was once said or decided is altered or dropped. A replacing INSERT would fire no DELETE trigger.
CREATE TRIGGER audit_kept_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_kept_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_kept_insert BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE seq >= new.seq)
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER revision_kept_update BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revision_kept_delete BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revision_kept_insert BEFORE INSERT ON revision
WHEN EXISTS (SELECT 1 FROM revision WHERE fact = new.fact AND number >= new.number)
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;

CREATE TRIGGER item_revision_kept_update BEFORE UPDATE ON item_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER item_revision_kept_delete BEFORE DELETE ON item_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER item_revision_kept_insert BEFORE INSERT ON item_revision
WHEN EXISTS (SELECT 1 FROM item_revision WHERE id = new.id AND number >= new.number)
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;

CREATE TRIGGER fact_kept_delete BEFORE DELETE ON fact BEGIN SELECT RAISE(ABORT, 'facts stay'); END;
CREATE TRIGGER fact_kept_identity BEFORE UPDATE OF number, slug, created_at ON fact
BEGIN SELECT RAISE(ABORT, 'the identity of a fact stays'); END;
CREATE TRIGGER fact_kept_insert BEFORE INSERT ON fact
WHEN EXISTS (SELECT 1 FROM fact WHERE number = new.number OR slug = new.slug)
BEGIN SELECT RAISE(ABORT, 'number and slug are never reused'); END;

-- Idempotency keys of changes, with the answer that the first caller got.
CREATE TABLE applied_key (
    key TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer GLOB '{*}')
) STRICT, WITHOUT ROWID;
CREATE INDEX applied_key_by_age ON applied_key (at);

CREATE TABLE inbox (
    platform TEXT NOT NULL,
    event TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (platform, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_by_age ON inbox (at);

-- Posts in lanes. The oldest unfinished post is the head of its lane; only a head is ever leased.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    place TEXT NOT NULL,
    key TEXT NOT NULL,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at TEXT NOT NULL,
    token TEXT,
    leased_until TEXT,
    finished_at TEXT,
    outcome TEXT CHECK (outcome IN ('sent', 'dead')),
    receipt_place TEXT,
    receipt_guild TEXT,
    receipt_message TEXT, -- as the platform returned it
    why TEXT, -- of the last failure
    UNIQUE (platform, key),
    CHECK ((token IS NULL) = (leased_until IS NULL)),
    CHECK ((finished_at IS NULL) = (outcome IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_waiting ON outbox (platform, place, id) WHERE finished_at IS NULL;
CREATE INDEX outbox_by_receipt ON outbox (platform, receipt_place, receipt_message, id) WHERE receipt_message IS NOT NULL;
CREATE INDEX outbox_by_age ON outbox (finished_at) WHERE finished_at IS NOT NULL;

-- How far a platform has read its stream, and the like.
CREATE TABLE note (
    platform TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (platform, name)
) STRICT, WITHOUT ROWID;

-- Which message shows which revisions. Names nobody who asked.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    place TEXT NOT NULL,
    message TEXT NOT NULL,
    guild TEXT,
    locale TEXT NOT NULL,
    install TEXT NOT NULL CHECK (install IN ('member', 'user')),
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
    at TEXT NOT NULL,
    UNIQUE (platform, place, message)
) STRICT;
CREATE INDEX delivery_by_age ON delivery (at);

CREATE TABLE delivery_fact (
    delivery INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, -- order in the message
    fact INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (delivery, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_fact_by_fact ON delivery_fact (fact, delivery);

-- Command lines too long for a button. Bytes, because people may type what is no valid text.
CREATE TABLE kept_line (
    key TEXT PRIMARY KEY,
    line BLOB NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_line_by_age ON kept_line (at);
