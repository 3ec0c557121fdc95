#include <algorithm>

#include "base/graph.h"
#include "ddl/write.h"
#include "plan/expansion.h"

/// A new table comes with its columns, keys, checks and indexes; references wait where they close a circle or where
/// what they point at changes too; triggers after their functions; row security, policies and privileges last, in this
/// order.
namespace plan {
namespace {

using schema::ForeignKey;
using schema::QualifiedName;
using schema::Table;

template <class T>
std::vector<const Table*> tables_of(const diff::Changes& changes) {
  std::vector<const Table*> tables;
  for (const diff::Change& change : changes.changes) {
    const auto* found = diff::get_if<T>(&change);
    if (found == nullptr) continue;
    if constexpr (requires { found->after; }) {
      tables.push_back(&found->after);
    } else {
      tables.push_back(&found->before);
    }
  }
  std::ranges::sort(tables, {}, [](const Table* table) { return table->name; });
  return tables;
}

Positions reference_order(const std::vector<const Table*>& tables) {
  Positions numbers;
  for (std::size_t at = 0; at < tables.size(); ++at) numbers[tables[at]->name] = at;
  std::vector<base::Edge> edges;
  for (std::size_t at = 0; at < tables.size(); ++at) {
    for (const ForeignKey& key : tables[at]->foreign_keys) {
      const auto referred = numbers.find(key.referred_table);
      if (referred != numbers.end()) edges.emplace_back(referred->second, at);
    }
  }
  Positions positions;
  const auto order = base::topological_order(tables.size(), edges).nodes;
  for (std::size_t at = 0; at < order.size(); ++at) positions[tables[order[at]]->name] = at;
  return positions;
}

/// Whether keys or columns of the table change in the same plan.
bool changes_below(const Expanding& expanding, const QualifiedName& table) {
  return expanding.scene.disturbed.touches(table) || expanding.changed_within.contains(table);
}

bool may_stand_inline(const Expanding& expanding, const Table& table, const ForeignKey& key) {
  if (!key.validated && key.enforced) return false;
  if (key.referred_table == table.name) return true;
  const auto referred = expanding.new_tables.find(key.referred_table);
  if (referred != expanding.new_tables.end()) return referred->second < expanding.new_tables.at(table.name);
  return expanding.scene.actual_table(key.referred_table) != nullptr && !changes_below(expanding, key.referred_table);
}

/// A partition as it must be to be attached: with the checks of all that it is part of, and without the identity that
/// PostgreSQL 17 and later give it then.
Table attachable(const Scene& scene, const schema::Database& database, Table table) {
  const Table* parent = &table;
  while (parent != nullptr && parent->partition_of) {
    parent = schema::find_table(database, parent->partition_of->parent);
    if (parent == nullptr) break;
    for (const schema::Check& check : parent->checks) {
      if (check.no_inherit || std::ranges::find(table.checks, check.name, &schema::Check::name) != table.checks.end())
        continue;
      table.checks.push_back(check);
      table.checks.back().comment.reset();
    }
  }
  if (table.partition_of && scene.options.server_version >= 170000) {
    for (schema::Column& column : table.columns) column.identity.reset();
  }
  return table;
}

/// A column that only a parent brings comes with the parent's default.
void keep_own_default(Expanding& expanding, const Table& table, const schema::Column& column) {
  if (!column.inherited || table.partition_of) return;
  for (const QualifiedName& name : table.inherits) {
    const Table* parent = expanding.scene.desired_table(name);
    const schema::Column* brought = parent == nullptr ? nullptr : schema::find_column(*parent, column.name);
    if (brought == nullptr || brought->serial) continue;
    if (brought->server_default == column.server_default) return;
    schema::Column before = column;
    before.server_default = brought->server_default;
    Operation& kept =
        expanding.operations.add(ddl::alter(before, column, {"server_default"}, expanding.scene.quiet_site(table.name)),
                                 Rank::AlterColumn, id_of(table.name, column));
    kept.needs = expanding.uses.of(column.server_default);
    kept.needs.insert(table_key(table.name));
    return;
  }
}

void make_table(Expanding& expanding, const Table& wanted, const std::vector<ForeignKey>& inline_keys) {
  const Table table = attachable(expanding.scene, expanding.scene.desired, wanted);
  const ddl::Site site = expanding.scene.quiet_site(table.name);
  Operation& made = expanding.operations.add(ddl::create_bare_table(table, inline_keys, site), Rank::Table,
                                             {schema::Kind::Table, table.name, {}});
  made.needs = expanding.uses.of(table);
  for (const ForeignKey& key : inline_keys) {
    if (key.referred_table != table.name) made.needs.merge(Keys{table_key(key.referred_table)});
  }
  made.makes = names_of(table);
  for (const schema::Column& column : table.columns) {
    if (column.not_null) made.makes.insert(not_null_key(table.name, column.name));
  }
  for (const schema::Column& column : table.columns) keep_own_default(expanding, table, column);
}

void secure(Expanding& expanding, const Table& table) {
  ddl::Statements statements = ddl::secure_table(table, expanding.scene.quiet_site(table.name));
  if (statements.empty()) return;
  Operation& secured =
      expanding.operations.add(std::move(statements), Rank::Security, {schema::Kind::Table, table.name, {}});
  secured.needs = {table_key(table.name)};
  for (const schema::Policy& policy : table.policies) secured.needs.merge(expanding.uses.of(table.name, policy));
  for (const schema::Grant& grant : table.grants) secured.needs.insert(role_key(grant.role));
  for (const auto& [sequence, grant] : table.sequence_grants) secured.needs.insert(role_key(grant.role));
}

void add_uses(Keys& keys, const Uses& uses, const Table& table) {
  keys.merge(uses.of(table));
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.referred_table != table.name) keys.merge(uses.of(table.name, key));
  }
  for (const schema::Policy& policy : table.policies) keys.merge(uses.of(table.name, policy));
  for (const schema::Trigger& trigger : table.triggers) keys.merge(uses.of(table.name, trigger));
}

}  // namespace

