#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "risk/risk.h"
#include "schema/conversion.h"

namespace risk {

/// One kind of reason. The list is the public catalogue of codes.
struct Rule {
  std::string_view code;
  std::string_view title;
};

std::span<const Rule> rules();

/// What the rules look at beside the change itself. All names are those after the renames.
struct Context {
  const schema::Facts& facts;
  std::set<schema::QualifiedName> new_tables;
  std::set<schema::ColumnName> new_columns;  ///< of tables that are there
  std::set<schema::ColumnName> new_nulls;    ///< those of them that are NULL in every row
  std::set<schema::ColumnName> converted;    ///< the user says how (`--using`)
  std::set<schema::ColumnName> backfilled;   ///< the user gives values (`--backfill`)
  std::set<schema::QualifiedName> enums;     ///< types that are enums, on either side
  bool online = true;

  bool has_rows(const schema::QualifiedName& table) const;
  const schema::Answer* answer(const std::string& key) const;
  /// A positive count of the probe's answer.
  std::optional<std::int64_t> offending(const std::string& key) const;
  schema::Conversion conversion(const schema::Column& before, const schema::Column& after) const;
};

/// Why the change may hurt. `field` is one of an Alter's fields, empty for all others.
std::vector<Reason> reasons(const diff::Change& change, const std::string& field, const Context& context);

/// What the flags of a table open or close.
std::vector<Reason> security_reasons(const schema::QualifiedName& table, const schema::RowSecurity& before,
                                     const schema::RowSecurity& after);

/// The key of a probe: kind, table, name within it.
std::string probe_key(std::string_view kind, const schema::QualifiedName& table, std::string_view name);

/// A default that gives each row another value fills a column that is added; told by the caller, who knows SQL.
Reason rewrite_reason(const schema::QualifiedName& table, const Context& context);

}  // namespace risk
