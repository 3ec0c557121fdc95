// Queries: they are for run time; in DDL they cannot stand.
#include "models/core/expression_internal.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

/// select(…), exists(…), table(…), insert(…), aliases: takes any method and stays what it is.
class QueryObject final : public ExpressionObject {
 public:
  QueryObject() : ExpressionObject(ExpressionKind::Select) { type = plain_type("NullType"); }

  std::string_view type_name() const override { return "sqlalchemy.Select"; }
  Outcome attribute(Interpreter&, std::string_view name) override {
    return name.starts_with("__") ? Outcome(python::absent) : Outcome(this);
  }
  Outcome subscript(Interpreter&, Value) override { return this; }
  Outcome call(Interpreter&, Arguments&) override { return this; }
};

}  // namespace

Value query_object(Context& context) {
  auto* made = context.interpreter->make<QueryObject>();
  made->location = context.interpreter->here();
  return made;
}

}  // namespace models
