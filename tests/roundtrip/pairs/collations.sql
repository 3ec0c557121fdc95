-- before
CREATE COLLATION old_c FROM "C";
CREATE TABLE words (a text COLLATE old_c, b text COLLATE old_c);
CREATE INDEX words_a ON words (a COLLATE old_c);
-- after
CREATE COLLATION new_c FROM "C";
CREATE TABLE words (a text COLLATE new_c, b text);
CREATE INDEX words_a ON words (a COLLATE new_c);
