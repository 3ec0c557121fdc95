SET lock_timeout = '3000ms';
SET check_function_bodies = off;

BEGIN;
ALTER TABLE posts ADD COLUMN subtitle VARCHAR(200);
ALTER TABLE users ALTER COLUMN email TYPE VARCHAR(320);
COMMIT;
