#include "plan/expansion.h"

#include <algorithm>

#include "base/text.h"
#include "ddl/constraint.h"
#include "ddl/index.h"
#include "ddl/policy.h"
#include "ddl/write.h"
#include "plan/extension.h"

namespace plan {

Operation& Operations::add(ddl::Statements statements, Rank rank, const schema::ObjectId& about) {
  Operation operation;
  operation.statements = std::move(statements);
  operation.rank = rank;
  operation.about = about;
  operation.change = current;
  operations_.push_back(std::move(operation));
  return operations_.back();
}

void Operations::unsupported(const schema::ObjectId& about, const std::string& what) {
  ddl::Statement statement;
  statement.sql = "-- " + base::replaced(what, "\n", " ");
  statement.description = what;
  statement.unsupported = true;
  statement.stage = ddl::Stage::Finish;
  add({std::move(statement)}, Rank::Comment, about);
}

namespace {

using schema::QualifiedName;

template <class... T>
constexpr bool lies_in(schema::Kinds<T...>, auto type) {
  return (std::is_same_v<typename decltype(type)::Type, T> || ...);
}
template <class T>
struct Tag {
  using Type = T;
};

template <class T>
constexpr bool is_type_kind = std::is_same_v<T, schema::Domain> || std::is_same_v<T, schema::CompositeType> ||
                              std::is_same_v<T, schema::RangeType>;

class Expander {
 public:
  explicit Expander(Expanding& expanding)
      : expanding_(expanding), scene_(expanding.scene), uses_(expanding.uses), operations_(expanding.operations) {}

  template <class T>
  void operator()(const diff::Create<T>& change) {
    operations_.make(change.table, change.after, site(change.table, change.after));
  }

  template <class T>
  void operator()(const diff::Drop<T>& change) {
    operations_.remove(change.table, change.before, site(change.table, change.before));
  }

  template <class T>
  void operator()(const diff::Rename<T>& change) {
    const Rank rank = std::is_same_v<T, schema::EnumType> ? Rank::RenameType : Rank::Rename;
    const schema::ObjectId about = id_of(change.table, change.after);
    Operation& renamed =
        operations_.add(ddl::rename(change.before, change.after, scene_.site(change.table)), rank, about);
    renamed.removes = names_made(change.table, change.before);
    renamed.makes = names_made(change.table, change.after);
    for (const Key& key : renamed.makes) renamed.removes.erase(key);
    if constexpr (requires { change.after.name.schema; }) renamed.needs.insert(schema_key(change.after.name.schema));
    if (!change.table.name.empty()) renamed.needs.insert(table_key(change.table));
    if (renamed.statements.empty()) operations_.unsupported(about, "rename " + about.owner.name + " " + about.name);
  }

  template <class T>
  void operator()(const diff::Alter<T>& change) {
    if (must_be_split(change)) return split(change);
    ddl::Statements statements =
        ddl::alter(change.before, change.after, change.fields, site(change.table, change.after));
    if (!covers(statements, change.fields)) {
      if (is_unused_type(change)) return split(change);
      if (!can_be_made_anew(change)) return partly(change, std::move(statements));
      if (!replaceable_kind<T>()) return split(change);
      statements = replaced(change, site(change.table, change.after));
    }
    Operation& altered = operations_.add(std::move(statements), rank_altered<T>(), id_of(change.table, change.after));
    altered.needs = used_by(uses_, change.table, change.after);
    altered.releases = used_by(uses_, change.table, change.before);
    if constexpr (std::is_same_v<T, schema::Sequence>) {
      add_owner(altered.needs, change.after);
      add_owner(altered.releases, change.before);
    }
    if constexpr (std::is_same_v<T, schema::PrimaryKey>) {
      altered.removes = altered.makes = names_made(change.table, change.after);
    }
    needs_itself(altered, change);
  }

  void operator()(const diff::RenameLabel& change) {
    ddl::Statement renamed = ddl::changed("labels",
                                          sql::text("ALTER TYPE {} RENAME VALUE {} TO {}", change.type,
                                                    sql::Literal{change.before}, sql::Literal{change.after}),
                                          sql::text("ALTER TYPE {} RENAME VALUE {} TO {}", change.type,
                                                    sql::Literal{change.after}, sql::Literal{change.before}));
    renamed.description = "rename value " + change.before + " of enum " + ddl::shown(change.type);
    Operation& operation =
        operations_.add({std::move(renamed)}, Rank::RenameType, {schema::Kind::EnumType, change.type, {}});
    operation.needs = {type_key(change.type)};
    operation.makes = {labels_key(change.type)};
  }

