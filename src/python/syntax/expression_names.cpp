#include "python/syntax/expression_names.h"

namespace python::syntax {
namespace {

std::string_view name_of_constant(ConstantKind constant) {
  switch (constant) {
    case ConstantKind::None:
      return "None";
    case ConstantKind::True:
      return "True";
    case ConstantKind::False:
      return "False";
    case ConstantKind::Ellipsis:
      return "ellipsis";
    default:
      return "literal";
  }
}

}  // namespace

std::string_view name_of(const Expr* expr) {
  switch (expr->kind) {
    case ExprKind::Constant:
      return name_of_constant(as<Constant>(expr)->constant);
    case ExprKind::Name:
      return "name";
    case ExprKind::Attribute:
      return "attribute";
    case ExprKind::Subscript:
      return "subscript";
    case ExprKind::Slice:
      return "slice";
    case ExprKind::Call:
      return "function call";
    case ExprKind::Starred:
      return "starred";
    case ExprKind::BinOp:
    case ExprKind::UnaryOp:
    case ExprKind::BoolOp:
      return "expression";
    case ExprKind::Compare:
      return "comparison";
    case ExprKind::IfExp:
      return "conditional expression";
    case ExprKind::Lambda:
      return "lambda";
    case ExprKind::Tuple:
      return "tuple";
    case ExprKind::List:
      return "list";
    case ExprKind::Set:
      return "set display";
    case ExprKind::Dict:
      return "dict literal";
    case ExprKind::ListComp:
      return "list comprehension";
    case ExprKind::SetComp:
      return "set comprehension";
    case ExprKind::DictComp:
      return "dict comprehension";
    case ExprKind::GeneratorExp:
      return "generator expression";
    case ExprKind::Await:
      return "await expression";
    case ExprKind::Yield:
    case ExprKind::YieldFrom:
      return "yield expression";
    case ExprKind::NamedExpr:
      return "named expression";
    case ExprKind::JoinedStr:
    case ExprKind::FormattedValue:
      return "f-string expression";
    case ExprKind::TemplateStr:
    case ExprKind::Interpolation:
      return "t-string expression";
  }
  return "expression";
}

}  // namespace python::syntax
