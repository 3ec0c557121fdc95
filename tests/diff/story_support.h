#pragma once

#include <string>
#include <vector>

#include "diff/compare.h"

/// Small databases for stories about differences.
namespace story {

schema::TypeName integer();
schema::TypeName text();
schema::Column column(const std::string& name, const schema::TypeName& type = integer());
/// In `public`, with the columns.
schema::Table table(const std::string& name, const std::vector<schema::Column>& columns = {column("id")});
schema::Index index(const std::string& name, const std::vector<std::string>& columns);
schema::Unique unique(const std::string& name, const std::vector<std::string>& columns);
schema::Check check(const std::string& name, const std::string& expression);
schema::ForeignKey foreign_key(const std::string& name, const std::string& column, const std::string& table);
schema::Policy policy(const std::string& name, schema::PolicyCommand command, const std::string& condition);
schema::EnumType enum_type(const std::string& name, const std::vector<std::string>& labels);

schema::Database catalog(const std::vector<schema::Table>& tables);
schema::Reading models(const std::vector<schema::Table>& tables);

/// A result as lines: "create index public.users ix_users_email", "alter column public.users email (type, not_null)".
std::vector<std::string> shown(const diff::Changes& changes);
std::vector<std::string> changes(const schema::Reading& desired, const schema::Database& actual,
                                 const diff::Options& options = {});
std::vector<std::string> changes(const schema::Database& desired, const schema::Database& actual,
                                 const diff::Options& options = {});

}  // namespace story
