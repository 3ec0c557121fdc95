// Expressions as SQLAlchemy's PostgreSQL compiler writes them, with literals in place of binds.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/objects.h"
#include "models/core/text_clause.h"
#include "models/core/type_values.h"
#include "models/core/values.h"
#include "sql/quote.h"

namespace models {
namespace {

constexpr int deepest = 400;
constexpr std::size_t longest = 1u << 20;

/// Functions that are written otherwise than by their name; those without brackets take none.
struct SpecialFunction {
  std::string_view name;
  std::string_view text;
  bool brackets;
};
constexpr std::array special_functions{
    SpecialFunction{"coalesce", "coalesce", true},
    SpecialFunction{"current_date", "CURRENT_DATE", false},
    SpecialFunction{"current_time", "CURRENT_TIME", false},
    SpecialFunction{"current_timestamp", "CURRENT_TIMESTAMP", false},
    SpecialFunction{"current_user", "CURRENT_USER", false},
    SpecialFunction{"localtime", "LOCALTIME", false},
    SpecialFunction{"localtimestamp", "LOCALTIMESTAMP", false},
    SpecialFunction{"random", "random", true},
    SpecialFunction{"sysdate", "sysdate", false},
    SpecialFunction{"session_user", "SESSION_USER", false},
    SpecialFunction{"user", "USER", false},
    SpecialFunction{"cube", "CUBE", true},
    SpecialFunction{"rollup", "ROLLUP", true},
    SpecialFunction{"grouping_sets", "GROUPING SETS", true},
};

bool has_only_legal_characters(std::string_view name) {
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
  });
}

std::string identifier(std::string_view name) { return sql::quoted(schema::Name{std::string(name)}); }

class Writer {
 public:
  Writer(Context& context, bool with_table) : context_(context), with_table_(with_table) {}

  std::string write(const ExpressionObject& expression);

  python::Value unknown;
  std::string refused;

 private:
  std::string written_kind(const ExpressionObject& expression);
  bool by_project(const ExpressionObject& expression, std::string& result);
  std::string operand(const ExpressionObject& of, std::size_t at) {
    return at < of.operands.size() && of.operands[at] ? write(*of.operands[at]) : std::string();
  }
  std::string inside(const ExpressionObject& expression);
  std::string joined(const ExpressionObject& list, std::string_view separator);
  std::string column(const ColumnObject& column);
  std::string text(const ExpressionObject& expression);
  std::string binding(const ExpressionObject& expression);
  std::string binary(const ExpressionObject& expression);
  std::string generic(const ExpressionObject& expression, std::string_view op, bool eager = false);
  std::string json_item(const ExpressionObject& expression);
  std::string like(const ExpressionObject& expression, std::string_view op, bool before, bool behind, bool lower);
  std::string empty_in(const ExpressionObject& expression);
  std::string regexp(const ExpressionObject& expression, std::string_view op);
  std::string unary(const ExpressionObject& expression);
  std::string cast(const ExpressionObject& expression);
  std::string case_when(const ExpressionObject& expression);
  std::string function(const ExpressionObject& expression);
  std::string over(const ExpressionObject& expression);
  std::string type(const TypePointer& type);
  std::string literal(python::Value value, const TypePointer& type) {
    return taken(written_literal(context_, value, type));
  }
  std::string text_literal(std::string_view text) { return sql::quoted(sql::Literal{std::string(text)}); }
  std::string taken(const WrittenExpression& part);
  std::string fail(std::string reason);

  Context& context_;
  bool with_table_;
  bool inside_ = false;  ///< `_in_operator_expression`
  bool cast_applied_ = false;
  int depth_ = 0;
  std::size_t size_ = 0;
};

std::string Writer::fail(std::string reason) {
  if (refused.empty()) refused = std::move(reason);
  return {};
}

std::string Writer::taken(const WrittenExpression& part) {
  if (part.unknown.is_unknown() && !unknown.is_unknown()) unknown = part.unknown;
  if (!part.refused.empty()) return fail(part.refused);
  return part.sql;
}

std::string Writer::write(const ExpressionObject& expression) {
  if (depth_ >= deepest) return fail("the expression is nested too deeply");
  if (size_ > longest) return fail("the expression is too long");
  ++depth_;
  std::string result;
  if (!by_project(expression, result)) result = written_kind(expression);
  --depth_;
  size_ += result.size();
  return result;
}

