#include "plan/scene.h"

#include <algorithm>

#include "ddl/expression.h"
#include "ddl/write.h"
#include "diff/rename.h"

namespace plan {
namespace {

using schema::ColumnName;
using schema::QualifiedName;

template <class T>
void each(const diff::Changes& changes, auto&& visit) {
  for (const diff::Change& change : changes.changes) {
    if (const auto* found = diff::get_if<T>(&change)) visit(*found);
  }
}

diff::Renames renames_of(const diff::Changes& changes) {
  diff::Renames renames;
  each<diff::Rename<schema::Table>>(
      changes, [&](const auto& change) { renames.tables.emplace_back(change.before.name, change.after.name); });
  each<diff::Rename<schema::Column>>(changes, [&](const auto& change) {
    renames.columns.push_back({change.table, change.before.name, change.after.name});
  });
  each<diff::Rename<schema::EnumType>>(
      changes, [&](const auto& change) { renames.types.emplace_back(change.before.name, change.after.name); });
  each<diff::RenameLabel>(changes, [&](const auto& change) { renames.labels.push_back(change); });
  return renames;
}

schema::Facts facts_after_renames(const schema::Facts& facts, const diff::Changes& changes) {
  schema::Facts result = facts;
  each<diff::Rename<schema::Table>>(changes, [&](const auto& change) {
    const auto found = facts.tables.find(change.before.name);
    if (found == facts.tables.end()) return;
    result.tables.erase(change.before.name);
    result.tables[change.after.name] = found->second;
  });
  return result;
}

std::set<QualifiedName> enum_names(const schema::Database& left, const schema::Database& right) {
  std::set<QualifiedName> names;
  for (const schema::EnumType& type : left.enums) names.insert(type.name);
  for (const schema::EnumType& type : right.enums) names.insert(type.name);
  return names;
}

/// Those in force while the plan runs, of the roles that models speak of.
std::vector<schema::DefaultPrivilege> default_privileges(const schema::Database& desired,
                                                         const schema::Database& actual) {
  std::vector<schema::DefaultPrivilege> result = actual.default_privileges;
  if (desired.scope != schema::Scope::Models) return result;
  std::set<schema::Name> roles;
  for (const schema::Table& table : desired.tables) {
    for (const schema::Grant& grant : table.grants) roles.insert(grant.role);
  }
  for (schema::DefaultPrivilege& privilege : result) {
    std::erase_if(privilege.grants, [&](const schema::Grant& grant) { return !roles.contains(grant.role); });
  }
  return result;
}

bool is_null_everywhere(const schema::Column& column) {
  return !column.not_null && !column.server_default && !column.serial && !column.identity && !column.generated;
}

void add_context(risk::Context& context, const diff::Changes& changes, const Options& options) {
  each<diff::Create<schema::Table>>(changes, [&](const auto& change) { context.new_tables.insert(change.after.name); });
  each<diff::Create<schema::Column>>(changes, [&](const auto& change) {
    const ColumnName name{change.table, change.after.name};
    context.new_columns.insert(name);
    if (is_null_everywhere(change.after) && !options.backfills.contains(name)) context.new_nulls.insert(name);
  });
  for (const auto& [column, expression] : options.conversions) context.converted.insert(column);
  for (const auto& [column, expression] : options.backfills) context.backfilled.insert(column);
  context.online = options.online;
}

bool has_field(const std::vector<std::string>& fields, std::string_view name) {
  return std::ranges::find(fields, name) != fields.end();
}

/// A removed or reordered label needs another type in the place of the old one.
bool is_replaced(const diff::Alter<schema::EnumType>& change) {
  if (!has_field(change.fields, "labels")) return false;
  return ddl::alter(change.before, change.after, {"labels"}, {}).empty();
}

/// Whether the generated column can only be dropped and made anew.
bool is_remade(const diff::Alter<schema::Column>& change, int server_version) {
  const bool type = has_field(change.fields, "type") || has_field(change.fields, "collation");
  if (change.before.generated && change.after.generated && type) return true;
  if (!has_field(change.fields, "generated") || !change.after.generated) return false;
  if (!change.before.generated) return true;
  return server_version < 170000 || change.before.generated->stored != change.after.generated->stored;
}

}  // namespace

bool Disturbances::is_retyped(const ColumnName& column) const {
  const auto table = retypes.find(column.table);
  return table != retypes.end() && std::ranges::any_of(table->second, [&](const ddl::Retype& retype) {
           return retype.after.name == column.column;
         });
}

bool Disturbances::touches(const QualifiedName& table) const {
  return retypes.contains(table) ||
         std::ranges::any_of(remade, [&](const ColumnName& column) { return column.table == table; });
}

namespace {

/// Fills in the columns that are retyped or remade.
class Disturbing {
 public:
  explicit Disturbing(Scene& scene) : scene_(scene) {}

