SELECT a.attrelid, a.attnum, a.attname, a.atttypid,
       CASE WHEN a.atttypmod >= 0 THEN format_type(a.atttypid, a.atttypmod) END,
       a.attcollation, CASE WHEN a.attcollation NOT IN (0, 100) THEN a.attcollation::regcollation::text END,
       a.attnotnull, a.attidentity, a.attgenerated, a.attstorage, [[14: a.attcompression ;; '']],
       CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END, a.attoptions, a.attacl::text, a.attislocal
FROM pg_attribute a
WHERE a.attrelid = ANY ({{relations}}) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