/// What `@compiles` of the project writes for an object of one of its classes.
bool Writer::by_project(const ExpressionObject& expression, std::string& result) {
  if (expression.expression_kind == ExpressionKind::Bind || !expression.value.as<python::Instance>()) return false;
  const python::Value type = context_.interpreter->type_of(expression.value);
  const python::Outcome text = compiled_by_project(context_, type, expression.value, with_table_);
  if (text.is_absent()) return false;
  const python::Value value = context_.interpreter->settled(text);
  if (const std::string* sql = text_in(value)) {
    result = *sql;
  } else {
    unknown = value.is_unknown() ? value : unknown_value(context_, "what @compiles writes is not known");
  }
  return true;
}

/// An operand of an operator.
std::string Writer::inside(const ExpressionObject& expression) {
  const bool before = std::exchange(inside_, true);
  std::string result = write(expression);
  inside_ = before;
  return result;
}

std::string Writer::joined(const ExpressionObject& list, std::string_view separator) {
  std::string result;
  for (const ExpressionObject* part : list.operands) {
    const std::string written_part = write(*part);
    if (written_part.empty()) continue;
    if (!result.empty()) result += separator;
    result += written_part;
  }
  return result;
}

std::string Writer::column(const ColumnObject& column) {
  if (column.name.is_unknown()) {
    unknown = column.name.unknown;
    return {};
  }
  std::string result = identifier(catalog_name(column.name));
  if (!with_table_ || !column.table) return result;
  result = identifier(catalog_name(column.table->name)) + "." + result;
  if (!column.table->schema.empty()) result = identifier(catalog_name(column.table->schema)) + "." + result;
  return result;
}

std::string Writer::text(const ExpressionObject& expression) {
  return filled_text(expression.text, [&](std::string_view name) -> std::optional<std::string> {
    for (std::size_t i = expression.packages.size(); i-- > 0;) {
      if (expression.packages[i] == name) return write(*expression.operands[i]);
    }
    fail("the bind :" + std::string(name) + " has no value");
    return std::nullopt;
  });
}

std::string Writer::binding(const ExpressionObject& expression) {
  if (!expression.expanding) return literal(expression.value, expression.type);
  if (expression.operands.empty()) return "(NULL)";
  return "(" + joined(expression, ", ") + ")";
}

std::string Writer::type(const TypePointer& type) {
  if (!type->unknown.empty()) {
    unknown = unknown_value(context_, type->unknown);
    return {};
  }
  std::string result = written(*type);
  return result.empty() ? fail("PostgreSQL has no type like " + std::string(type->of ? type->of->name : "this"))
                        : result;
}

std::string Writer::generic(const ExpressionObject& expression, std::string_view op, bool eager) {
  const bool nested = inside_;
  const std::string left = inside(*expression.operands[0]);
  const std::string right = inside(*expression.operands[1]);
  std::string result = left + std::string(op) + right;
  return nested && eager ? "(" + result + ")" : result;
}

std::string Writer::json_item(const ExpressionObject& expression) {
  const bool path = expression.op.which == Operator::JsonPathGetItem;
  const bool applied = std::exchange(cast_applied_, false);
  if (!applied && affinity(expression.type) != Affinity::Json) {
    const std::string target = type(expression.type);
    cast_applied_ = true;
    const bool nested = std::exchange(inside_, false);
    const std::string item = json_item(expression);
    inside_ = nested;
    return "CAST(" + item + " AS " + target + ")";
  }
  const ExpressionObject& left = *expression.operands[0];
  const bool subscripts = context_.sqlalchemy >= discovery::Version{2, 0, 42};
  if (!path && !applied && subscripts && is_type(type_of(context_, left), "postgresql.JSONB")) {
    const bool brackets =
        left.expression_kind == ExpressionKind::Function || left.expression_kind == ExpressionKind::Cast;
    const std::string object = brackets ? "(" + write(left) + ")" : write(left);
    return object + "[" + operand(expression, 1) + "]";
  }
  if (path) return generic(expression, applied ? " #>> " : " #> ", true);
  return generic(expression, applied ? " ->> " : " -> ", true);
}