  void run() {
    each<diff::Alter<schema::EnumType>>(scene_.changes, [&](const auto& change) {
      if (is_replaced(change)) replace(change.after.name);
    });
    each<diff::Alter<schema::Column>>(scene_.changes, [&](const auto& change) { alter(change); });
    for (const schema::Table& table : scene_.actual.tables) convert_columns(table);
    for (const schema::Table& table : scene_.actual.tables) remake_computed(table);
  }

 private:
  void replace(const QualifiedName& type) {
    scene_.disturbed.replaced_enums[type] = ddl::made_name(type.name, "", "old").text;
  }

  void alter(const diff::Alter<schema::Column>& change) {
    const ColumnName name{change.table, change.after.name};
    if (is_remade(change, scene_.options.server_version)) {
      scene_.disturbed.remade.insert(name);
    } else if (has_field(change.fields, "type") || has_field(change.fields, "collation")) {
      retype(change.table, change.before, change.after);
    }
  }

  /// On a table without rows the way through text always does; whether there is a cast of its own is not known for all.
  bool needs_text(const ddl::Retype& retype, const QualifiedName& table) const {
    if (scene_.context.has_rows(table)) return false;
    const schema::TypeName& type = retype.before.type;
    const bool string = type.schema.empty() && (type.name == "text" || type.name.starts_with("character"));
    return retype.cast == schema::Cast::None || (retype.cast == schema::Cast::Explicit && (!string || type.array));
  }

  void retype(const QualifiedName& table, const schema::Column& before, const schema::Column& after) {
    const ColumnName name{table, after.name};
    ddl::Retype retype{.before = before, .after = after, .cast = schema::Cast::Assignment, .conversion = {}};
    retype.cast = scene_.context.conversion(before, after).cast;
    if (needs_text(retype, table)) retype.cast = schema::Cast::ViaText;
    if (replaced(before.type)) set_aside(retype);
    const auto given = scene_.options.conversions.find(name);
    if (given != scene_.options.conversions.end()) retype.conversion = given->second;
    if (!schema::same_family(before.type, after.type) || replaced(before.type) || replaced(after.type)) {
      scene_.disturbed.incompatible.insert(name);
    }
    scene_.disturbed.retypes[table].push_back(std::move(retype));
  }

  /// The column is of the old type, which has another name meanwhile.
  void set_aside(ddl::Retype& retype) {
    const auto& [type, aside] =
        *scene_.disturbed.replaced_enums.find({retype.before.type.schema, retype.before.type.name});
    retype.before.type.name = aside;
    if (retype.before.server_default) {
      retype.before.server_default = ddl::renamed_words(*retype.before.server_default, {{type.name, aside}});
    }
    retype.cast = schema::Cast::ViaText;
  }

  bool replaced(const schema::TypeName& type) const {
    return scene_.disturbed.replaced_enums.contains({type.schema, type.name});
  }

  bool goes(const QualifiedName& table, const schema::Name& column) const {
    return std::ranges::any_of(scene_.changes.changes, [&](const diff::Change& change) {
      if (const auto* whole = diff::get_if<diff::Drop<schema::Table>>(&change)) return whole->before.name == table;
      const auto* drop = diff::get_if<diff::Drop<schema::Column>>(&change);
      return drop != nullptr && drop->table == table && drop->before.name == column;
    });
  }

