#include "ddl/constraint.h"

#include "base/text.h"
#include "ddl/index.h"
#include "ddl/write.h"

namespace ddl {
namespace {

std::string deferral_text(schema::Deferral deferral) {
  switch (deferral) {
    case schema::Deferral::NotDeferrable:
      return "";
    case schema::Deferral::InitiallyImmediate:
      return " DEFERRABLE";
    case schema::Deferral::InitiallyDeferred:
      return " DEFERRABLE INITIALLY DEFERRED";
  }
  return "";
}

std::string action_text(std::string_view event, schema::ReferentialAction action,
                        const std::vector<schema::Name>& columns = {}) {
  std::string text = " ON " + std::string(event) + " ";
  switch (action) {
    case schema::ReferentialAction::NoAction:
      return "";
    case schema::ReferentialAction::Restrict:
      return text + "RESTRICT";
    case schema::ReferentialAction::Cascade:
      return text + "CASCADE";
    case schema::ReferentialAction::SetNull:
      text += "SET NULL";
      break;
    case schema::ReferentialAction::SetDefault:
      text += "SET DEFAULT";
      break;
  }
  return columns.empty() ? text : text + sql::text(" ({})", columns);
}

/// Columns, with PostgreSQL 18's WITHOUT OVERLAPS after the last.
std::string key_columns(const std::vector<schema::Name>& columns, bool without_overlaps) {
  return "(" + sql::quoted(columns) + (without_overlaps ? " WITHOUT OVERLAPS)" : ")");
}

std::string include_text(const std::vector<schema::Name>& include) {
  return include.empty() ? "" : sql::text(" INCLUDE ({})", include);
}

std::string with_period(std::vector<schema::Name> columns, bool period) {
  if (!period || columns.empty()) return sql::quoted(columns);
  const schema::Name last = columns.back();
  columns.pop_back();
  return sql::quoted(columns) + (columns.empty() ? "" : ", ") + sql::text("PERIOD {}", last);
}

std::string named(const schema::Name& name) { return sql::text("CONSTRAINT {} ", name); }

Statement added(const schema::Name& name, const std::string& text, const Site& site) {
  Statement made = on_table(site.table, sql::text("ALTER TABLE {} ADD ", site.table) + text,
                            "add constraint " + name.text + " to " + shown(site.table));
  made.rollback = {sql::text("ALTER TABLE {} DROP CONSTRAINT {}", site.table, name)};
  return made;
}

Statement validation(const schema::Name& name, const Site& site) {
  Statement validated = on_table(site.table, sql::text("ALTER TABLE {} VALIDATE CONSTRAINT {}", site.table, name),
                                 "validate constraint " + name.text + " of " + shown(site.table));
  validated.lock = Lock::ShareUpdateExclusive;
  validated.stage = Stage::Validate;
  validated.alone = true;
  validated.scans = true;
  return validated;
}

void add_constraint_comment(Statements& statements, const schema::Name& name, const Site& site,
                            const std::optional<std::string>& comment) {
  if (!comment || statements.empty()) return;
  const Stage stage = statements.back().stage == Stage::Finish ? Stage::Finish : Stage::Main;
  add_comment(statements, constraint_object(site.table, name), comment);
  statements.back().stage = stage;
}

Statement removed(const schema::Name& name, const Site& site) {
  return on_table(site.table, sql::text("ALTER TABLE {} DROP CONSTRAINT {}", site.table, name),
                  "drop constraint " + name.text + " of " + shown(site.table));
}

Site at_rest(Site site) {
  site.online = false;
  return site;
}

template <class T>
Statements dropped(const T& constraint, const Site& site) {
  return undone_by({removed(constraint.name, site)}, create(constraint, at_rest(site)));
}

template <class T>
Statements constraint_renamed(const T& before, const T& after, const Site& site) {
  const auto text = [&](const schema::Name& from, const schema::Name& to) {
    return sql::text("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", site.table, from, to);
  };
  Statement statement = on_table(site.table, text(before.name, after.name),
                                 "rename constraint " + before.name.text + " to " + after.name.text);
  statement.rollback = {text(after.name, before.name)};
  statement.fields = {"name"};
  return {std::move(statement)};
}

template <class T>
void alter_constraint_comment(Statements& statements, const T& before, const T& after, const Fields& fields,
                              const Site& site) {
  alter_comment(statements, constraint_object(site.table, after.name), before.comment, after.comment, fields);
}

/// Keys that an index keeps.
schema::Index index_behind(const std::vector<schema::Name>& columns, const std::vector<schema::Name>& include,
                           const std::vector<std::string>& parameters, bool nulls_not_distinct) {
  schema::Index index;
  index.unique = true;
  for (const schema::Name& column : columns) {
    index.keys.emplace_back();
    index.keys.back().column = column;
  }
  index.include = include;
  index.storage_parameters = parameters;
  index.nulls_not_distinct = nulls_not_distinct;
  return index;
}

schema::Index index_behind(const schema::PrimaryKey& key) {
  return index_behind(key.columns, key.include, key.storage_parameters, false);
}

schema::Index index_behind(const schema::Unique& unique) {
  return index_behind(unique.columns, unique.include, unique.storage_parameters, unique.nulls_not_distinct);
}

std::string_view word(const schema::PrimaryKey&) { return "PRIMARY KEY"; }
std::string_view word(const schema::Unique&) { return "UNIQUE"; }

template <class T>
bool can_use_index(const T& key, const Site& site) {
  return site.online && !site.partitioned && !key.without_overlaps;
}

/// The index built beside the table's traffic.
template <class T>
Statement index_first(const T& key, const schema::Name& name, const Site& site) {
  schema::Index index = index_behind(key);
  index.name = name;
  return create(index, site).front();
}

/// The constraint made of the index that is there.
template <class T>
Statement from_index(const T& key, const schema::Name& index, const Site& site) {
  Statement made = added(
      key.name,
      named(key.name) + std::string(word(key)) + sql::text(" USING INDEX {}", index) + deferral_text(key.deferral),
      site);
  made.stage = Stage::Finish;
  return made;
}

template <class T>
Statements key_created(const T& key, const Site& site) {
  Statements statements;
  if (can_use_index(key, site)) {
    statements = {index_first(key, key.name, site), from_index(key, key.name, site)};
    statements.front().rollback.clear();  // the constraint's going takes its index along
  } else {
    statements = {added(key.name, constraint_text(key), site)};
    statements.front().builds_index = true;
    statements.front().scans = true;
  }
  add_constraint_comment(statements, key.name, site, key.comment);
  return statements;
}

template <class T>
Statements key_replaced(const T& before, const T& after, const Site& site) {
  Statements gone = dropped(before, site);
  if (!can_use_index(after, site)) {
    append(gone, key_created(after, site));
    return gone;
  }
  const schema::Name beside = temporary_name(after.name, "new");
  gone.front().stage = Stage::Finish;
  Statements statements{index_first(after, beside, site)};
  statements.front().rollback.clear();
  append(statements, std::move(gone));
  statements.push_back(from_index(after, beside, site));
  add_constraint_comment(statements, after.name, site, after.comment);
  return statements;
}

template <class T>
Statements index_parameters_altered(const T& before, const T& after, const Fields& fields, const Site& site) {
  Statements statements;
  if (has(fields, "storage_parameters")) {
    schema::Index had = index_behind(before);
    schema::Index has_now = index_behind(after);
    had.name = has_now.name = after.name;
    statements = alter(had, has_now, {"storage_parameters"}, site);
  }
  alter_constraint_comment(statements, before, after, fields, site);
  return statements;
}

/// A reference or check: added without looking at the rows that are there, then validated.
template <class T>
Statements condition_created(const T& constraint, bool in_two_steps, Lock lock, const Site& site) {
  const bool not_valid = in_two_steps || !constraint.validated;
  const std::string text = constraint_text(constraint) + (not_valid && constraint.enforced ? " NOT VALID" : "");
  Statements statements{added(constraint.name, text, site)};
  statements.front().lock = lock;
  statements.front().scans = !not_valid && constraint.enforced;
  add_constraint_comment(statements, constraint.name, site, constraint.comment);
  if (in_two_steps && constraint.validated && constraint.enforced) {
    statements.push_back(validation(constraint.name, site));
  }
  return statements;
}

bool only(const Fields& fields, std::initializer_list<std::string_view> allowed) {
  return std::ranges::all_of(fields, [&](const std::string& field) {
    return std::ranges::find(allowed, std::string_view(field)) != allowed.end();
  });
}

}  // namespace

std::string constraint_object(const schema::QualifiedName& table, const schema::Name& constraint) {
  return sql::text("CONSTRAINT {} ON {}", constraint, table);
}

std::string constraint_text(const schema::PrimaryKey& key) {
  return named(key.name) + "PRIMARY KEY " + key_columns(key.columns, key.without_overlaps) + include_text(key.include) +
         with_parameters(key.storage_parameters) + deferral_text(key.deferral);
}

std::string constraint_text(const schema::Unique& unique) {
  return named(unique.name) + "UNIQUE " + (unique.nulls_not_distinct ? "NULLS NOT DISTINCT " : "") +
         key_columns(unique.columns, unique.without_overlaps) + include_text(unique.include) +
         with_parameters(unique.storage_parameters) + deferral_text(unique.deferral);
}

std::string constraint_text(const schema::Check& check) {
  return named(check.name) + "CHECK " + bracketed(check.expression) + (check.no_inherit ? " NO INHERIT" : "") +
         (check.enforced ? "" : " NOT ENFORCED");
}

std::string constraint_text(const schema::ForeignKey& key) {
  std::string text = named(key.name) + "FOREIGN KEY (" + with_period(key.columns, key.period) + ")" +
                     sql::text(" REFERENCES {}", key.referred_table);
  if (!key.referred_columns.empty()) text += " (" + with_period(key.referred_columns, key.period) + ")";
  return text + (key.match_full ? " MATCH FULL" : "") + action_text("UPDATE", key.on_update) +
         action_text("DELETE", key.on_delete, key.on_delete_columns) + deferral_text(key.deferral) +
         (key.enforced ? "" : " NOT ENFORCED");
}

std::string constraint_text(const schema::Exclusion& exclusion) {
  std::vector<std::string> elements;
  for (const auto& element : exclusion.elements) {
    elements.push_back(key_text(element.key) + " WITH " + element.operator_name);
  }
  std::string text = named(exclusion.name) + sql::text("EXCLUDE USING {}", schema::Name{exclusion.method}) + " (" +
                     base::joined(elements, ", ") + ")" + include_text(exclusion.include) +
                     with_parameters(exclusion.storage_parameters);
  if (exclusion.predicate) text += " WHERE " + bracketed(*exclusion.predicate);
  return text + deferral_text(exclusion.deferral);
}

Statements create(const schema::PrimaryKey& key, const Site& site) { return key_created(key, site); }
Statements create(const schema::Unique& unique, const Site& site) { return key_created(unique, site); }

Statements create(const schema::Check& check, const Site& site) {
  return condition_created(check, site.online, Lock::AccessExclusive, site);
}

Statements create(const schema::ForeignKey& key, const Site& site) {
  const bool in_two_steps = site.online && (!site.partitioned || site.server_version >= 180000);
  return condition_created(key, in_two_steps, Lock::ShareRowExclusive, site);
}

Statements create(const schema::Exclusion& exclusion, const Site& site) {
  Statements statements{added(exclusion.name, constraint_text(exclusion), site)};
  statements.front().builds_index = true;
  statements.front().scans = true;
  add_constraint_comment(statements, exclusion.name, site, exclusion.comment);
  return statements;
}

Statements drop(const schema::PrimaryKey& key, const Site& site) { return dropped(key, site); }
Statements drop(const schema::Unique& unique, const Site& site) { return dropped(unique, site); }
Statements drop(const schema::Check& check, const Site& site) { return dropped(check, site); }
Statements drop(const schema::ForeignKey& key, const Site& site) { return dropped(key, site); }
Statements drop(const schema::Exclusion& exclusion, const Site& site) { return dropped(exclusion, site); }

Statements rename(const schema::PrimaryKey& before, const schema::PrimaryKey& after, const Site& site) {
  return constraint_renamed(before, after, site);
}
Statements rename(const schema::Unique& before, const schema::Unique& after, const Site& site) {
  return constraint_renamed(before, after, site);
}
Statements rename(const schema::Check& before, const schema::Check& after, const Site& site) {
  return constraint_renamed(before, after, site);
}
Statements rename(const schema::ForeignKey& before, const schema::ForeignKey& after, const Site& site) {
  return constraint_renamed(before, after, site);
}
Statements rename(const schema::Exclusion& before, const schema::Exclusion& after, const Site& site) {
  return constraint_renamed(before, after, site);
}

Statements alter(const schema::PrimaryKey& before, const schema::PrimaryKey& after, const Fields& fields,
                 const Site& site) {
  return index_parameters_altered(before, after, fields, site);
}

Statements alter(const schema::Unique& before, const schema::Unique& after, const Fields& fields, const Site& site) {
  return index_parameters_altered(before, after, fields, site);
}

Statements alter(const schema::Check& before, const schema::Check& after, const Fields& fields, const Site& site) {
  Statements statements;
  if (has(fields, "validated") && after.validated && only(fields, {"validated", "comment"})) {
    statements.push_back(validation(after.name, site));
    statements.back().fields = {"validated"};
  }
  alter_constraint_comment(statements, before, after, fields, site);
  return statements;
}

Statements alter(const schema::ForeignKey& before, const schema::ForeignKey& after, const Fields& fields,
                 const Site& site) {
  Statements statements;
  const auto deferring = [&](const schema::ForeignKey& key) {
    const std::string how = deferral_text(key.deferral);
    return sql::text("ALTER TABLE {} ALTER CONSTRAINT {}", site.table, key.name) +
           (how.empty() ? " NOT DEFERRABLE" : how);
  };
  const bool in_place = only(fields, {"deferral", "validated", "comment"});
  if (has(fields, "deferral") && in_place) {
    Statement statement =
        on_table(site.table, deferring(after), "change when constraint " + after.name.text + " is checked");
    statement.rollback = {deferring(before)};
    statement.fields = {"deferral"};
    statements.push_back(std::move(statement));
  }
  if (has(fields, "validated") && after.validated && in_place) {
    statements.push_back(validation(after.name, site));
    statements.back().fields = {"validated"};
  }
  alter_constraint_comment(statements, before, after, fields, site);
  return statements;
}

Statements alter(const schema::Exclusion& before, const schema::Exclusion& after, const Fields& fields,
                 const Site& site) {
  Statements statements;
  alter_constraint_comment(statements, before, after, fields, site);
  return statements;
}

Statements replace(const schema::PrimaryKey& before, const schema::PrimaryKey& after, const Site& site) {
  return key_replaced(before, after, site);
}

Statements replace(const schema::Unique& before, const schema::Unique& after, const Site& site) {
  return key_replaced(before, after, site);
}

namespace {

template <class T>
Statements exchanged(const T& before, const T& after, const Site& site) {
  Statements statements = dropped(before, site);
  append(statements, create(after, site));
  return statements;
}

}  // namespace

Statements replace(const schema::Check& before, const schema::Check& after, const Site& site) {
  return exchanged(before, after, site);
}
Statements replace(const schema::ForeignKey& before, const schema::ForeignKey& after, const Site& site) {
  return exchanged(before, after, site);
}
Statements replace(const schema::Exclusion& before, const schema::Exclusion& after, const Site& site) {
  return exchanged(before, after, site);
}

}  // namespace ddl