  void operator()(const diff::Create<schema::Table>& change) { expand_table(expanding_, change); }
  void operator()(const diff::Drop<schema::Table>& change) { expand_table(expanding_, change); }
  void operator()(const diff::Create<schema::Column>& change) { expand_column(expanding_, change); }
  void operator()(const diff::Drop<schema::Column>& change) { expand_column(expanding_, change); }
  void operator()(const diff::Alter<schema::Column>& change) { expand_column(expanding_, change); }
  void operator()(const diff::Alter<schema::EnumType>& change) { expand_enum(expanding_, change); }

  /// The sequence first, its owner when the column is there.
  void operator()(const diff::Create<schema::Sequence>& change) {
    schema::Sequence free = change.after;
    free.owned_by.reset();
    operations_.make(change.table, free, scene_.quiet_site(change.table));
    if (!change.after.owned_by) return;
    const schema::ColumnName& owner = *change.after.owned_by;
    Operation& owned = operations_.add(ddl::alter(free, change.after, {"owned_by"}, {}), Rank::AlterSequence,
                                       id_of(change.table, change.after));
    owned.statements.front().rollback.clear();
    owned.needs = {sequence_key(change.after.name), table_key(owner.table), column_key(owner.table, owner.column)};
  }

  void operator()(const diff::Create<schema::Role>& change) {
    Operation& made = operations_.make(change.table, change.after, scene_.quiet_site(change.table));
    for (const schema::Name& group : change.after.member_of.value_or(std::vector<schema::Name>{})) {
      made.needs.insert(role_key(group));
    }
  }

  /// What a REVOKE on the table takes along from single columns is given back.
  void operator()(const diff::Drop<schema::Grant>& change) {
    Operation& gone = operations_.remove(change.table, change.before, scene_.site(change.table));
    const schema::Table* table = scene_.actual_table(change.table);
    if (table == nullptr || change.before.withheld || !change.before.column.empty() ||
        !change.before.sequence.empty()) {
      return;
    }
    for (const schema::Grant& grant : table->grants) {
      if (grant.column.empty() || grant.role != change.before.role) continue;
      schema::Grant back = grant;
      const auto taken = [&](const std::string& privilege) {
        return std::ranges::find(change.before.privileges, privilege) != change.before.privileges.end();
      };
      std::erase_if(back.privileges, [&](const std::string& privilege) { return !taken(privilege); });
      std::erase_if(back.grantable, [&](const std::string& privilege) { return !taken(privilege); });
      if (back.privileges.empty()) continue;
      for (ddl::Statement& statement : ddl::create(back, scene_.site(change.table))) {
        statement.rollback.clear();
        gone.statements.push_back(std::move(statement));
      }
    }
  }

 private:
  template <class T>
  ddl::Site site(const QualifiedName& table, const T& object) const {
    const bool moves = overlap(used_by(uses_, table, object), expanding_.moving);
    return moves ? scene_.quiet_site(table) : scene_.site(table);
  }

  static void add_owner(Keys& keys, const schema::Sequence& sequence) {
    if (!sequence.owned_by) return;
    keys.insert(table_key(sequence.owned_by->table));
    keys.insert(column_key(sequence.owned_by->table, sequence.owned_by->column));
  }

  template <class T>
  static constexpr Rank rank_altered() {
    if constexpr (std::is_same_v<T, schema::Table>) return Rank::AlterTable;
    return rank_made(schema::kind_of<T>);
  }

  static bool covers(const ddl::Statements& statements, const std::vector<std::string>& fields) {
    return std::ranges::all_of(fields, [&](const std::string& field) {
      return std::ranges::any_of(statements,
                                 [&](const ddl::Statement& statement) { return ddl::has(statement.fields, field); });
    });
  }

  /// Whether dropping and making it anew loses nothing that a statement does not give back.
  template <class T>
  static bool can_be_made_anew(const diff::Alter<T>&) {
    return lies_in(schema::Kinds<schema::PrimaryKey, schema::Unique, schema::Check, schema::ForeignKey,
                                 schema::Exclusion, schema::Index, schema::Trigger, schema::Policy, schema::View,
                                 schema::Routine, schema::OtherObject>{},
                   Tag<T>{});
  }

