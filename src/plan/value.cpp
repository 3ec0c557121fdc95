#include "plan/value.h"

#include "base/text.h"
#include "ddl/constraint.h"
#include "ddl/index.h"
#include "ddl/sequence.h"
#include "ddl/write.h"

namespace plan {
namespace {

/// The text without "CONSTRAINT name ".
template <class T>
Shown definition(const T& constraint) {
  return ddl::constraint_text(constraint).substr(sql::text("CONSTRAINT {} ", constraint.name).size());
}

Shown after_as(const std::string& text, const std::string& word) {
  const std::size_t at = text.find(word);
  return at == std::string::npos ? text : text.substr(at + word.size());
}

std::string identity_text(const schema::Identity& identity) {
  return (identity.always ? "ALWAYS AS IDENTITY" : "BY DEFAULT AS IDENTITY") +
         ddl::sequence_options(identity.options, false);
}

}  // namespace

Shown shown_value(const schema::Column& column) {
  if (column.serial) {
    return column.type.name == "bigint" ? "BIGSERIAL" : column.type.name == "smallint" ? "SMALLSERIAL" : "SERIAL";
  }
  return sql::quoted(column.type);
}
Shown shown_value(const schema::PrimaryKey& key) { return definition(key); }
Shown shown_value(const schema::Unique& unique) { return definition(unique); }
Shown shown_value(const schema::Check& check) { return definition(check); }
Shown shown_value(const schema::ForeignKey& key) { return definition(key); }
Shown shown_value(const schema::Exclusion& exclusion) { return definition(exclusion); }

Shown shown_value(const schema::Index& index) {
  schema::Index plain = index;
  plain.on_only = false;
  const std::string text = ddl::create_index_text(plain, index.name, {{}, "t"}, false);
  return (index.unique ? "UNIQUE " : "") + after_as(text, " ON t ").value_or("");
}

Shown shown_value(const schema::EnumType& type) { return base::joined(type.labels, ", "); }
Shown shown_value(const schema::Domain& domain) { return sql::quoted(domain.type); }

Shown shown_value(const schema::Sequence& sequence) {
  const std::string text = ddl::sequence_options(sequence.options, true);
  return text.empty() ? Shown{} : text.substr(1);
}

Shown shown_value(const schema::View& view) { return view.definition; }
Shown shown_value(const schema::Routine& routine) { return routine.definition; }
Shown shown_value(const schema::Trigger& trigger) { return trigger.definition; }

Shown shown_value(const schema::Policy& policy) {
  ddl::Site site;
  site.table = {{}, "t"};
  const std::string text = ddl::create(policy, site).front().sql;
  const std::size_t at = text.find(" ON t");
  const std::string rest = at == std::string::npos ? text : text.substr(at + 5);
  return rest.empty() ? "FOR ALL" : rest.substr(1);
}

Shown shown_value(const schema::Grant& grant) {
  std::string text = base::joined(grant.privileges.empty() ? grant.grantable : grant.privileges, ", ");
  if (!grant.column.empty()) text += " (" + grant.column.text + ")";
  return text;
}

Shown shown_value(const schema::Role& role) {
  const std::string text = ddl::create(role, {}).front().sql;
  const std::string head = sql::text("CREATE ROLE {} ", role.name);
  return text.size() > head.size() ? text.substr(head.size()) : Shown{};
}

Shown column_value(const schema::Column& column, const std::string& difference_type) {
  if (difference_type == "column_nullable_changed") return column.not_null ? "NOT NULL" : "NULL";
  if (difference_type == "column_default_changed") {
    if (column.serial) return "SERIAL";
    return column.server_default ? Shown{column.server_default->text} : Shown{};
  }
  if (difference_type == "column_identity_changed") {
    if (column.serial) return "SERIAL";
    return column.identity ? Shown{identity_text(*column.identity)} : Shown{};
  }
  if (difference_type == "column_generated_changed") {
    return column.generated ? Shown{column.generated->expression.text} : Shown{};
  }
  if (difference_type == "column_comment_changed") return column.comment;
  if (difference_type == "column_collation_changed") {
    return column.collation.empty() ? Shown{} : Shown{schema::text(column.collation)};
  }
  if (difference_type == "column_storage_changed") return column.storage.empty() ? Shown{} : Shown{column.storage};
  if (difference_type == "column_compression_changed") {
    return column.compression.empty() ? Shown{} : Shown{column.compression};
  }
  if (difference_type == "column_statistics_changed") {
    return column.statistics ? Shown{std::to_string(*column.statistics)} : Shown{};
  }
  if (difference_type == "column_options_changed") {
    return column.options.empty() ? Shown{} : Shown{base::joined(column.options, ", ")};
  }
  return shown_value(column);
}

}  // namespace plan
