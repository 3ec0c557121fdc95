-- An index that is attached to the one of a partitioned table comes and goes with it.
SELECT i.indexrelid, i.indrelid, c.relname, am.amname, i.indisunique, [[15: i.indnullsnotdistinct ;; false]],
       i.indisvalid AND i.indisready, i.indisclustered, i.indisreplident, c.relkind, i.indnkeyatts, i.indkey, i.indclass,
       i.indcollation, i.indoption, c.reloptions, space.spcname,
       CASE WHEN i.indpred IS NOT NULL THEN pg_get_expr(i.indpred, i.indrelid) END,
       CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
         SELECT pg_get_indexdef(i.indexrelid, k.position::int, false)
         FROM unnest(i.indkey) WITH ORDINALITY AS k(attnum, position) WHERE k.attnum = 0 ORDER BY k.position) END,
       CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
         SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attnum > 0 ORDER BY a.attnum) END,
       CASE WHEN i.indcollation::text ~ '\m(?!0\M|100\M)\d+' THEN ARRAY(
         SELECT o.oid::regcollation::text FROM unnest(i.indcollation) WITH ORDINALITY AS o(oid, position)
         ORDER BY o.position) END,
       CASE WHEN am.amname NOT IN ('btree', 'hash') THEN ARRAY(
         SELECT coalesce((SELECT string_agg(split_part(o, '=', 1) || '=' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ' ORDER BY o)
                          FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg\_attver=%'), '')
         FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attnum > 0 ORDER BY a.attnum) END,
       CASE WHEN c.relispartition THEN (
         SELECT quote_ident(wn.nspname) || '.' || quote_ident(w.relname) FROM pg_inherits h JOIN pg_class w ON w.oid = h.inhparent
         JOIN pg_namespace wn ON wn.oid = w.relnamespace WHERE h.inhrelid = i.indexrelid) END,
       c.relispartition AND EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_tablespace space ON space.oid = c.reltablespace
WHERE i.indrelid = ANY ({{relations}})
ORDER BY i.indrelid, c.relname COLLATE "C"
