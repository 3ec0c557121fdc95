#include "postgres/catalog/assembly.h"

namespace postgres::catalog {
namespace {
schema::Deferral deferral(const Row& row) {
  if (!row.boolean(5)) return schema::Deferral::NotDeferrable;
  return row.boolean(6) ? schema::Deferral::InitiallyDeferred : schema::Deferral::InitiallyImmediate;
}

schema::ReferentialAction action(std::string_view letter) {
  if (letter == "r") return schema::ReferentialAction::Restrict;
  if (letter == "c") return schema::ReferentialAction::Cascade;
  if (letter == "n") return schema::ReferentialAction::SetNull;
  if (letter == "d") return schema::ReferentialAction::SetDefault;
  return schema::ReferentialAction::NoAction;
}

/// The index that a key or an exclusion stands on (conindid); it is no index of its own then.
schema::Index take_index(const Row& row, Assembly& assembly) {
  const auto found = assembly.index_of.find(oid(row, 9));
  if (found == assembly.index_of.end()) return {};
  IndexEntry& entry = assembly.indexes[found->second];
  entry.of_constraint = true;
  return entry.index;
}

/// What primary keys and unique constraints have in common.
template <class Key>
Key key_of(const Row& row, Assembly& assembly) {
  Key key;
  key.name.text = row[2];
  key.columns = assembly.attribute_names(oid(row, 1), row.array(4));
  key.deferral = deferral(row);
  key.without_overlaps = row.boolean(19);
  schema::Index index = take_index(row, assembly);
  key.include = std::move(index.include);
  key.storage_parameters = std::move(index.storage_parameters);
  if constexpr (requires { key.nulls_not_distinct; }) key.nulls_not_distinct = index.nulls_not_distinct;
  key.comment = assembly.comment("pg_constraint", oid(row, 0));
  return key;
}

schema::Check check(const Row& row, const Assembly& assembly) {
  schema::Check result;
  result.name.text = row[2];
  result.expression.text = row[20];
  result.validated = row.boolean(7);
  result.no_inherit = row.boolean(8);
  result.enforced = row.boolean(18);
  result.comment = assembly.comment("pg_constraint", oid(row, 0));
  return result;
}

schema::ForeignKey foreign_key(const Row& row, const Assembly& assembly) {
  schema::ForeignKey key;
  key.name.text = row[2];
  key.columns = assembly.attribute_names(oid(row, 1), row.array(4));
  key.referred_table = {row.text(10), row.text(11)};
  key.referred_columns = assembly.attribute_names(oid(row, 12), row.array(13));
  key.on_update = action(row[14]);
  key.on_delete = action(row[15]);
  key.match_full = row[16] == "f";
  key.on_delete_columns = assembly.attribute_names(oid(row, 1), row.array(17));
  key.deferral = deferral(row);
  key.validated = row.boolean(7);
  key.enforced = row.boolean(18);
  key.period = row.boolean(19);
  key.comment = assembly.comment("pg_constraint", oid(row, 0));
  return key;
}

schema::Exclusion exclusion(const Row& row, Assembly& assembly) {
  schema::Exclusion result;
  result.name.text = row[2];
  result.deferral = deferral(row);
  schema::Index index = take_index(row, assembly);
  result.method = index.method;
  result.include = std::move(index.include);
  result.predicate = std::move(index.predicate);
  result.storage_parameters = std::move(index.storage_parameters);
  const std::vector<std::string> operators = row.array(21);
  for (std::size_t i = 0; i < index.keys.size() && i < operators.size(); ++i) {
    result.elements.push_back({std::move(index.keys[i]), operators[i]});
  }
  result.comment = assembly.comment("pg_constraint", oid(row, 0));
  return result;
}
}  // namespace

void take_constraints(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    schema::Table* const table = assembly.table(oid(row, 1));
    if (table == nullptr) continue;
    switch (row[3].front()) {
      case 'p':
        table->primary_key = key_of<schema::PrimaryKey>(row, assembly);
        break;
      case 'u':
        table->uniques.push_back(key_of<schema::Unique>(row, assembly));
        break;
      case 'c':
        table->checks.push_back(check(row, assembly));
        break;
      case 'f':
        table->foreign_keys.push_back(foreign_key(row, assembly));
        break;
      case 'x':
        table->exclusions.push_back(exclusion(row, assembly));
        break;
      default:
        break;
    }
  }
}

}  // namespace postgres::catalog
