SELECT i.inhrelid, n.nspname, c.relname
FROM pg_inherits i
JOIN pg_class c ON c.oid = i.inhparent
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE i.inhrelid = ANY ({{relations}})
ORDER BY i.inhrelid, i.inhseqno
