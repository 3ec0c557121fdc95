#pragma once

#include <string>
#include <string_view>

#include "python/evaluation/interpreter.h"

/// Python's own library, as far as models need it: built-in functions and types, and modules. What a module has beyond
/// that is Unknown, not absent.
namespace python::library {

using Code = Outcome (*)(Interpreter&, Arguments&);

/// A function of a module or a method of a type.
struct Entry {
  std::string_view name;
  Code code;
  /// Arguments may be Unknown; of others the result is Unknown then.
  bool takes_unknown = false;
};

void set_up_builtins(Interpreter& in);
/// A module of the library, made at its first use. Absent: there is none of the name.
Outcome module(Interpreter& in, std::string_view name);
/// Whether Python's library has a module of the name, described here or not.
bool is_library(std::string_view name);
/// Whether it is described here.
bool is_described(std::string_view name);
/// A name of the library that is not described.
Outcome undescribed(Interpreter& in, const std::string& qualified_name);

/// A built-in function made of an entry: "module.name".
Value function(Interpreter& in, std::string_view qualified_name, Code code, bool takes_unknown);

// What attribute access needs of the library's parts
Outcome docstring(Interpreter& in, const Function& function);
Outcome function_annotations(Interpreter& in, Function& function);
Outcome type_variable_attribute(Interpreter& in, TypeVariable& variable, std::string_view name);
Outcome special_form_attribute(Interpreter& in, External& external, std::string_view name);
/// object.__setattr__ and type.__setattr__.
Outcome set_plainly(Interpreter& in, Value object, std::string_view name, Value value);

/// A plain instance: `__new__`, then `__init__`.
Outcome instantiate(Interpreter& in, Class& type, Arguments& arguments);
/// What a base stands for in a class statement: typing.List is list, typing.Generic and Protocol are classes.
Value base_class(Interpreter& in, Value base);
/// `from sqlalchemy import *`: the names of an outside module are not known; those used are asked for one by one.
void import_star(Interpreter& in, Scope& scope, Value module);

// enum.cpp
/// Turns a class that EnumType makes into an enumeration: its members become instances.
Outcome finish_enum(Interpreter& in, Class& type, Dict& body);
/// Color(1), Color("red").
Outcome enum_member(Interpreter& in, Class& type, Arguments& arguments);
bool is_enum_base(const Class& type);
/// What a name in the body of an enumeration is bound to: auto() gives its value there and then.
Outcome enum_assignment(Interpreter& in, Scope& scope, std::string_view name, Value value);

}  // namespace python::library
