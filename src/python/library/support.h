#pragma once

#include <span>
#include <string>
#include <string_view>

#include "python/evaluation/evaluator.h"
#include "python/library/library.h"

/// What the library's parts share.
namespace python::library {

/// Adds functions to a module or methods to a class.
void add(Interpreter& in, Dict& attributes, std::string_view owner, std::span<const Entry> entries);
/// Adds a name for what only the running program knows: calling or reading it gives an Unknown.
void add_unknown(Interpreter& in, Dict& attributes, std::string_view owner, std::string_view name);
Class& add_class(Interpreter& in, Dict& attributes, std::string_view qualified_name, std::vector<Value> bases = {});

/// Sets `__new__` of a built-in type: `code` makes the value (its first argument is the class). For a subclass it is
/// put into an instance; that of a mutable container is empty until `__init__` fills it.
void set_maker(Interpreter& in, Class& type, Code code, bool filled_by_init = false);

/// An argument by position or name as a type; raises a TypeError if it is missing or of another kind.
std::optional<std::string> text_argument(Interpreter& in, const Arguments& arguments, std::size_t position,
                                         std::string_view name);
std::optional<std::int64_t> integer_argument(Interpreter& in, const Arguments& arguments, std::size_t position,
                                             std::string_view name);
/// The argument, or None.
Value value_argument(const Arguments& arguments, std::size_t position, std::string_view name);
bool has_argument(const Arguments& arguments, std::size_t position, std::string_view name);
Raised missing_argument(Interpreter& in, std::string_view name);

/// Sorts in place as list.sort does; Unknown if the order is.
Outcome sort_items(Interpreter& in, std::vector<Value>& items, Value key, bool reverse);

// Setup of the built-in types
void add_object_and_type(Interpreter& in);
void add_exceptions(Interpreter& in, Dict& builtins);
void add_text_methods(Interpreter& in);
void add_bytes_methods(Interpreter& in);
void add_number_methods(Interpreter& in);
void add_sequence_methods(Interpreter& in);
void add_dict_methods(Interpreter& in);
void add_set_methods(Interpreter& in);
void add_iterator_methods(Interpreter& in);
void add_descriptor_classes(Interpreter& in, Dict& builtins);
void add_functions(Interpreter& in, Dict& builtins);

// Setup of modules in C++; what they lack may be in a source of the same name
using SetUp = void (*)(Interpreter&, Module&);
void set_up_typing(Interpreter& in, Module& module);
void set_up_enum(Interpreter& in, Module& module);
void set_up_math(Interpreter& in, Module& module);
void set_up_native(Interpreter& in, Module& module);
void set_up_regular_expressions(Interpreter& in, Module& module);

}  // namespace python::library