  /// A type that stands in no column and no other type can go and come.
  template <class T>
  bool is_unused_type(const diff::Alter<T>& change) const {
    if constexpr (is_type_kind<T>) return expanding_.moving.contains(type_key(change.before.name));
    return false;
  }

  template <class T>
  static ddl::Statements replaced(const diff::Alter<T>& change, const ddl::Site& where) {
    if constexpr (replaceable_kind<T>()) return ddl::replace(change.before, change.after, where);
    return {};
  }

  template <class T>
  static constexpr bool replaceable_kind() {
    return requires(const T& object, const ddl::Site& where) { ddl::replace(object, object, where); };
  }

  /// Dropped before and made after what it stands on has moved.
  template <class T>
  bool must_be_split(const diff::Alter<T>& change) const {
    if constexpr (std::is_same_v<T, schema::ForeignKey>) {
      if (key_changes(change.before.referred_table) || key_changes(change.after.referred_table)) return true;
    }
    return can_be_made_anew(change) && (overlap(used_by(uses_, change.table, change.before), expanding_.moving) ||
                                        overlap(used_by(uses_, change.table, change.after), expanding_.moving));
  }

  /// Whether a key that references may stand on is exchanged.
  bool key_changes(const QualifiedName& table) const {
    return std::ranges::any_of(expanding_.changed, [&](const schema::ObjectId& object) {
      return object.owner == table && (object.kind == schema::Kind::PrimaryKey || object.kind == schema::Kind::Unique);
    });
  }

  template <class T>
  void split(const diff::Alter<T>& change) {
    operations_.remove(change.table, change.before, site(change.table, change.before));
    operations_.make(change.table, change.after, site(change.table, change.after));
  }

  template <class T>
  void partly(const diff::Alter<T>& change, ddl::Statements statements) {
    const schema::ObjectId about = id_of(change.table, change.after);
    for (const std::string& field : change.fields) {
      if (covers(statements, {field})) continue;
      operations_.unsupported(about, "change " + base::replaced(field, "_", " ") + " of " + ddl::shown(about.owner) +
                                         (about.name.empty() ? "" : " " + about.name) +
                                         ": there is no statement for it");
    }
    if (statements.empty()) return;
    Operation& altered = operations_.add(std::move(statements), rank_altered<T>(), about);
    altered.needs = used_by(uses_, change.table, change.after);
    needs_itself(altered, change);
  }

  /// An object that is altered comes after it got its name.
  template <class T>
  void needs_itself(Operation& altered, const diff::Alter<T>& change) const {
    const Keys names = names_made(change.table, change.after);
    for (const Key& key : names) {
      if (!altered.makes.contains(key)) altered.needs.insert(key);
    }
    for (const Key& key : names_made(change.table, change.before)) {
      if (!altered.removes.contains(key)) altered.releases.insert(key);
    }
  }

