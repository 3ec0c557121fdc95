#include <algorithm>

#include "plan/expansion.h"

/// PostgreSQL rebuilds plain indexes, keys and checks itself when a type changes within its family. It refuses where
/// views, policies, triggers, rules or computed columns stand on the column, and it cannot rebuild conditions that do
/// not fit the new type.
namespace plan {
namespace {

using schema::Check;
using schema::ColumnName;
using schema::Exclusion;
using schema::ForeignKey;
using schema::Index;
using schema::Name;
using schema::QualifiedName;
using schema::Table;

class GivingWay {
 public:
  explicit GivingWay(Expanding& expanding)
      : expanding_(expanding), scene_(expanding.scene), uses_(expanding.uses), keys_changed_(tables_with_other_keys()) {
    for (const ColumnName& column : scene_.disturbed.incompatible)
      hard_.insert(column_key(column.table, column.column));
    for (const ColumnName& column : scene_.disturbed.remade) gone_.insert(column_key(column.table, column.column));
    for (const auto& [type, old] : scene_.disturbed.replaced_enums) hard_.insert(type_key(type));
    for (const Key& key : expanding.moving) {
      if (key.starts_with("routine ")) gone_.insert(key);
      if (key.starts_with("type ")) hard_.insert(key);
    }
  }

  void run() {
    for (const Table& table : scene_.actual.tables) {
      if (is_dropped(table)) continue;
      for_references(table);
      if (expanding_.moving.empty()) continue;
      for_policies(table);
      for_triggers(table);
      if (hard_.empty() && gone_.empty()) continue;
      for_conditions(table);
    }
    if (expanding_.moving.empty()) return;
    for (const Table& table : scene_.actual.tables) {
      if (!is_dropped(table)) for_defaults(table);
    }
    for (const schema::Domain& domain : scene_.actual.domains) for_domain(domain);
    for (const schema::View& view : scene_.actual.views) for_view(view);
    for (const schema::Routine& routine : scene_.actual.routines) for_routine(routine);
    for (const schema::OtherObject& object : scene_.actual.others) for_other(object);
  }

 private:
  template <class T>
  void move(const QualifiedName& table, const T& before, const T& after) {
    const ddl::Site site = scene_.quiet_site(table);
    expanding_.operations.remove(table, before, site);
    expanding_.operations.make(table, after, site);
  }

  template <class T>
  bool is_changed(const QualifiedName& table, const T& object) const {
    return expanding_.changed.contains(id_of(table, object));
  }

  bool is_dropped(const Table& table) const {
    return expanding_.changed.contains({schema::Kind::Table, table.name, {}}) &&
           scene_.desired_table(table.name) == nullptr;
  }

  void for_policies(const Table& table) {
    for (const schema::Policy& policy : table.policies) {
      if (is_changed(table.name, policy)) continue;
      if (overlap(uses_.of(table.name, policy), expanding_.moving)) move(table.name, policy, policy);
    }
  }

  void for_triggers(const Table& table) {
    for (const schema::Trigger& trigger : table.triggers) {
      if (is_changed(table.name, trigger)) continue;
      if (overlap(uses_.of(table.name, trigger), expanding_.moving)) move(table.name, trigger, trigger);
    }
  }

  void for_view(const schema::View& view) {
    if (!expanding_.moving.contains(table_key(view.name)) || is_changed(view.name, view)) return;
    move(view.name, view, view);
  }

  /// Off before, on again after.
  template <class T>
  void take_off(const QualifiedName& table, const T& whole, const T& bare, const char* field, Rank rank) {
    const ddl::Site site = scene_.quiet_site(table);
    const schema::ObjectId about = id_of(table, whole);
    Operation& off = expanding_.operations.add(ddl::alter(whole, bare, {field}, site), Rank::DropConstraint, about);
    off.releases = used_by(uses_, table, whole);
    Operation& on = expanding_.operations.add(ddl::alter(bare, whole, {field}, site), rank, about);
    on.needs = used_by(uses_, table, whole);
  }

  /// Values that a function gives which goes for a moment.
  void for_defaults(const Table& table) {
    if (gone_.empty()) return;
    for (const schema::Column& column : table.columns) {
      if (!column.server_default || is_changed(table.name, column)) continue;
      if (!overlap(uses_.of(column.server_default), gone_)) continue;
      schema::Column bare = column;
      bare.server_default.reset();
      take_off(table.name, column, bare, "server_default", Rank::AlterColumn);
    }
  }

  void for_domain(const schema::Domain& domain) {
    if (is_changed({}, domain)) return;
    schema::Domain bare = domain;
    std::erase_if(bare.checks, [&](const Check& check) { return overlap(uses_.of(check.expression), gone_); });
    if (bare.checks.size() != domain.checks.size()) take_off({}, domain, bare, "checks", Rank::Constraint);
  }

  /// A function whose signature has a type that is exchanged.
  void for_routine(const schema::Routine& routine) {
    if (expanding_.changed.contains(id_of({}, routine))) return;
    if (overlap(uses_.routines_and_types_in(routine.arguments + " " + routine.returns), hard_))
      move({}, routine, routine);
  }

  void for_other(const schema::OtherObject& object) {
    const Keys used = uses_.of(object);
    const bool refuses = (object.kind == "RULE" ? overlap(used, expanding_.moving) : overlap(used, gone_)) ||
                         expanding_.moving.contains(other_key(object.kind + " " + object.identity));
    if (refuses && !expanding_.changed.contains(id_of({}, object))) move({}, object, object);
  }

