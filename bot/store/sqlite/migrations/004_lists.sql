-- 004_lists.sql: posts that list facts by their labels are corrected, too.

ALTER TABLE delivery ADD COLUMN listed INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1)); -- labels alone