  Expanding& expanding_;
  const Scene& scene_;
  const Uses& uses_;
  Operations& operations_;
};

/// Whether a column or another type has the type.
bool is_used(const schema::Database& database, const Uses& uses, const QualifiedName& type) {
  const Key key = type_key(type);
  const auto uses_it = [&](const auto& object) { return object.name != type && uses.of(object).contains(key); };
  return std::ranges::any_of(database.domains, uses_it) || std::ranges::any_of(database.composites, uses_it) ||
         std::ranges::any_of(database.ranges, uses_it) ||
         std::ranges::any_of(database.tables, [&](const schema::Table& table) {
           return std::ranges::any_of(table.columns,
                                      [&](const schema::Column& column) { return uses.of(column.type).contains(key); });
         });
}

/// Types that no ALTER brings to what they are to be.
template <class T>
void add_exchanged_types(Keys& keys, const Scene& scene, const Uses& uses) {
  for (const diff::Change& change : scene.changes.changes) {
    const auto* type = diff::get_if<diff::Alter<T>>(&change);
    if (type == nullptr || is_used(scene.actual, uses, type->before.name)) continue;
    const ddl::Statements statements = ddl::alter(type->before, type->after, type->fields, {});
    const bool covered = std::ranges::all_of(type->fields, [&](const std::string& field) {
      return std::ranges::any_of(statements, [&](const auto& each) { return ddl::has(each.fields, field); });
    });
    if (!covered) keys.insert(type_key(type->before.name));
  }
}

/// Functions that go while one of the same name comes: what calls them by name calls the new one afterwards.
std::set<QualifiedName> exchanged_routines(const diff::Changes& changes) {
  std::set<QualifiedName> gone;
  std::set<QualifiedName> come;
  for (const diff::Change& change : changes.changes) {
    if (const auto* drop = diff::get_if<diff::Drop<schema::Routine>>(&change)) gone.insert(drop->before.name);
    if (const auto* made = diff::get_if<diff::Create<schema::Routine>>(&change)) come.insert(made->after.name);
  }
  std::erase_if(gone, [&](const QualifiedName& name) { return !come.contains(name); });
  return gone;
}

/// Whether another object falls with one of those that the catalogs name as its needs.
bool stands_on(const schema::OtherObject& object, const Uses& uses, const Keys& moving) {
  return !object.needs.empty() && overlap(uses.of(object), moving);
}

/// What is gone for a moment: columns and types that move, and with them views and functions that are made anew.
Keys moving_keys(const Scene& scene, const Uses& uses) {
  Keys keys;
  for (const auto& [table, retypes] : scene.disturbed.retypes) {
    for (const ddl::Retype& retype : retypes) keys.insert(column_key(table, retype.after.name));
  }
  for (const schema::ColumnName& column : scene.disturbed.remade) keys.insert(column_key(column.table, column.column));
  for (const auto& [type, old] : scene.disturbed.replaced_enums) keys.insert(type_key(type));
  for (const diff::Change& change : scene.changes.changes) {
    const auto* view = diff::get_if<diff::Alter<schema::View>>(&change);
    if (view != nullptr && ddl::alter(view->before, view->after, view->fields, {}).size() < view->fields.size()) {
      keys.insert(table_key(view->before.name));
    }
    const auto* other = diff::get_if<diff::Alter<schema::OtherObject>>(&change);
    if (other != nullptr && ddl::has(other->fields, "create") &&
        ddl::alter(other->before, other->after, {"create"}, {}).empty()) {
      keys.insert(other_key(other->before.kind + " " + other->before.identity));
    }
    const auto* routine = diff::get_if<diff::Alter<schema::Routine>>(&change);
    if (routine != nullptr && routine->before.returns != routine->after.returns) {
      keys.insert(routine_key(routine->before.name));
    }
  }
  add_exchanged_types<schema::Domain>(keys, scene, uses);
  add_exchanged_types<schema::CompositeType>(keys, scene, uses);
  add_exchanged_types<schema::RangeType>(keys, scene, uses);
  for (const schema::QualifiedName& name : exchanged_routines(scene.changes)) keys.insert(routine_key(name));
  // Views and others that stand on what moves move too.
  for (bool grew = true; grew;) {
    grew = false;
    for (const schema::OtherObject& object : scene.actual.others) {
      const Key key = other_key(object.kind + " " + object.identity);
      if (keys.contains(key) || !stands_on(object, uses, keys)) continue;
      grew = keys.insert(key).second;
    }
    for (const schema::View& view : scene.actual.views) {
      if (keys.contains(table_key(view.name)) || !overlap(uses.of(view), keys)) continue;
      grew = keys.insert(table_key(view.name)).second;
    }
  }
  return keys;
}

std::set<schema::ObjectId> changed_objects(const diff::Changes& changes) {
  std::set<schema::ObjectId> result;
  for (const diff::Change& change : changes.changes) {
    diff::visit(
        [&](const auto& each) {
          if constexpr (requires {
                          each.before;
                          each.fields;
                        }) {
            result.insert(id_of(each.table, each.before));
          } else if constexpr (
              requires { each.before; } && !requires { each.after; }) {
            result.insert(id_of(each.table, each.before));
          }
        },
        change);
  }
  return result;
}

}  // namespace

std::vector<Operation> expanded(const Scene& scene, const Uses& uses) {
  Operations operations(scene, uses);
  Expanding expanding{.scene = scene,
                      .uses = uses,
                      .operations = operations,
                      .changed = changed_objects(scene.changes),
                      .new_tables = new_tables_in_order(scene.changes),
                      .dropped_tables = dropped_tables_in_order(scene.changes),
                      .changed_within = tables_changed_within(scene.changes),
                      .moving = moving_keys(scene, uses)};
  for (const diff::Change& change : scene.changes.changes) {
    operations.current = &change;
    diff::visit(Expander(expanding), change);
  }
  operations.current = nullptr;
  retype_columns(expanding);
  give_way(expanding);
  for (const schema::Extension& extension : extensions_needed(scene)) operations.make({}, extension, {});
  return operations.take();
}

}  // namespace plan