  void for_conditions(const Table& table) {
    const Table* desired = scene_.desired_table(table.name);
    const auto each = [&](const auto& objects, const auto* wanted) {
      for (const auto& object : objects) {
        if (is_changed(table.name, object) || !gives_way(table.name, object)) continue;
        move(table.name, object, rewritten(object, wanted));
      }
    };
    each(table.checks, desired == nullptr ? nullptr : &desired->checks);
    each(table.indexes, desired == nullptr ? nullptr : &desired->indexes);
    each(table.exclusions, desired == nullptr ? nullptr : &desired->exclusions);
    each(table.uniques, desired == nullptr ? nullptr : &desired->uniques);
    if (table.primary_key && !is_changed(table.name, *table.primary_key) && gives_way(table.name, *table.primary_key)) {
      move(table.name, *table.primary_key, *table.primary_key);
    }
  }

  bool gives_way(const QualifiedName& table, const Check& check) const {
    const Keys used = uses_.of(table, check);
    return overlap(used, hard_) || overlap(used, gone_);
  }

  bool gives_way(const QualifiedName& table, const Index& index) const {
    if (overlap(uses_.of(table, index), gone_)) return true;
    Index conditions = index;
    std::erase_if(conditions.keys,
                  [](const schema::IndexKey& key) { return !key.column.empty() && key.operator_class.empty(); });
    return overlap(uses_.of(table, conditions), hard_);
  }

  bool gives_way(const QualifiedName& table, const Exclusion& exclusion) const {
    const Keys used = uses_.of(table, exclusion);
    return overlap(used, hard_) || overlap(used, gone_);
  }

  template <class T>
  bool gives_way(const QualifiedName& table, const T& key) const {
    return overlap(uses_.of(table, key), gone_);
  }

  /// The object as it is, with the conditions in the words of the desired state: they fit the new type.
  static Check rewritten(const Check& check, const std::vector<Check>* wanted) {
    Check result = check;
    if (wanted == nullptr) return result;
    const auto found = std::ranges::find(*wanted, check.name, &Check::name);
    if (found != wanted->end()) result.expression = found->expression;
    return result;
  }

  static Index rewritten(const Index& index, const std::vector<Index>* wanted) {
    Index result = index;
    if (wanted == nullptr) return result;
    const auto found = std::ranges::find(*wanted, index.name, &Index::name);
    if (found == wanted->end() || found->keys.size() != index.keys.size()) return result;
    for (std::size_t at = 0; at < index.keys.size(); ++at) result.keys[at].expression = found->keys[at].expression;
    result.predicate = found->predicate;
    return result;
  }

  template <class T>
  static T rewritten(const T& object, const std::vector<T>*) {
    return object;
  }

  /// References to or from a column of another family of types, or to a key that is exchanged.
  void for_references(const Table& table) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (is_changed(table.name, key)) continue;
      const Keys used = uses_.of(table.name, key);
      const bool falls_with_key = keys_changed_.contains(key.referred_table) && loses_its_key(key);
      const bool falls = loses_columns(table.name, key.columns);
      if (falls) {
        if (is_cut(scene_, table.name, key))
          expanding_.operations.remove(table.name, key, scene_.quiet_site(table.name));
        continue;
      }
      if (!falls_with_key && !overlap(used, hard_) && !overlap(used, gone_)) continue;
      const ddl::Site site = scene_.site(table.name);
      expanding_.operations.remove(table.name, key, site);
      expanding_.operations.make(table.name, key, site);
    }
  }

  /// Whether one of the columns, or the table, goes: what stands on it falls too.
  bool loses_columns(const QualifiedName& name, const std::vector<Name>& columns) const {
    const Table* table = scene_.desired_table(name);
    if (table == nullptr) return scene_.actual_table(name) != nullptr;
    return std::ranges::any_of(columns,
                               [&](const Name& column) { return schema::find_column(*table, column) == nullptr; });
  }

  bool loses_its_key(const ForeignKey& key) const {
    const auto same = [&](std::vector<Name> columns) {
      std::vector<Name> referred = key.referred_columns;
      std::ranges::sort(columns);
      std::ranges::sort(referred);
      return columns == referred;
    };
    const Table* table = scene_.actual_table(key.referred_table);
    if (table == nullptr) return false;
    if (table->primary_key && same(table->primary_key->columns) && is_changed(table->name, *table->primary_key)) {
      return true;
    }
    return std::ranges::any_of(table->uniques, [&](const schema::Unique& unique) {
      return same(unique.columns) && is_changed(table->name, unique);
    });
  }

  std::set<QualifiedName> tables_with_other_keys() const {
    std::set<QualifiedName> tables;
    for (const schema::ObjectId& object : expanding_.changed) {
      if (object.kind == schema::Kind::PrimaryKey || object.kind == schema::Kind::Unique) tables.insert(object.owner);
    }
    return tables;
  }

  Expanding& expanding_;
  const Scene& scene_;
  const Uses& uses_;
  std::set<QualifiedName> keys_changed_;
  Keys hard_;  ///< columns of another family of types, types that are exchanged
  Keys gone_;  ///< columns that are dropped for a moment
};

}  // namespace

void give_way(Expanding& expanding) { GivingWay(expanding).run(); }

}  // namespace plan
