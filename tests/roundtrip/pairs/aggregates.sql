-- before
-- after
CREATE AGGREGATE every_row(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
COMMENT ON AGGREGATE every_row(*) IS 'all of them';
CREATE FUNCTION last_of(anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT $2';
CREATE AGGREGATE ordered(anyelement ORDER BY anyelement) (SFUNC = last_of, STYPE = anyelement);
GRANT EXECUTE ON FUNCTION ordered(anyelement, anyelement) TO app;
