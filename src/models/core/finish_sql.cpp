// What PostgreSQL's own parser tells about pieces of SQL: keys of indexes, columns of checks.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "models/core/finish_internal.h"
#include "sql/parser.h"

namespace models {
namespace {

void collect_columns(const sql::Node& node, std::vector<std::string>& names) {
  if (node.kind == "ColumnRef") {
    const auto fields = sql::children(node, "fields");
    if (!fields.empty() && fields.back()->kind == "String") {
      std::string name(sql::value(*fields.back(), "sval"));
      if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
    return;
  }
  for (const sql::Node& child : node.children) collect_columns(child, names);
}

std::string last_text(const std::vector<const sql::Node*>& names) {
  return names.empty() ? std::string() : std::string(sql::value(*names.back(), "sval"));
}

/// FigureIndexColname: functions by their name, casts by what they cast or their type.
std::string figured_name(const sql::Node& node, int depth = 0) {
  if (depth > 50) return {};
  if (node.kind == "ColumnRef") return last_text(sql::children(node, "fields"));
  if (node.kind == "FuncCall") return last_text(sql::children(node, "funcname"));
  if (node.kind == "TypeCast") {
    if (const sql::Node* inner = sql::child(node, "arg")) {
      std::string name = figured_name(*inner, depth + 1);
      if (!name.empty()) return name;
    }
    const sql::Node* type = sql::child(node, "type_name");
    return type ? last_text(sql::children(*type, "names")) : std::string();
  }
  if (node.kind == "CollateClause" || node.kind == "AIndirection") {
    const sql::Node* inner = sql::child(node, "arg");
    return inner ? figured_name(*inner, depth + 1) : std::string();
  }
  if (node.kind == "CoalesceExpr") return "coalesce";
  if (node.kind == "MinMaxExpr") return sql::value(node, "op") == "IS_LEAST" ? "least" : "greatest";
  if (node.kind == "CaseExpr") {
    const sql::Node* other = sql::child(node, "defresult");
    const std::string name = other ? figured_name(*other, depth + 1) : std::string();
    return name.empty() ? "case" : name;
  }
  if (node.kind == "AArrayExpr") return "array";
  if (node.kind == "RowExpr") return "row";
  return {};
}

/// Operator classes of extensions that are the default for their type and method.
bool is_extension_default(const std::string& name, const std::string& method) {
  if (name == "vector_l2_ops" || name == "halfvec_l2_ops" || name == "bit_hamming_ops") return method == "ivfflat";
  constexpr std::array known{"citext_ops",           "gin_hstore_ops",     "gist_hstore_ops", "btree_hstore_ops",
                             "hash_hstore_ops",      "ltree_ops",          "gist_ltree_ops",  "gist__ltree_ops",
                             "gist_geometry_ops_2d", "gist_geography_ops", "vector_ops",      "gin__int_ops"};
  if (std::ranges::find(known, name) != known.end()) return name != "gin__int_ops";
  constexpr std::array scalars{"int2",   "int4",   "int8",   "float4",   "float8",  "timestamp", "timestamptz",
                               "time",   "timetz", "date",   "interval", "oid",     "cash",      "macad",
                               "macad8", "text",   "bpchar", "bytea",    "numeric", "bit",       "vbit",
                               "inet",   "cidr",   "uuid",   "enum",     "bool"};
  return std::ranges::any_of(scalars,
                             [&](const char* scalar) { return name == std::string("gist_") + scalar + "_ops"; });
}

/// Operator classes of pg_catalog that are nobody's default.
bool is_catalog_choice(const std::string& name, const std::string& method) {
  if (name.ends_with("_bloom_ops") || name.ends_with("_minmax_multi_ops")) return true;
  if (name == "inet_ops") return method == "gist";
  constexpr std::array known{"bpchar_pattern_ops", "cidr_ops",     "inet_minmax_ops",
                             "jsonb_path_ops",     "kd_point_ops", "record_image_ops",
                             "text_pattern_ops",   "varchar_ops",  "varchar_pattern_ops"};
  return std::ranges::find(known, name) != known.end();
}

bool is_catalog_default(const std::string& name) {
  constexpr std::array known{"aclitem_ops",
                             "array_ops",
                             "bit_ops",
                             "bool_ops",
                             "box_inclusion_ops",
                             "box_ops",
                             "bpchar_ops",
                             "bytea_ops",
                             "char_ops",
                             "cid_ops",
                             "circle_ops",
                             "date_ops",
                             "enum_ops",
                             "float4_ops",
                             "float8_ops",
                             "inet_inclusion_ops",
                             "inet_ops",
                             "int2_ops",
                             "int4_ops",
                             "int8_ops",
                             "interval_ops",
                             "jsonb_ops",
                             "macaddr8_ops",
                             "macaddr_ops",
                             "money_ops",
                             "multirange_ops",
                             "name_ops",
                             "numeric_ops",
                             "oid_ops",
                             "oidvector_ops",
                             "pg_lsn_ops",
                             "point_ops",
                             "poly_ops",
                             "quad_point_ops",
                             "range_inclusion_ops",
                             "range_ops",
                             "record_ops",
                             "text_ops",
                             "tid_ops",
                             "time_ops",
                             "timestamp_ops",
                             "timestamptz_ops",
                             "timetz_ops",
                             "tsquery_ops",
                             "tsvector_ops",
                             "uuid_ops",
                             "varbit_ops",
                             "xid8_ops",
                             "xid_ops"};
  if (name.ends_with("_minmax_ops")) return name != "inet_minmax_ops";
  return std::ranges::find(known, name) != known.end();
}

schema::QualifiedName operator_class(const std::vector<const sql::Node*>& names, const std::string& method) {
  if (names.empty()) return {};
  const std::string name = last_text(names);
  if (names.size() > 1) {
    const std::string space(sql::value(*names.front(), "sval"));
    return {space == "pg_catalog" ? std::string() : space, name};
  }
  if (is_catalog_choice(name, method)) return {"", name};
  if (is_catalog_default(name) || is_extension_default(name, method)) return {};
  return {"public", name};
}

/// How many tokens at the end of a key belong to its options.
class Tail {
 public:
  Tail(const std::string& sql, std::vector<sql::Token> tokens) : sql_(sql), tokens_(std::move(tokens)) {
    std::erase_if(tokens_, [](const sql::Token& token) { return token.kind == sql::TokenKind::Comment; });
  }

  std::string word() const {
    return tokens_.empty() ? std::string()
                           : sql_.substr(tokens_.back().begin, tokens_.back().end - tokens_.back().begin);
  }
  void drop() {
    if (!tokens_.empty()) tokens_.pop_back();
  }
  void drop(std::string_view expected) {
    if (base::lowered(word()) == expected) drop();
  }
  /// A name with dots.
  void drop_name() {
    drop();
    while (word() == ".") {
      drop();
      drop();
    }
  }
  /// A list in brackets.
  void drop_brackets() {
    if (word() != ")") return;
    int open = 0;
    do {
      if (word() == ")") ++open;
      if (word() == "(") --open;
      drop();
    } while (open > 0 && !tokens_.empty());
  }
  std::string rest() const { return tokens_.empty() ? std::string() : sql_.substr(0, tokens_.back().end); }

 private:
  const std::string& sql_;
  std::vector<sql::Token> tokens_;
};

}  // namespace

std::vector<std::string> column_names_in(const std::string& sql) {
  std::vector<std::string> names;
  const auto node = sql::parsed_expression(sql);
  if (node) collect_columns(*node, names);
  return names;
}

std::string key_name(const std::string& sql) {
  const auto node = sql::parsed_expression(sql);
  const std::string name = node ? figured_name(*node) : std::string();
  return name.empty() ? "expr" : name;
}

base::Result<schema::IndexKey> index_key(const std::string& sql, const std::string& method) {
  const auto statements = sql::parsed_statements("CREATE INDEX ON t USING \"" + method + "\" (" + sql + "\n)");
  if (!statements) return std::unexpected(statements.error());
  const sql::Node* statement = statements->size() == 1 ? &statements->front() : nullptr;
  const auto keys = statement ? sql::children(*statement, "index_params") : std::vector<const sql::Node*>{};
  const auto tokens = sql::scanned(sql);
  if (keys.size() != 1 || !tokens) {
    return base::failure(base::ErrorCode::ModelInvalid, "it is not one key of an index");
  }
  const sql::Node& element = *keys.front();
  schema::IndexKey key;
  Tail tail(sql, *tokens);
  const std::string_view nulls = sql::value(element, "nulls_ordering");
  const std::string_view ordering = sql::value(element, "ordering");
  if (nulls == "SORTBY_NULLS_FIRST" || nulls == "SORTBY_NULLS_LAST") {
    tail.drop();
    tail.drop();
  }
  if (ordering == "SORTBY_DESC" || ordering == "SORTBY_ASC") tail.drop();
  key.descending = ordering == "SORTBY_DESC";
  key.nulls_first = nulls == "SORTBY_NULLS_FIRST" || (key.descending && nulls != "SORTBY_NULLS_LAST");
  if (const auto options = sql::children(element, "opclassopts"); !options.empty()) {
    std::vector<std::string> parameters;
    for (const sql::Node* option : options) {
      const sql::Node* argument = sql::child(*option, "arg");
      std::string value = argument ? std::string(sql::value(*argument, "ival")) : std::string();
      if (argument && value.empty()) value = sql::value(*argument, "sval");
      parameters.push_back(std::string(sql::value(*option, "defname")) + "='" + value + "'");
    }
    key.operator_class_parameters = base::joined(parameters, ", ");
    tail.drop_brackets();
  }
  if (const auto names = sql::children(element, "opclass"); !names.empty()) {
    key.operator_class = operator_class(names, method);
    tail.drop_name();
  }
  if (const auto names = sql::children(element, "collation"); !names.empty()) {
    key.collation = {names.size() > 1 ? std::string(sql::value(*names.front(), "sval")) : "", last_text(names)};
    tail.drop_name();
    tail.drop("collate");
  }
  const std::string_view column = sql::value(element, "name");
  if (!column.empty()) {
    key.column.text = column;
  } else {
    key.expression.text = tail.rest();
  }
  return key;
}

}  // namespace models