/// `before`, `behind`: a percent sign stands there; `lower`: both sides by lower(), as icontains does.
std::string Writer::like(const ExpressionObject& expression, std::string_view op, bool before, bool behind,
                         bool lower) {
  const bool joins = before || behind;
  std::string left = write(*expression.operands[0]);
  const ExpressionObject& pattern = *expression.operands[1];
  std::string right =
      joins ? inside(*grouped(context_, const_cast<ExpressionObject*>(&pattern), Operator::Concat)) : write(pattern);
  if (lower) {
    left = "lower(" + left + ")";
    right = "lower(" + right + ")";
  }
  if (before) right = "'%' || " + right;
  if (behind) right += " || '%'";
  std::string result = left + std::string(op) + right;
  if (expression.has_escape) result += " ESCAPE " + text_literal(expression.escape);
  return result;
}

std::string Writer::empty_in(const ExpressionObject& expression) {
  const std::string left = inside(*expression.operands[0]);
  if (expression.op.which == Operator::In) return left + " IN (NULL) AND (1 != 1)";
  return "(" + left + " NOT IN (NULL) OR (1 = 1))";
}

std::string Writer::regexp(const ExpressionObject& expression, std::string_view op) {
  if (!expression.has_flags) return generic(expression, " " + std::string(op) + " ");
  if (expression.flags == "i") return generic(expression, " " + std::string(op) + "* ");
  return operand(expression, 0) + " " + std::string(op) + " CONCAT('(?', " + text_literal(expression.flags) +
         ", ')', " + operand(expression, 1) + ")";
}

std::string Writer::binary(const ExpressionObject& expression) {
  switch (expression.op.which) {
    case Operator::JsonGetItem:
    case Operator::JsonPathGetItem:
      return json_item(expression);
    case Operator::GetItem:
      return operand(expression, 0) + "[" + operand(expression, 1) + "]";
    case Operator::Custom:
      return generic(expression, " " + expression.text + " ", expression.op.eager_grouping);
    case Operator::TrueDivide: {
      const std::string left = operand(expression, 0);
      const std::string right = operand(expression, 1);
      if (context_.sqlalchemy < discovery::Version{2, 0, 0}) return left + " / " + right;
      const TypePointer divisor = type_of(context_, *expression.operands[1]);
      const bool numeric = affinity(divisor) == Affinity::Numeric;
      return left + " / CAST(" + right + " AS " + type(numeric ? divisor : plain_type("Numeric")) + ")";
    }
    case Operator::FloorDivide: {
      const std::string division = operand(expression, 0) + " / " + operand(expression, 1);
      const bool integers = affinity(type_of(context_, *expression.operands[0])) == Affinity::Integer &&
                            affinity(type_of(context_, *expression.operands[1])) == Affinity::Integer;
      return integers ? division : "FLOOR(" + division + ")";
    }
    case Operator::In:
    case Operator::NotIn: {
      const ExpressionObject& list = *expression.operands[1];
      if (list.expanding && list.operands.empty()) return empty_in(expression);
      if (expression.op.which == Operator::In) return generic(expression, " IN ");
      return "(" + generic(expression, " NOT IN ") + ")";
    }
    case Operator::Like:
      return like(expression, " LIKE ", false, false, false);
    case Operator::NotLike:
      return like(expression, " NOT LIKE ", false, false, false);
    case Operator::ILike:
      return like(expression, " ILIKE ", false, false, false);
    case Operator::NotILike:
      return like(expression, " NOT ILIKE ", false, false, false);
    case Operator::StartsWith:
      return like(expression, " LIKE ", false, true, false);
    case Operator::NotStartsWith:
      return like(expression, " NOT LIKE ", false, true, false);
    case Operator::EndsWith:
      return like(expression, " LIKE ", true, false, false);
    case Operator::NotEndsWith:
      return like(expression, " NOT LIKE ", true, false, false);
    case Operator::Contains:
      return like(expression, " LIKE ", true, true, false);
    case Operator::NotContains:
      return like(expression, " NOT LIKE ", true, true, false);
    // PostgreSQL's ILIKE needs no lower(): its compiler leaves that out.
    case Operator::IStartsWith:
      return like(expression, " ILIKE ", false, true, false);
    case Operator::NotIStartsWith:
      return like(expression, " NOT ILIKE ", false, true, false);
    case Operator::IEndsWith:
      return like(expression, " ILIKE ", true, false, false);
    case Operator::NotIEndsWith:
      return like(expression, " NOT ILIKE ", true, false, false);
    case Operator::IContains:
      return like(expression, " ILIKE ", true, true, false);
    case Operator::NotIContains:
      return like(expression, " NOT ILIKE ", true, true, false);
    case Operator::Between:
      return generic(expression, expression.symmetric ? " BETWEEN SYMMETRIC " : " BETWEEN ");
    case Operator::NotBetween:
      return generic(expression, expression.symmetric ? " NOT BETWEEN SYMMETRIC " : " NOT BETWEEN ");
    case Operator::Match:
    case Operator::NotMatch: {
      const std::string configuration = expression.has_flags ? text_literal(expression.flags) + ", " : "";
      const std::string match =
          operand(expression, 0) + " @@ plainto_tsquery(" + configuration + operand(expression, 1) + ")";
      return expression.op.which == Operator::Match ? match : "NOT " + match;
    }
    case Operator::RegexpMatch:
      return regexp(expression, "~");
    case Operator::NotRegexpMatch:
      return regexp(expression, "!~");
    case Operator::RegexpReplace: {
      const std::string arguments = operand(expression, 0) + ", " + operand(expression, 1);
      return "REGEXP_REPLACE(" + arguments + (expression.has_flags ? ", " + text_literal(expression.flags) : "") + ")";
    }
    default:
      return generic(expression, facts(expression.op.which).text);
  }
}

