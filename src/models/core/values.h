#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "models/context.h"
#include "python/evaluation/interpreter.h"

/// Short ways to look at Python values.
namespace models {

/// The text of a str, or of an instance of a class below str (a member of a `(str, Enum)`); null for anything else.
const std::string* text_in(python::Value);
/// True, False; nothing for other values.
std::optional<bool> flag_in(python::Value);
std::optional<std::int64_t> integer_in(python::Value);
/// Whether Python counts the value as true, so far as it can be told without running its code.
bool is_truthy(Context&, python::Value);

/// The argument, or None if it was not given.
python::Value argument(const python::Arguments&, std::size_t position, std::string_view name);
/// The keyword argument, or None.
python::Value keyword(const python::Arguments&, std::string_view name);
/// The keyword argument if it was given, also as None.
bool has_keyword(const python::Arguments&, std::string_view name);

/// A HostObject behind a value: itself, or what the instance of a subclass holds. Null if there is none.
python::HostObject* host_object(python::Value);

/// A method, bound already to what the function captures.
template <class Function>
python::Outcome method(python::Interpreter& interpreter, std::string_view qualified_name, Function function) {
  const python::Value made = interpreter.builtin(qualified_name, python::Native(std::move(function)));
  made.as<python::Builtin>()->binds = false;
  return made;
}

/// A method that does nothing that the schema shows, and gives back `result`.
python::Outcome ignored_method(python::Interpreter&, std::string_view qualified_name, python::Value result = {});

/// The first Unknown among what was given to a call as a whole: `*x` or `**x` of an unknown x. Null if there is none.
const python::Unknown* unknown_arguments(const python::Arguments&);

/// An Unknown as a value, made from a reason.
python::Value unknown_value(Context&, std::string reason);

/// The keyword arguments whose names begin with a dialect's name: "postgresql_using".
bool is_dialect_option(std::string_view name);

/// The attribute of an object, or None. Exceptions are ended.
python::Value attribute_or_none(Context&, python::Value object, std::string_view name);

/// Class and all its bases by qualified name.
bool class_derives_from(python::Value type, std::string_view canonical);

}  // namespace models
