#pragma once

#include "models/core/expression.h"
#include "python/evaluation/arguments.h"
#include "python/evaluation/objects.h"

/// What the files of expressions share among themselves.
namespace models {

python::Outcome expression_item(Context&, ExpressionObject* self, python::Value index);
ExpressionObject* any_or_all(Context&, ExpressionObject* array, Operator which);
ExpressionObject* with_collation(Context&, ExpressionObject* expression, const python::Arguments&);

/// func.a.b(…): registered functions with their types, classes of the project, all others as they are named.
python::Outcome called_function(Context&, std::vector<std::string> names, python::Arguments&);
/// GenericFunction registers its subclasses.
void register_function_class(Context&, python::Class&);
/// The instance of a class below FunctionElement, with the arguments it was made with.
ExpressionObject* function_instance(Context&, python::Instance&, const python::Arguments&);
/// `sqlalchemy.func`.
python::Value function_generator(Context&);
/// An object of a class of the project that derives from a construct: what its `@compiles` writes. Null if its class
/// has no base among expressions.
ExpressionObject* compiled_expression(Context&, python::Value instance);

/// What `@compiles` writes for PostgreSQL; absent if nobody said anything for that class.
python::Outcome compiled_by_project(Context&, python::Value type, python::Value element, bool with_table);

/// A Python value as an SQL literal of a type.
WrittenExpression written_literal(Context&, python::Value value, const TypePointer& type);

/// An expression's type as a Python object: an instance of the class it is of, with its arguments.
python::Value type_object(Context&, const TypePointer& type);

/// The compiler and the dialect that `@compiles` functions and `load_dialect_impl` see.
python::Value compiler_object(Context&, bool with_table = false);
python::Value dialect_object(Context&);

/// A select() and what is derived from one: it takes any method and stays itself; in DDL it cannot stand.
python::Value query_object(Context&);

}  // namespace models
