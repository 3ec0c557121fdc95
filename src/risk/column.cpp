#include <algorithm>

#include "risk/reason.h"

namespace risk {
namespace {

bool is_new(const schema::QualifiedName& table, const Context& context) {
  return context.new_tables.contains(table) || !context.has_rows(table);
}

/// "numbers 3 values that …" from the answer to a probe about the values of a column.
Reasons narrowing_reasons(const diff::Alter<schema::Column>& change, const Context& context) {
  const std::string column = shown(change.table, change.after.name);
  const schema::Answer* answer = context.answer(probe_key("roundtrip", change.table, change.after.name.text));
  if (answer == nullptr || (!answer->count && answer->sqlstate.empty())) {
    return {danger("TYPE_NARROWED", column + " gets a narrower type: values may not fit or lose digits")};
  }
  if (!answer->sqlstate.empty()) {
    return {danger("TYPE_NARROWED", "a value of " + column + " does not fit: " + answer->error)};
  }
  if (*answer->count > 0) {
    return {
        danger("TYPE_NARROWED", counted(*answer->count, "value") + " of " + column + " would not fit or lose digits")};
  }
  return {caution("TYPE_NARROWED", column + " gets a narrower type; all values that are there fit")};
}

Reasons type_reasons(const diff::Alter<schema::Column>& change, const Context& context) {
  if (is_new(change.table, context)) return {};
  const std::string column = shown(change.table, change.after.name);
  const schema::Conversion conversion = context.conversion(change.before, change.after);
  const bool converted = context.converted.contains({change.table, change.after.name});
  Reasons reasons;
  if (converted || conversion.rewrite == schema::Rewrite::Table) {
    reasons.push_back(rewrite_reason(change.table, context));
  } else if (conversion.rewrite == schema::Rewrite::Indexes) {
    reasons.push_back(caution("INDEX_REBUILD", "the indexes on " + column + " are built anew while nobody reads"));
  }
  if (converted) {
    reasons.push_back(caution("CONVERSION_CAN_FAIL", "the conversion of " + column + " that was given can fail"));
    return reasons;
  }
  if (conversion.zoned) {
    reasons.push_back(caution("TIME_ZONE", "the values of " + column + " are read in the session's time zone"));
  }
  if (conversion.can_fail || conversion.cast == schema::Cast::None) {
    reasons.push_back(caution("CONVERSION_CAN_FAIL", "a value of " + column + " that is not of the new type fails"));
  }
  if (conversion.narrows) {
    for (Reason& reason : narrowing_reasons(change, context)) reasons.push_back(std::move(reason));
  }
  return reasons;
}

Reasons null_reasons(const diff::Alter<schema::Column>& change, const Context& context) {
  if (!change.after.not_null || is_new(change.table, context)) return {};
  const std::string column = shown(change.table, change.after.name);
  const auto nulls = context.offending(probe_key("nulls", change.table, change.after.name.text));
  if (nulls && context.backfilled.contains({change.table, change.after.name})) {
    return {caution("BACKFILL", counted(*nulls, "row") + " without " + column + " are filled")};
  }
  if (nulls) return {caution("NOT_NULL_CAN_FAIL", column + " is null in " + counted(*nulls, "row"))};
  return {caution("NOT_NULL_CAN_FAIL", "a null in " + column + ", now or coming in meanwhile, makes it fail")};
}

Reasons default_reasons(const diff::Alter<schema::Column>& change) {
  const std::string column = shown(change.table, change.after.name);
  const bool had = change.before.server_default || change.before.serial;
  const bool has = change.after.server_default || change.after.serial;
  if (!had && has) return {};
  if (change.before.serial && change.after.serial) return {};
  if (has) return {caution("DEFAULT_CHANGED", "new rows get another " + column + " than before")};
  return {caution("DEFAULT_CHANGED", "new rows no longer get a " + column + " by default")};
}

Reasons generated_reasons(const diff::Alter<schema::Column>& change, const Context& context) {
  const std::string column = shown(change.table, change.after.name);
  if (change.before.generated && change.after.generated) {
    if (is_new(change.table, context)) return {};
    return {rewrite_reason(change.table, context),
            caution("GENERATED_CHANGED", column + " is computed anew in all rows")};
  }
  if (change.before.generated) {
    return {caution("GENERATED_CHANGED", column + " keeps its values but is no longer computed")};
  }
  if (is_new(change.table, context)) return {};
  return {danger("DATA_LOSS", "the values of " + column + " are replaced by computed ones")};
}

Reasons identity_reasons(const diff::Alter<schema::Column>& change, const Context& context) {
  const std::string column = shown(change.table, change.after.name);
  if (!change.before.identity && change.after.identity && change.after.identity->always) {
    return {caution("IDENTITY_CHANGED", "an explicit value for " + column + " is refused from now on")};
  }
  if (is_new(change.table, context)) return {};
  return {caution("IDENTITY_CHANGED", "how " + column + " counts changes")};
}

}  // namespace

Reasons column_reasons(const diff::Create<schema::Column>& change, const Context& context) {
  const schema::Column& column = change.after;
  if (is_new(change.table, context)) return {};
  const schema::ColumnName name{change.table, column.name};
  const std::string shown_name = shown(change.table, column.name);
  if (context.backfilled.contains(name)) {
    return {
        caution("BACKFILL", "every row of " + shown(change.table) + " is updated" + size_note(change.table, context))};
  }
  if (column.serial || column.identity || (column.generated && column.generated->stored)) {
    return {rewrite_reason(change.table, context)};
  }
  if (column.not_null && !column.server_default && !column.generated) {
    return {caution("NOT_NULL_WITHOUT_DEFAULT", "the rows that are there have no value for " + shown_name +
                                                    "; a default on the Python side does not help them")};
  }
  return {};
}

Reasons column_reasons(const diff::Drop<schema::Column>& change, const Context& context) {
  if (change.before.generated) {
    return {caution("OBJECT_DROPPED", "the computed column " + shown(change.table, change.before.name) + " goes")};
  }
  return {danger("DATA_LOSS", "the values of " + shown(change.table, change.before.name) + " are lost" +
                                  size_note(change.table, context))};
}

Reasons column_reasons(const diff::Alter<schema::Column>& change, const std::string& field, const Context& context) {
  if (field == "type") return type_reasons(change, context);
  if (field == "collation") {
    if (is_new(change.table, context)) return {};
    return {caution("INDEX_REBUILD", "the indexes on " + shown(change.table, change.after.name) +
                                         " are built anew, and sorting changes")};
  }
  if (field == "not_null") return null_reasons(change, context);
  if (field == "server_default") return default_reasons(change);
  if (field == "serial") {
    return change.before.identity || change.after.identity ? identity_reasons(change, context)
                                                           : default_reasons(change);
  }
  if (field == "generated") return generated_reasons(change, context);
  if (field == "identity") return identity_reasons(change, context);
  return {};
}

}  // namespace risk
