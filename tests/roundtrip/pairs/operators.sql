-- before
-- after
CREATE SCHEMA ops;
CREATE FUNCTION ops.less(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2';
CREATE FUNCTION ops.compared(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $2 - $1';
CREATE OPERATOR ops.<< (FUNCTION = ops.less, LEFTARG = int, RIGHTARG = int);
COMMENT ON OPERATOR ops.<< (int, int) IS 'the other way';
CREATE OPERATOR FAMILY ops.backwards USING btree;
COMMENT ON OPERATOR FAMILY ops.backwards USING btree IS 'a family';
CREATE OPERATOR CLASS ops.reverse FOR TYPE int USING btree FAMILY ops.backwards AS OPERATOR 1 ops.<<, FUNCTION 1 ops.compared(int, int);
CREATE CONVERSION ops.conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION ops.conv IS 'a conversion';
CREATE TYPE ops.money AS (amount int);
CREATE FUNCTION ops.as_money(int) RETURNS ops.money LANGUAGE sql AS 'SELECT ROW($1)::ops.money';
CREATE CAST (int AS ops.money) WITH FUNCTION ops.as_money(int);
