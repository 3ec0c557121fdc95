#pragma once

#include <string>
#include <vector>

#include "risk/rules.h"

/// What the files of risk share.
namespace risk {

using Reasons = std::vector<Reason>;

Reason safe(std::string_view code, std::string text);
Reason caution(std::string_view code, std::string text);
Reason danger(std::string_view code, std::string text);

/// "users", or "app.users" outside of public.
std::string shown(const schema::QualifiedName& name);
std::string shown(const schema::QualifiedName& table, const schema::Name& member);

/// "3 rows", "1 row".
std::string counted(std::int64_t count, std::string_view noun);

/// The table's size for a sentence: " (about 1200 rows, 340 kB)", or nothing.
std::string size_note(const schema::QualifiedName& table, const Context& context);

// One per file; `field` as for `reasons`.
Reasons column_reasons(const diff::Create<schema::Column>&, const Context&);
Reasons column_reasons(const diff::Drop<schema::Column>&, const Context&);
Reasons column_reasons(const diff::Alter<schema::Column>&, const std::string& field, const Context&);

Reasons policy_reasons(const diff::Create<schema::Policy>&);
Reasons policy_reasons(const diff::Drop<schema::Policy>&);
Reasons policy_reasons(const diff::Alter<schema::Policy>&, const std::string& field);
Reasons grant_reasons(const schema::Grant& given, const schema::QualifiedName& object);
/// What a new table opens: only what is danger counts.
Reasons opened_by(const schema::Table& table);

}  // namespace risk
