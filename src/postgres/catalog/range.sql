SELECT t.oid, n.nspname, t.typname, pg_get_userbyid(t.typowner), r.rngsubtype,
       concat_ws(', ',
         CASE WHEN NOT o.opcdefault THEN 'subtype_opclass = ' || quote_ident(o_schema.nspname) || '.' || quote_ident(o.opcname) END,
         CASE WHEN r.rngcollation <> s.typcollation THEN 'collation = ' || r.rngcollation::regcollation END,
         CASE WHEN r.rngcanonical <> 0 THEN 'canonical = ' || r.rngcanonical::regproc END,
         CASE WHEN r.rngsubdiff <> 0 THEN 'subtype_diff = ' || r.rngsubdiff::regproc END[[14:,
         CASE WHEN m.typname <> CASE WHEN strpos(t.typname, 'range') > 0 THEN regexp_replace(t.typname, 'range', 'multirange')
                                     ELSE t.typname || '_multirange' END OR m.typnamespace <> t.typnamespace
              THEN 'multirange_type_name = ' || quote_ident(m_schema.nspname) || '.' || quote_ident(m.typname) END ;;]]), t.typacl::text
{{types}}
JOIN pg_range r ON r.rngtypid = t.oid
JOIN pg_type s ON s.oid = r.rngsubtype
JOIN pg_opclass o ON o.oid = r.rngsubopc
JOIN pg_namespace o_schema ON o_schema.oid = o.opcnamespace
[[14: LEFT JOIN pg_type m ON m.oid = r.rngmultitypid LEFT JOIN pg_namespace m_schema ON m_schema.oid = m.typnamespace ;; ]]
WHERE {{own_type}} AND t.typtype = 'r'
ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C"
