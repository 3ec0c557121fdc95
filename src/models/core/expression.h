#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/core/operators.h"
#include "models/core/type.h"
#include "python/evaluation/host_object.h"
#include "python/evaluation/location.h"
#include "python/evaluation/value.h"

/// SQL expressions as trees, built by SQLAlchemy's rules (which operator a type chooses, where parentheses stand, what
/// NOT turns into) and written as its PostgreSQL compiler writes them.
namespace models {

class ColumnObject;
struct Context;
class SequenceObject;

enum class ExpressionKind {
  Column,  ///< of a Table: a ColumnObject
  Name,    ///< column("x"), literal_column("…")
  Text,    ///< text("…")
  Bind,    ///< a Python value
  Null,
  True,
  False,
  Binary,
  Unary,     ///< an operator before its operand
  Modifier,  ///< an operator behind it: DESC
  List,      ///< operands joined by one operator
  Clauses,   ///< separated by commas, no brackets
  Tuple,
  Case,    ///< operands: value or null, else or null, then conditions and results in turn
  Cast,    ///< `type` is the target
  Coerce,  ///< type_coerce
  Extract,
  Function,  ///< `text` is the name, `packages` what stands before it
  Over,      ///< operands: function, partition_by or null, order_by or null
  WithinGroup,
  Filter,
  Label,
  Grouping,   ///< parentheses
  AsBoolean,  ///< IS TRUE / IS FALSE of a boolean operand
  Collation,  ///< the right side of COLLATE
  Array,      ///< ARRAY[…]
  Slice,
  NextValue,        ///< nextval of `sequence`
  OrderedArgument,  ///< aggregate_order_by
  Select,           ///< `text` is the statement's FROM and WHERE already written
  Compiled,         ///< an object of a class of the project: what `@compiles` writes
  Star,
  Unknown,  ///< cannot be read: `unknown`
};

class ExpressionObject : public python::HostObject {
 public:
  explicit ExpressionObject(ExpressionKind which) : expression_kind(which) {}

  const ExpressionKind expression_kind;
  OperatorUse op;
  Operator negation = Operator::None;
  TypePointer type;                         ///< ask `type_of`: a Column's is its own matter
  std::vector<ExpressionObject*> operands;  ///< may hold null where the kind says so
  std::string text;                         ///< of names, texts, functions, labels, collations, custom operators
  std::vector<std::string> packages;
  std::string key;     ///< of labels and named columns: what postgresql_ops refers to
  std::string escape;  ///< ESCAPE of LIKE
  std::string flags;   ///< of regular expressions; the configuration of `match`
  std::string alias;   ///< of a table: the name written in front of `column("x", _selectable=…)`
  bool has_escape = false;
  bool has_flags = false;
  bool symmetric = false;  ///< BETWEEN SYMMETRIC
  bool literal = false;    ///< literal_column: written as it is
  bool grouped = true;     ///< takes parentheses when it must (`group`)
  bool implicit_boolean = false;
  bool expanding = false;     ///< the list of IN
  bool collection = false;    ///< ANY and ALL
  bool quoted = false;        ///< a quoted_name: written in quotes where it needs them
  bool registered = false;    ///< a function that SQLAlchemy knows by itself or a GenericFunction
  bool has_arguments = true;  ///< of functions: written with brackets
  python::Value value;        ///< of Bind; the instance of Compiled; the reason of Unknown
  const SequenceObject* sequence = nullptr;
  python::Location location;

  std::string_view type_name() const override;
  bool is_instance_of(std::string_view qualified_name) const override;
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
  python::Outcome subscript(python::Interpreter&, python::Value index) override;
  python::Outcome call(python::Interpreter&, python::Arguments&) override;
  python::Outcome binary(python::Interpreter&, python::Binary, python::Value other, bool reflected) override;
  python::Outcome unary(python::Interpreter&, python::Unary) override;
  python::Outcome compare(python::Interpreter&, python::Comparison, python::Value other) override;
  python::Outcome iterate(python::Interpreter&) override;
  python::Outcome truth(python::Interpreter&) override;
  python::Outcome str(python::Interpreter&) override;
};

// Building. Nothing here fails: what cannot be read becomes an Unknown expression that says why.

/// A Python value as an expression where SQLAlchemy expects one: an expression, a column or attribute, else a bind
/// that takes its type from the expression it stands beside.
ExpressionObject* coerced(Context&, python::Value, ExpressionObject* beside = nullptr, OperatorUse op = {});
/// The expression that a value is (through `__clause_element__` and subclasses), or null.
ExpressionObject* as_expression(Context&, python::Value);
ExpressionObject* text_expression(Context&, std::string text);
ExpressionObject* bind(Context&, python::Value value, TypePointer type = nullptr);
ExpressionObject* constant(Context&, ExpressionKind which);
ExpressionObject* unknown_expression(Context&, python::Value unknown);
ExpressionObject* function_call(Context&, std::vector<std::string> packages, std::string name,
                                std::vector<ExpressionObject*> arguments, TypePointer type = nullptr);
ExpressionObject* cast_to(Context&, ExpressionObject* operand, TypePointer type);

/// The type of an expression; of a column without one the type that its foreign key refers to.
TypePointer type_of(Context&, const ExpressionObject&);
/// The type that a Python value has by itself.
TypePointer type_of_value(Context&, python::Value);

/// `self_group`: the expression, in parentheses if it needs them below that operator.
ExpressionObject* grouped(Context&, ExpressionObject*, const OperatorUse& against = {});
/// NOT.
ExpressionObject* negated(Context&, ExpressionObject*);
/// and_, or_ of any number of conditions.
ExpressionObject* conjunction(Context&, Operator which, std::vector<ExpressionObject*> conditions);
/// `left op right` as the left side's type understands it. `reflected`: `value` stands on the left.
ExpressionObject* operated(Context&, ExpressionObject* left, const OperatorUse& op, python::Value value,
                           bool reflected = false);
ExpressionObject* compared(Context&, ExpressionObject* left, Operator which, python::Value value);

/// What the method or accessor of that name gives: `is_`, `like`, `astext`, `label`. Null if there is none.
python::Outcome expression_attribute(Context&, ExpressionObject*, std::string_view name);

// Writing

/// An expression's SQL, or why there is none.
struct WrittenExpression {
  std::string sql;
  python::Value unknown;  ///< an Unknown if it could not be read
  std::string refused;    ///< what SQLAlchemy itself refuses to compile, as a sentence

  bool known() const { return !unknown.is_unknown() && refused.empty(); }
};

/// `with_table`: columns are written with the name of their table.
WrittenExpression written(Context&, const ExpressionObject&, bool with_table = false);

/// The columns of tables in an expression, in order of traversal, with repetitions.
std::vector<ColumnObject*> columns_in(const ExpressionObject&);

}  // namespace models
