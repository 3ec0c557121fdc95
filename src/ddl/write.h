#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ddl/ddl.h"
#include "sql/statement.h"

/// What the files of ddl share.
namespace ddl {

inline bool has(const Fields& fields, std::string_view name) { return std::ranges::find(fields, name) != fields.end(); }

/// A statement of a change, with the statement that takes it back.
Statement changed(std::string_view field, std::string sql, std::string rollback);

/// The same on a table, under its strongest lock.
Statement on_table(const schema::QualifiedName& table, std::string sql, std::string description);

/// COMMENT ON `what` IS …; `what` is complete: "TABLE users".
std::string comment_on(const std::string& what, const std::optional<std::string>& comment);

/// Adds the statement for a comment where there is one.
void add_comment(Statements& statements, const std::string& what, const std::optional<std::string>& comment);

/// The statement for a comment that changed, if the fields say so.
void alter_comment(Statements& statements, const std::string& what, const std::optional<std::string>& before,
                   const std::optional<std::string>& after, const Fields& fields);

/// Adds the statement that gives a new object to its owner, where that is not the usual one.
void add_owner(Statements& statements, const std::string& what, const schema::Name& owner, const Site& site);

/// The statement for an owner that changed, if the fields say so.
void alter_owner(Statements& statements, const std::string& what, const schema::Name& before, const schema::Name& after,
                 const Fields& fields);

/// " WITH (a=1, b=2)", or nothing.
std::string with_parameters(const std::vector<std::string>& parameters);

/// "name": the keys of "key=value" items.
std::string parameter_name(const std::string& parameter);

/// SET and RESET of the parameters that differ, as clauses of ALTER: "SET (a=2)", "RESET (b)".
std::vector<std::string> parameter_changes(const std::vector<std::string>& before,
                                           const std::vector<std::string>& after);

/// The expression in brackets.
std::string bracketed(const schema::Expression& expression);

/// A name for descriptions: "users.phone", without the schema where it is public.
std::string shown(const schema::QualifiedName& name);
std::string shown(const schema::QualifiedName& table, const schema::Name& member);

/// The name that PostgreSQL makes of parts ("users", "id", "seq"), cut to 63 bytes as makeObjectName() does.
schema::Name made_name(std::string_view first, std::string_view second, std::string_view label);

}  // namespace ddl