Positions new_tables_in_order(const diff::Changes& changes) {
  return reference_order(tables_of<diff::Create<Table>>(changes));
}

Positions dropped_tables_in_order(const diff::Changes& changes) {
  return reference_order(tables_of<diff::Drop<Table>>(changes));
}

std::set<QualifiedName> tables_changed_within(const diff::Changes& changes) {
  std::set<QualifiedName> tables;
  for (const diff::Change& change : changes.changes) {
    const schema::Kind kind = diff::object_of(change).kind;
    if (kind != schema::Kind::Column && kind != schema::Kind::PrimaryKey && kind != schema::Kind::Unique &&
        kind != schema::Kind::Index) {
      continue;
    }
    diff::visit(
        [&](const auto& each) {
          if constexpr (requires { each.table; }) tables.insert(each.table);
        },
        change);
  }
  return tables;
}

void expand_table(Expanding& expanding, const diff::Create<Table>& change) {
  const Table& table = change.after;
  std::vector<ForeignKey> inline_keys;
  std::vector<ForeignKey> late_keys;
  for (const ForeignKey& key : table.foreign_keys) {
    (may_stand_inline(expanding, table, key) ? inline_keys : late_keys).push_back(key);
  }
  make_table(expanding, table, inline_keys);
  const ddl::Site site = expanding.scene.quiet_site(table.name);
  for (const ForeignKey& key : late_keys) expanding.operations.make(table.name, key, site);
  for (const schema::Trigger& trigger : table.triggers) expanding.operations.make(table.name, trigger, site);
  secure(expanding, table);
}

namespace {

bool is_part_of(const Scene& scene, const Table& table, const QualifiedName& whole) {
  const Table* part = &table;
  while (part != nullptr && part->partition_of) {
    if (part->partition_of->parent == whole) return true;
    part = scene.actual_table(part->partition_of->parent);
  }
  return false;
}

/// What falls with a partitioned table comes back with it.
void add_partitions(std::vector<std::string>& rollback, const Expanding& expanding, const QualifiedName& whole) {
  for (const Table& table : expanding.scene.actual.tables) {
    if (!table.partition_of || table.partition_of->parent != whole) continue;
    const Table part = attachable(expanding.scene, expanding.scene.actual, table);
    for (std::string& text : ddl::texts(ddl::create(part, expanding.scene.quiet_site(part.name)))) {
      rollback.push_back(std::move(text));
    }
    add_partitions(rollback, expanding, table.name);
  }
}

/// References of partitions of their own, to what falls too.
void cut_references_of_partitions(Expanding& expanding, const QualifiedName& whole) {
  for (const Table& table : expanding.scene.actual.tables) {
    if (table.foreign_keys.empty() || !is_part_of(expanding.scene, table, whole)) continue;
    const ddl::Site site = expanding.scene.quiet_site(table.name);
    for (const ForeignKey& key : table.foreign_keys) {
      if (expanding.scene.desired_table(key.referred_table) != nullptr) continue;
      Operation& cut = expanding.operations.remove(table.name, key, site);
      cut.statements.front().stage = ddl::Stage::Remove;
      cut.releases.insert(table_key(whole));
    }
  }
}

}  // namespace

void expand_table(Expanding& expanding, const diff::Drop<Table>& change) {
  cut_references_of_partitions(expanding, change.before.name);
  const Positions& positions = expanding.dropped_tables;
  Table table = change.before;
  const ddl::Site site = expanding.scene.quiet_site(table.name);
  std::erase_if(table.foreign_keys, [&](const ForeignKey& key) {
    const auto referred = positions.find(key.referred_table);
    const bool closes_circle = referred != positions.end() && referred->second > positions.at(table.name);
    if (closes_circle) {
      Operation& cut = expanding.operations.remove(table.name, key, site);
      cut.statements.front().stage = ddl::Stage::Remove;
    }
    return closes_circle;
  });
  ddl::Statements dropped = ddl::drop(table, site);
  add_partitions(dropped.front().rollback, expanding, table.name);
  Operation& gone =
      expanding.operations.add(std::move(dropped), Rank::DropTable, {schema::Kind::Table, table.name, {}});
  add_uses(gone.releases, expanding.uses, table);
  const Keys names = names_of(table);
  for (const Key& key : names) gone.releases.erase(key);
  gone.removes = names;
}

}  // namespace plan