std::string Writer::unary(const ExpressionObject& expression) {
  return std::string(facts(expression.op.which).text) + operand(expression, 0);
}

std::string Writer::cast(const ExpressionObject& expression) {
  const std::string inner = operand(expression, 0);
  const std::string target = type(expression.type);
  const auto collation = target.find(" COLLATE ");
  const std::string name = target.substr(0, collation);
  return "CAST(" + inner + " AS " + name + ")" +
         (collation == std::string::npos ? std::string() : target.substr(collation));
}

std::string Writer::case_when(const ExpressionObject& expression) {
  std::string result = "CASE ";
  if (expression.operands[0]) result += operand(expression, 0) + " ";
  for (std::size_t i = 2; i + 1 < expression.operands.size(); i += 2) {
    result += "WHEN " + operand(expression, i) + " THEN " + operand(expression, i + 1) + " ";
  }
  if (expression.operands[1]) result += "ELSE " + operand(expression, 1) + " ";
  return result + "END";
}

std::string Writer::function(const ExpressionObject& expression) {
  const bool nested = std::exchange(inside_, false);
  const std::string arguments = joined(expression, ", ");
  inside_ = nested;
  const std::string lower = base::lowered(expression.text);
  if (lower == "substring" && expression.operands.size() > 1) {
    const std::string range = operand(expression, 0) + " FROM " + operand(expression, 1);
    return "SUBSTRING(" + range + (expression.operands.size() > 2 ? " FOR " + operand(expression, 2) : "") + ")";
  }
  if (lower == "aggregate_strings") return "string_agg(" + arguments + ")";
  if (expression.registered) {
    const auto special = std::ranges::find(special_functions, lower, &SpecialFunction::name);
    if (special != special_functions.end()) {
      const bool brackets = special->brackets || !expression.operands.empty();
      return std::string(special->text) + (brackets ? "(" + arguments + ")" : "");
    }
  }
  std::string result;
  for (const std::string& package : expression.packages) {
    result += (has_only_legal_characters(package) ? package : identifier(package)) + ".";
  }
  const bool quote = expression.quoted || !has_only_legal_characters(expression.text);
  return result + (quote ? identifier(expression.text) : expression.text) + "(" + arguments + ")";
}

std::string Writer::over(const ExpressionObject& expression) {
  std::string window;
  if (expression.operands[1]) window = "PARTITION BY " + operand(expression, 1);
  if (expression.operands[2]) window += (window.empty() ? "" : " ") + ("ORDER BY " + operand(expression, 2));
  return operand(expression, 0) + " OVER (" + window + ")";
}

