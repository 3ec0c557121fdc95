-- before
-- after
CREATE SCHEMA ts;
CREATE TEXT SEARCH PARSER ts.p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
COMMENT ON TEXT SEARCH PARSER ts.p IS 'a parser';
CREATE TEXT SEARCH TEMPLATE ts.t (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY ts.d (TEMPLATE = ts.t);
CREATE TEXT SEARCH CONFIGURATION ts.c (PARSER = ts.p);
ALTER TEXT SEARCH CONFIGURATION ts.c ADD MAPPING FOR word WITH ts.d;
