-- before
CREATE DOMAIN count AS int;
CREATE TYPE pair AS (a int, b int);
CREATE TYPE span AS RANGE (SUBTYPE = smallint);
CREATE TYPE thing AS (a int);
CREATE FUNCTION first(pair) RETURNS int LANGUAGE sql AS 'SELECT ($1).a';
-- after
CREATE DOMAIN count AS bigint;
CREATE TYPE pair AS (b int, a int);
CREATE TYPE span AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi);
CREATE TABLE thing (a int);
CREATE FUNCTION first(pair) RETURNS int LANGUAGE sql AS 'SELECT ($1).a';