std::string Writer::written_kind(const ExpressionObject& expression) {
  switch (expression.expression_kind) {
    case ExpressionKind::Column:
      return column(static_cast<const ColumnObject&>(expression));
    case ExpressionKind::Name: {
      if (expression.literal) return expression.text;
      const std::string name = identifier(expression.text);
      return with_table_ && !expression.alias.empty() ? identifier(expression.alias) + "." + name : name;
    }
    case ExpressionKind::Text:
      return text(expression);
    case ExpressionKind::Bind:
      return binding(expression);
    case ExpressionKind::Null:
      return "NULL";
    case ExpressionKind::True:
      return "true";
    case ExpressionKind::False:
      return "false";
    case ExpressionKind::Binary:
      return binary(expression);
    case ExpressionKind::Unary:
      return unary(expression);
    case ExpressionKind::Modifier:
      return operand(expression, 0) + std::string(facts(expression.op.which).text);
    case ExpressionKind::List: {
      const bool before = std::exchange(inside_, true);
      std::string list = joined(expression, facts(expression.op.which).text);
      inside_ = before;
      return list;
    }
    case ExpressionKind::Clauses:
      return joined(expression, ", ");
    case ExpressionKind::Tuple:
      return "(" + joined(expression, ", ") + ")";
    case ExpressionKind::Case:
      return case_when(expression);
    case ExpressionKind::Cast:
      return cast(expression);
    case ExpressionKind::Coerce: {
      const ExpressionObject& inner = *expression.operands[0];
      if (inner.expression_kind == ExpressionKind::Bind) return literal(inner.value, expression.type);
      return write(inner);
    }
    case ExpressionKind::Extract:
      return "EXTRACT(" + expression.text + " FROM " + operand(expression, 0) + ")";
    case ExpressionKind::Function:
      return function(expression);
    case ExpressionKind::Over:
      return over(expression);
    case ExpressionKind::WithinGroup:
      return operand(expression, 0) + " WITHIN GROUP (ORDER BY " + operand(expression, 1) + ")";
    case ExpressionKind::Filter:
      return operand(expression, 0) + " FILTER (WHERE " + operand(expression, 1) + ")";
    case ExpressionKind::Label:
      return operand(expression, 0);
    case ExpressionKind::Grouping: {
      const bool before = std::exchange(inside_, false);
      std::string inner = "(" + operand(expression, 0) + ")";
      inside_ = before;
      return inner;
    }
    case ExpressionKind::AsBoolean:
      return (expression.op.which == Operator::IsFalse ? "NOT " : "") + operand(expression, 0);
    case ExpressionKind::Collation:
      return identifier(expression.text);
    case ExpressionKind::Array: {
      if (expression.operands.empty() && expression.type && affinity(expression.type) == Affinity::Array &&
          !is_null_type(implementation(*expression.type).item)) {
        return "ARRAY[]::" + type(expression.type);
      }
      return "ARRAY[" + joined(expression, ", ") + "]";
    }
    case ExpressionKind::Slice:
      return operand(expression, 0) + ":" + operand(expression, 1);
    case ExpressionKind::NextValue: {
      const GivenName& sequence = expression.sequence->name;
      const GivenName& schema = expression.sequence->schema;
      std::string name = identifier(catalog_name(sequence));
      if (!schema.empty()) name = identifier(catalog_name(schema)) + "." + name;
      return "nextval(" + text_literal(name) + ")";
    }
    case ExpressionKind::OrderedArgument:
      return operand(expression, 0) + " ORDER BY " + operand(expression, 1);
    case ExpressionKind::Select:
      return fail("a query cannot stand in a definition");
    case ExpressionKind::Star:
      return "*";
    case ExpressionKind::Compiled:
      return fail("nothing says how " + context_.interpreter->type_name(expression.value) + " is written");
    case ExpressionKind::Unknown:
      unknown = expression.value;
      return {};
  }
  return {};
}

}  // namespace

WrittenExpression written(Context& context, const ExpressionObject& expression, bool with_table) {
  Writer writer(context, with_table);
  WrittenExpression result;
  result.sql = writer.write(expression);
  result.unknown = writer.unknown;
  result.refused = writer.refused;
  if (!result.known()) result.sql.clear();
  return result;
}

}  // namespace models