  /// Columns of a replaced enum, whoever the table belongs to.
  void convert_columns(const schema::Table& table) {
    if (scene_.disturbed.replaced_enums.empty()) return;
    for (const schema::Column& column : table.columns) {
      const ColumnName name{table.name, column.name};
      if (!replaced(column.type) || scene_.disturbed.is_retyped(name) || goes(table.name, column.name)) continue;
      if (column.generated) {
        scene_.disturbed.remade.insert(name);
        continue;
      }
      const schema::Table* desired = scene_.desired_table(table.name);
      const schema::Column* after = desired == nullptr ? nullptr : schema::find_column(*desired, column.name);
      schema::Column target = column;
      if (after != nullptr) target.server_default = after->server_default;
      retype(table.name, column, target);
    }
  }

  /// Columns computed from a retyped one.
  void remake_computed(const schema::Table& table) {
    const auto retypes = scene_.disturbed.retypes.find(table.name);
    if (retypes == scene_.disturbed.retypes.end()) return;
    for (const schema::Column& column : table.columns) {
      if (!column.generated || goes(table.name, column.name)) continue;
      const bool computed = std::ranges::any_of(retypes->second, [&](const ddl::Retype& retype) {
        return ddl::mentions(column.generated->expression.text, retype.after.name.text);
      });
      if (computed) scene_.disturbed.remade.insert({table.name, column.name});
    }
  }

  Scene& scene_;
};

}  // namespace

Scene::Scene(const diff::Changes& given, const schema::Database& wanted, const schema::Database& found,
             const schema::Facts& known, const Options& wishes)
    : changes(given),
      desired(wanted),
      actual(diff::renamed(found, renames_of(given), ddl::renamed_words).actual),
      facts(facts_after_renames(known, given)),
      options(wishes),
      context{.facts = facts,
              .new_tables = {},
              .new_columns = {},
              .new_nulls = {},
              .converted = {},
              .backfilled = {},
              .enums = enum_names(wanted, actual),
              .online = true} {
  add_context(context, changes, options);
  for (const schema::Table& table : actual.tables) actual_tables.emplace(table.name, &table);
  for (const schema::Table& table : desired.tables) desired_tables.emplace(table.name, &table);
  born_with = default_privileges(desired, actual);
  Disturbing(*this).run();
}

/// Models speak of the privileges of a table where they grant some.
bool Scene::speaks_of_grants(const QualifiedName& table) const {
  if (desired.scope != schema::Scope::Models) return true;
  const schema::Table* wanted = desired_table(table);
  return wanted != nullptr && !wanted->grants.empty();
}

const schema::Table* Scene::actual_table(const QualifiedName& name) const {
  const auto found = actual_tables.find(name);
  return found == actual_tables.end() ? nullptr : found->second;
}

const schema::Table* Scene::desired_table(const QualifiedName& name) const {
  const auto found = desired_tables.find(name);
  return found == desired_tables.end() ? nullptr : found->second;
}

ddl::Site Scene::site(const QualifiedName& table) const {
  ddl::Site site = quiet_site(table);
  site.online = options.online && !context.new_tables.contains(table) && context.has_rows(table);
  return site;
}

ddl::Site Scene::quiet_site(const QualifiedName& table) const {
  const schema::Table* found = actual_table(table);
  if (found == nullptr) found = desired_table(table);
  return {.table = table,
          .online = false,
          .partitioned = found != nullptr && found->partitioning.has_value(),
          .server_version = options.server_version,
          .usual_owner = actual.owner,
          .default_privileges = speaks_of_grants(table) ? &born_with : nullptr};
}

std::int64_t Scene::rows(const QualifiedName& table) const {
  const auto found = facts.tables.find(table);
  return found == facts.tables.end() ? 0 : found->second.rows;
}

}  // namespace plan
