#include "postgres/catalog/assembly.h"

namespace postgres::catalog {
namespace {
/// A collation that is not the type's own, by name.
schema::QualifiedName own_collation(const Assembly& assembly, Oid type, Oid collation, std::string_view name) {
  const auto found = assembly.types.find(type);
  if (collation == 0 || (found != assembly.types.end() && found->second.collation == collation)) return {};
  return name.empty() ? schema::QualifiedName{"", "default"} : unquoted(name);
}
}  // namespace

void take_types(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    TypeEntry entry;
    entry.name = {row.text(1), row.null(4) ? row.text(2) : row.text(4), "", row.boolean(3)};
    entry.collation = oid(row, 5);
    entry.storage = row[6].empty() ? 'p' : row[6].front();
    entry.base = oid(row, 7);
    assembly.types.emplace(oid(row, 0), std::move(entry));
  }
}

void take_enums(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    assembly.database.enums.push_back({{row.text(1), row.text(2)},
                                       row.array(4),
                                       assembly.comment("pg_type", oid(row, 0)),
                                       {row.text(3)},
                                       assembly.grants(row[5], row[3], AclKind::Type)});
  }
}

void take_domains(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    schema::Domain domain;
    domain.name = {row.text(1), row.text(2)};
    domain.type = assembly.type(oid(row, 4), row[5]);
    domain.collation = own_collation(assembly, oid(row, 4), oid(row, 6), row[7]);
    domain.not_null = row.boolean(8);
    if (!row.null(9)) domain.server_default = schema::Expression{row.text(9)};
    domain.owner.text = row[3];
    domain.grants = assembly.grants(row[10], row[3], AclKind::Type);
    domain.comment = assembly.comment("pg_type", oid(row, 0));
    assembly.domains[oid(row, 0)] = assembly.database.domains.size();
    assembly.database.domains.push_back(std::move(domain));
  }
}

void take_domain_checks(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    schema::Check check;
    check.name.text = row[2];
    check.validated = row.boolean(3);
    check.expression.text = row[4];
    check.comment = assembly.comment("pg_constraint", oid(row, 0));
    assembly.database.domains[assembly.domains.at(oid(row, 1))].checks.push_back(std::move(check));
  }
}

void take_composites(const Rows& rows, Assembly& assembly) {
  auto& composites = assembly.database.composites;
  for (const Row row : rows) {
    const schema::QualifiedName name{row.text(1), row.text(2)};
    if (composites.empty() || composites.back().name != name) {
      composites.push_back({name,
                            {},
                            assembly.comment("pg_type", oid(row, 0)),
                            {row.text(3)},
                            assembly.grants(row[9], row[3], AclKind::Type)});
    }
    if (row.null(4)) continue;
    composites.back().attributes.push_back(
        {{row.text(4)}, assembly.type(oid(row, 5), row[6]), own_collation(assembly, oid(row, 5), oid(row, 7), row[8])});
  }
}

void take_ranges(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    assembly.database.ranges.push_back({{row.text(1), row.text(2)},
                                        assembly.type(oid(row, 4), {}),
                                        row.text(5),
                                        assembly.comment("pg_type", oid(row, 0)),
                                        {row.text(3)},
                                        assembly.grants(row[6], row[3], AclKind::Type)});
  }
}

}  // namespace postgres::catalog
