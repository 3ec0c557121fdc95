#include "diff/scope.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "diff/mention.h"

namespace diff {
namespace {

using schema::QualifiedName;
using schema::Table;

bool is_bookkeeping(const QualifiedName& table) {
  return table.name == "alembic_version" || table.name == "agent_migrate_history";
}

bool is_system_schema(const std::string& schema) { return schema.starts_with("pg_") || schema == "information_schema"; }

std::string key(const schema::TypeName& type) { return type.schema + "." + type.name; }

/// Types and sequences that a table's columns use.
std::set<std::string> uses_of(const Table& table) {
  std::set<std::string> uses;
  for (const auto& column : table.columns) {
    if (!column.type.schema.empty()) uses.insert(key(column.type));
    if (column.server_default) uses.merge(sequences_in(column.server_default->text));
  }
  return uses;
}

std::set<std::string> uses_outside_tables(const schema::Database& database) {
  std::set<std::string> uses;
  for (const auto& domain : database.domains) uses.insert(key(domain.type));
  for (const auto& range : database.ranges) uses.insert(key(range.subtype));
  for (const auto& composite : database.composites) {
    for (const auto& attribute : composite.attributes) uses.insert(key(attribute.type));
  }
  return uses;
}

}  // namespace

Scope::Scope(const schema::Database& desired, const schema::Database& actual, const Options& options,
             const Unknown& unknown)
    : models_{desired.scope == schema::Scope::Models},
      drop_unmanaged_{options.drop_unmanaged},
      all_schemas_{!models_ && options.schemas.empty()},
      unknown_{unknown},
      schemas_{options.schemas.begin(), options.schemas.end()},
      excluded_{options.excluded_tables},
      managed_{options.managed.begin(), options.managed.end()} {
  for (const Table& table : desired.tables) {
    managed_.insert(table.name);
    if (models_) schemas_.insert(table.name.schema);
  }
  if (models_) {
    for (const auto& type : desired.enums) schemas_.insert(type.name.schema);
    for (const auto& sequence : desired.sequences) schemas_.insert(sequence.name.schema);
  }
  for (const Table& table : desired.tables) kept_.insert(table.name);
  for (const Table& table : actual.tables) {
    if (!kept_.contains(table.name) && fate(table) == Fate::Dropped) dropped_.insert(table.name);
  }
  note_uses(desired, actual);
  note_falling_sequences(desired, actual);
  if (models_ && drop_unmanaged_) note_emptied_schemas(actual);
}

void Scope::note_emptied_schemas(const schema::Database& actual) {
  for (const QualifiedName& table : dropped_) emptied_schemas_.insert(table.schema);
  emptied_schemas_.erase("public");
  for (const QualifiedName& table : kept_) emptied_schemas_.erase(table.schema);
  for (const Table& table : actual.tables) {
    if (!dropped_.contains(table.name)) emptied_schemas_.erase(table.name.schema);
  }
  const auto hold = [this](const auto& objects) {
    for (const auto& object : objects) emptied_schemas_.erase(object.name.schema);
  };
  hold(actual.views);
  hold(actual.routines);
  hold(actual.domains);
  hold(actual.composites);
  hold(actual.ranges);
  hold(actual.enums);
  hold(actual.sequences);
}

bool Scope::takes_part_in(const std::string& schema) const { return all_schemas_ || schemas_.contains(schema); }

bool Scope::takes_part(const QualifiedName& table) const {
  const std::string full = schema::text(table);
  const auto excludes = [&](const std::string& pattern) {
    return base::matches(table.name, pattern) || base::matches(full, pattern);
  };
  return takes_part_in(table.schema) && !is_bookkeeping(table) && std::ranges::none_of(excluded_, excludes);
}

bool Scope::is_managed(const Table& table) const { return !models_ || managed_.contains(table.name); }

Scope::Fate Scope::fate(const Table& table) const {
  const bool managed = is_managed(table);
  if (!(managed && models_) && !takes_part(table.name)) return Fate::Left;
  if (is_bookkeeping(table.name) || unknown_.some_table || unknown_.loses_nothing(table.name)) return Fate::Left;
  if (table.partition_of) {
    // Falls with its parent; a partition made outside is never ours to drop.
    return models_ || !kept_.contains(table.partition_of->parent) ? Fate::Left : Fate::Dropped;
  }
  if (models_ && !table.inherits.empty() && !managed) return Fate::Left;
  return managed || drop_unmanaged_ ? Fate::Dropped : Fate::Unmanaged;
}

bool Scope::may_drop(const schema::Namespace& space) const {
  if (models_) return emptied_schemas_.contains(space.name.text);
  return takes_part_in(space.name.text) && !is_system_schema(space.name.text);
}

bool Scope::may_drop(const schema::EnumType& type) const {
  if (!models_) return takes_part_in(type.name.schema);
  const std::string name = schema::text(type.name);
  return !unknown_.some_table && used_by_ours_.contains(name) && !used_by_others_.contains(name);
}

bool Scope::may_drop(const schema::Sequence& sequence) const {
  if (falling_sequences_.contains(sequence.name)) return false;
  if (!models_) return takes_part_in(sequence.name.schema);
  const std::string name = schema::text(sequence.name);
  return !unknown_.some_table && used_by_ours_.contains(name) && !used_by_others_.contains(name);
}

void Scope::note_falling_sequences(const schema::Database& desired, const schema::Database& actual) {
  std::unordered_map<QualifiedName, const Table*> tables;
  for (const Table& table : desired.tables) tables.emplace(table.name, &table);
  for (const auto& sequence : actual.sequences) {
    if (!sequence.owned_by) continue;
    const auto owner = tables.find(sequence.owned_by->table);
    const bool stays = owner == tables.end() ? !dropped_.contains(sequence.owned_by->table)
                                             : find_column(*owner->second, sequence.owned_by->column) != nullptr;
    if (!stays) falling_sequences_.insert(sequence.name);
  }
}

void Scope::note_uses(const schema::Database& desired, const schema::Database& actual) {
  if (!models_) return;
  for (const Table& table : actual.tables) {
    const bool ours = managed_.contains(table.name) || dropped_.contains(table.name);
    const bool whole = !unknown_.loses_nothing(table.name);
    (ours && whole ? used_by_ours_ : used_by_others_).merge(uses_of(table));
  }
  used_by_others_.merge(uses_outside_tables(actual));
  for (const Table& table : desired.tables) used_by_others_.merge(uses_of(table));
  used_by_others_.merge(uses_outside_tables(desired));
}

}  // namespace diff
