SELECT k.oid, k.contypid, k.conname, k.convalidated, pg_get_expr(k.conbin, 0)
{{types}}
JOIN pg_constraint k ON k.contypid = t.oid
WHERE {{own_type}} AND k.contype = 'c'
ORDER BY k.contypid, k.conname COLLATE "C"
