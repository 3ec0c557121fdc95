-- What a partition or a child has from its parent is left out: it comes and goes with the parent's.
SELECT k.oid, k.conrelid, k.conname, k.contype, k.conkey, k.condeferrable, k.condeferred, k.convalidated, k.connoinherit,
       k.conindid, rn.nspname, r.relname, k.confrelid, k.confkey, k.confupdtype, k.confdeltype, k.confmatchtype,
       [[15: k.confdelsetcols ;; NULL]], [[18: k.conenforced ;; true]], [[18: k.conperiod ;; false]],
       CASE k.contype WHEN 'c' THEN pg_get_expr(k.conbin, k.conrelid) END,
       CASE k.contype WHEN 'x' THEN ARRAY(
         SELECT CASE WHEN o.oprnamespace = 'pg_catalog'::regnamespace THEN o.oprname::text
                     ELSE 'OPERATOR(' || quote_ident(s.nspname) || '.' || o.oprname || ')' END
         FROM unnest(k.conexclop) WITH ORDINALITY AS e(oid, position)
         JOIN pg_operator o ON o.oid = e.oid JOIN pg_namespace s ON s.oid = o.oprnamespace
         ORDER BY e.position) END
FROM pg_constraint k
LEFT JOIN pg_class r ON r.oid = k.confrelid
LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
WHERE k.conrelid = ANY ({{relations}}) AND k.contype IN ('p', 'u', 'c', 'f', 'x')
  AND k.conparentid = 0 AND (k.conislocal OR k.contype IN ('p', 'u', 'x'))
ORDER BY k.conrelid, k.conname COLLATE "C"
