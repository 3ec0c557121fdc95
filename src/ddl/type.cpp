#include "base/text.h"
#include "ddl/privilege.h"
#include "ddl/write.h"

namespace ddl {
namespace {

std::string type_object(const schema::QualifiedName& name) { return sql::text("TYPE {}", name); }

std::string domain_object(const schema::QualifiedName& name) { return sql::text("DOMAIN {}", name); }

/// Renaming and moving of what ALTER TYPE or ALTER DOMAIN names.
Statements renamed(const std::string& word, const schema::QualifiedName& before, const schema::QualifiedName& after) {
  Statements statements;
  schema::QualifiedName moved = before;
  const auto add = [&](const schema::QualifiedName& from, const schema::QualifiedName& to, const std::string& forward,
                       const std::string& back) {
    statements.push_back(changed("name", sql::text("ALTER {} {}", sql::Raw{word}, from) + forward,
                                 sql::text("ALTER {} {}", sql::Raw{word}, to) + back));
    statements.back().description = "rename " + base::lowered(word) + " " + shown(before) + " to " + shown(after);
  };
  if (before.schema != after.schema) {
    moved.schema = after.schema;
    add(before, moved, sql::text(" SET SCHEMA {}", schema::Name{after.schema}),
        sql::text(" SET SCHEMA {}", schema::Name{before.schema}));
  }
  if (before.name != after.name) {
    add(moved, after, sql::text(" RENAME TO {}", schema::Name{after.name}),
        sql::text(" RENAME TO {}", schema::Name{before.name}));
  }
  return statements;
}

Statement created(std::string sql, std::string description, std::string rollback) {
  Statement made;
  made.sql = std::move(sql);
  made.description = std::move(description);
  made.rollback.push_back(std::move(rollback));
  return made;
}

Statement dropped(std::string sql, std::string description) {
  Statement gone;
  gone.sql = std::move(sql);
  gone.description = std::move(description);
  gone.stage = Stage::Remove;
  return gone;
}

void alter_grants(Statements& statements, const std::string& object, const std::vector<schema::Grant>& before,
                  const std::vector<schema::Grant>& after, const Fields& fields) {
  if (has(fields, "grants")) append(statements, grants_changed(object, before, after));
}

std::vector<sql::Literal> literals(const std::vector<std::string>& labels) {
  std::vector<sql::Literal> result;
  for (const std::string& label : labels) result.push_back({label});
  return result;
}

/// Whether `part` is a subsequence of `whole`.
bool is_subsequence(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  std::size_t next = 0;
  for (const std::string& label : whole) {
    if (next < part.size() && part[next] == label) ++next;
  }
  return next == part.size();
}

/// ADD VALUE for each label that came, in an order in which each finds its neighbour.
Statements labels_added(const schema::EnumType& before, const schema::EnumType& after) {
  Statements statements;
  std::vector<std::string> labels = before.labels;
  for (std::size_t at = 0; at < after.labels.size(); ++at) {
    const std::string& label = after.labels[at];
    if (std::ranges::find(labels, label) != labels.end()) continue;
    std::string text = sql::text("ALTER TYPE {} ADD VALUE IF NOT EXISTS {}", after.name, sql::Literal{label});
    if (at > 0) {
      text += sql::text(" AFTER {}", sql::Literal{after.labels[at - 1]});
    } else if (!labels.empty()) {
      text += sql::text(" BEFORE {}", sql::Literal{labels.front()});
    }
    labels.insert(labels.begin() + static_cast<std::ptrdiff_t>(at), label);
    Statement added;
    added.sql = std::move(text);
    added.description = "add value " + label + " to enum " + shown(after.name);
    added.transactional = false;
    added.stage = Stage::Prepare;
    added.fields = {"labels"};
    statements.push_back(std::move(added));
  }
  return statements;
}

std::string attribute_text(const schema::CompositeType::Attribute& attribute) {
  std::string text = sql::text("{} {}", attribute.name, attribute.type);
  if (!attribute.collation.empty()) text += sql::text(" COLLATE {}", attribute.collation);
  return text;
}

std::string check_text(const schema::Check& check) {
  return sql::text("CONSTRAINT {} CHECK ", check.name) + bracketed(check.expression) +
         (check.validated ? "" : " NOT VALID");
}

}  // namespace

Statements create(const schema::EnumType& type, const Site& site) {
  Statements statements{created(sql::text("CREATE TYPE {} AS ENUM ({})", type.name, literals(type.labels)),
                                "create enum " + shown(type.name), "DROP " + type_object(type.name))};
  add_owner(statements, type_object(type.name), type.owner, site);
  add_comment(statements, type_object(type.name), type.comment);
  append(statements, grants_on(type_object(type.name), type.grants, site, "TYPES", type.name.schema));
  return statements;
}

Statements drop(const schema::EnumType& type, const Site& site) {
  return undone_by({dropped("DROP " + type_object(type.name), "drop enum " + shown(type.name))}, create(type, site));
}

Statements rename(const schema::EnumType& before, const schema::EnumType& after, const Site&) {
  return renamed("TYPE", before.name, after.name);
}

Statements alter(const schema::EnumType& before, const schema::EnumType& after, const Fields& fields, const Site&) {
  Statements statements;
  if (has(fields, "labels") && is_subsequence(before.labels, after.labels)) statements = labels_added(before, after);
  alter_owner(statements, type_object(after.name), before.owner, after.owner, fields);
  alter_comment(statements, type_object(after.name), before.comment, after.comment, fields);
  alter_grants(statements, type_object(after.name), before.grants, after.grants, fields);
  return statements;
}

Statements create(const schema::Domain& domain, const Site& site) {
  std::string text = sql::text("CREATE DOMAIN {} AS {}", domain.name, domain.type);
  if (!domain.collation.empty()) text += sql::text(" COLLATE {}", domain.collation);
  if (domain.server_default) text += " DEFAULT " + bracketed(*domain.server_default);
  if (domain.not_null) text += " NOT NULL";
  Statements late;
  for (const schema::Check& check : domain.checks) {
    if (check.validated) {
      text += " " + check_text(check);
    } else {
      late.push_back(created(sql::text("ALTER DOMAIN {} ADD ", domain.name) + check_text(check),
                             "add constraint " + check.name.text + " to domain " + shown(domain.name), ""));
      late.back().rollback.clear();
    }
  }
  Statements statements{
      created(std::move(text), "create domain " + shown(domain.name), "DROP " + domain_object(domain.name))};
  append(statements, std::move(late));
  add_owner(statements, domain_object(domain.name), domain.owner, site);
  add_comment(statements, domain_object(domain.name), domain.comment);
  append(statements, grants_on(domain_object(domain.name), domain.grants, site, "TYPES", domain.name.schema));
  return statements;
}

Statements drop(const schema::Domain& domain, const Site& site) {
  return undone_by({dropped("DROP " + domain_object(domain.name), "drop domain " + shown(domain.name))},
                   create(domain, site));
}

Statements rename(const schema::Domain& before, const schema::Domain& after, const Site&) {
  return renamed("DOMAIN", before.name, after.name);
}

namespace {

/// Constraints that went, came or became valid. A new condition is added NOT VALID first: that takes no table lock.
void alter_checks(Statements& statements, const schema::Domain& before, const schema::Domain& after) {
  const std::string domain = sql::text("ALTER DOMAIN {} ", after.name);
  const auto contains = [](const std::vector<schema::Check>& list, const schema::Check& check) {
    return std::ranges::any_of(list, [&](const auto& other) {
      return other.name == check.name && other.expression == check.expression && other.validated == check.validated;
    });
  };
  const auto add = [&](std::string forward, std::string back, const std::string& description) {
    statements.push_back(changed("checks", domain + std::move(forward), domain + std::move(back)));
    statements.back().description = description + " of domain " + shown(after.name);
  };
  for (const schema::Check& check : before.checks) {
    if (contains(after.checks, check)) continue;
    add(sql::text("DROP CONSTRAINT {}", check.name), "ADD " + check_text(check), "drop constraint " + check.name.text);
  }
  for (const schema::Check& check : after.checks) {
    if (contains(before.checks, check)) continue;
    add("ADD " + check_text(check), sql::text("DROP CONSTRAINT {}", check.name), "add constraint " + check.name.text);
    statements.back().scans = check.validated;
  }
}

}  // namespace

Statements alter(const schema::Domain& before, const schema::Domain& after, const Fields& fields, const Site&) {
  Statements statements;
  const std::string domain = sql::text("ALTER DOMAIN {}", after.name);
  const auto set_default = [&](const schema::Domain& side) {
    return domain + (side.server_default ? " SET DEFAULT " + bracketed(*side.server_default) : " DROP DEFAULT");
  };
  if (has(fields, "server_default")) {
    statements.push_back(changed("server_default", set_default(after), set_default(before)));
    statements.back().description = "change the default of domain " + shown(after.name);
  }
  if (has(fields, "not_null")) {
    const auto null = [&](bool not_null) { return domain + (not_null ? " SET NOT NULL" : " DROP NOT NULL"); };
    statements.push_back(changed("not_null", null(after.not_null), null(before.not_null)));
    statements.back().description = "change whether domain " + shown(after.name) + " takes NULL";
    statements.back().scans = after.not_null;
  }
  if (has(fields, "checks")) alter_checks(statements, before, after);
  alter_owner(statements, domain_object(after.name), before.owner, after.owner, fields);
  alter_comment(statements, domain_object(after.name), before.comment, after.comment, fields);
  alter_grants(statements, domain_object(after.name), before.grants, after.grants, fields);
  return statements;
}

Statements create(const schema::CompositeType& type, const Site& site) {
  std::vector<std::string> attributes;
  for (const auto& attribute : type.attributes) attributes.push_back(attribute_text(attribute));
  Statements statements{
      created(sql::text("CREATE TYPE {} AS ({})", type.name, sql::Raw{base::joined(attributes, ", ")}),
              "create type " + shown(type.name), "DROP " + type_object(type.name))};
  add_owner(statements, type_object(type.name), type.owner, site);
  add_comment(statements, type_object(type.name), type.comment);
  append(statements, grants_on(type_object(type.name), type.grants, site, "TYPES", type.name.schema));
  return statements;
}

Statements drop(const schema::CompositeType& type, const Site& site) {
  return undone_by({dropped("DROP " + type_object(type.name), "drop type " + shown(type.name))}, create(type, site));
}

Statements rename(const schema::CompositeType& before, const schema::CompositeType& after, const Site&) {
  return renamed("TYPE", before.name, after.name);
}

namespace {

/// Attributes that went, changed or came at the end; empty where the order asks for more.
std::string attribute_changes(const schema::CompositeType& before, const schema::CompositeType& after) {
  using Attribute = schema::CompositeType::Attribute;
  std::vector<std::string> clauses;
  std::vector<Attribute> result;
  for (const Attribute& attribute : before.attributes) {
    const auto kept = std::ranges::find(after.attributes, attribute.name, &Attribute::name);
    if (kept == after.attributes.end()) {
      clauses.push_back(sql::text("DROP ATTRIBUTE {}", attribute.name));
      continue;
    }
    result.push_back(*kept);
    if (*kept == attribute) continue;
    clauses.push_back(sql::text("ALTER ATTRIBUTE {} TYPE {}", kept->name, kept->type));
    if (!kept->collation.empty()) clauses.back() += sql::text(" COLLATE {}", kept->collation);
  }
  for (const Attribute& attribute : after.attributes) {
    if (std::ranges::find(before.attributes, attribute.name, &Attribute::name) != before.attributes.end()) continue;
    result.push_back(attribute);
    clauses.push_back("ADD ATTRIBUTE " + attribute_text(attribute));
  }
  return result == after.attributes ? base::joined(clauses, ", ") : "";
}

}  // namespace

Statements alter(const schema::CompositeType& before, const schema::CompositeType& after, const Fields& fields,
                 const Site&) {
  Statements statements;
  if (has(fields, "attributes")) {
    const std::string forward = attribute_changes(before, after);
    const std::string back = attribute_changes(after, before);
    const std::string type = sql::text("ALTER TYPE {} ", after.name);
    if (!forward.empty()) {
      statements.push_back(changed("attributes", type + forward, type + back));
      if (back.empty()) statements.back().rollback.clear();
      statements.back().description = "change the attributes of type " + shown(after.name);
    }
  }
  alter_owner(statements, type_object(after.name), before.owner, after.owner, fields);
  alter_comment(statements, type_object(after.name), before.comment, after.comment, fields);
  alter_grants(statements, type_object(after.name), before.grants, after.grants, fields);
  return statements;
}

Statements create(const schema::RangeType& type, const Site& site) {
  std::string text = sql::text("CREATE TYPE {} AS RANGE (subtype = {}", type.name, type.subtype);
  if (!type.options.empty()) text += ", " + type.options;
  Statements statements{created(text + ")", "create range type " + shown(type.name), "DROP " + type_object(type.name))};
  add_owner(statements, type_object(type.name), type.owner, site);
  add_comment(statements, type_object(type.name), type.comment);
  append(statements, grants_on(type_object(type.name), type.grants, site, "TYPES", type.name.schema));
  return statements;
}

Statements drop(const schema::RangeType& type, const Site& site) {
  return undone_by({dropped("DROP " + type_object(type.name), "drop range type " + shown(type.name))},
                   create(type, site));
}

Statements rename(const schema::RangeType& before, const schema::RangeType& after, const Site&) {
  return renamed("TYPE", before.name, after.name);
}

Statements alter(const schema::RangeType& before, const schema::RangeType& after, const Fields& fields, const Site&) {
  Statements statements;
  alter_owner(statements, type_object(after.name), before.owner, after.owner, fields);
  alter_comment(statements, type_object(after.name), before.comment, after.comment, fields);
  alter_grants(statements, type_object(after.name), before.grants, after.grants, fields);
  return statements;
}

}  // namespace ddl
