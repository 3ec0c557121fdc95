#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "python/evaluation/interpreter.h"
#include "python/evaluation/scope.h"
#include "python/evaluation/state.h"

/// How the parts of the evaluation call each other; not for hosts.
namespace python {

// expressions.cpp
Outcome evaluate(Interpreter& in, Scope& scope, const syntax::Expr* expression);
Outcome evaluate_constant(Interpreter& in, const Scope& scope, const syntax::Constant& constant);
Outcome evaluate_joined(Interpreter& in, Scope& scope, const syntax::JoinedStr& text);
Location location_in(const Scope& scope, syntax::Span span);

// named_characters.cpp
/// The text of a literal with the characters that `\N{NAME}` names in its source; nothing if one is not known here.
std::optional<std::string> with_named_characters(std::string_view text, std::string_view source);

// comprehensions.cpp
Outcome evaluate_list(Interpreter& in, Scope& scope, const syntax::ListComp& comprehension);
Outcome evaluate_set(Interpreter& in, Scope& scope, const syntax::SetComp& comprehension);
Outcome evaluate_dict(Interpreter& in, Scope& scope, const syntax::DictComp& comprehension);
Outcome evaluate_generator(Interpreter& in, Scope& scope, const syntax::GeneratorExp& comprehension);

// scope.cpp
Scope& new_scope(Interpreter& in, Scope::Kind kind, Scope* parent);
Outcome look_up(Interpreter& in, Scope& scope, std::string_view name);
/// A name out of the modules that a module imported by `*` without their names being known.
Outcome star_imported(Interpreter& in, const Scope& scope, std::string_view name);
void bind_name(Interpreter& in, Scope& scope, std::string_view name, Value value);
bool unbind_name(Interpreter& in, Scope& scope, std::string_view name);

// statements.cpp, control.cpp
enum class Flow : std::uint8_t { Next, Return, Break, Continue, Raised };
Flow execute(Interpreter& in, Scope& scope, syntax::Sequence<syntax::Stmt> body);
Flow execute(Interpreter& in, Scope& scope, const syntax::Stmt* statement);
Flow execute_if(Interpreter& in, Scope& scope, const syntax::If& statement);
Flow execute_for(Interpreter& in, Scope& scope, const syntax::For& statement);
Flow execute_while(Interpreter& in, Scope& scope, const syntax::While& statement);
Flow execute_with(Interpreter& in, Scope& scope, const syntax::With& statement);
Flow execute_try(Interpreter& in, Scope& scope, const syntax::Try& statement);
Flow execute_match(Interpreter& in, Scope& scope, const syntax::Match& statement);
Flow execute_raise(Interpreter& in, Scope& scope, const syntax::Raise& statement);
Flow execute_class(Interpreter& in, Scope& scope, const syntax::ClassDef& statement);
Flow execute_import(Interpreter& in, Scope& scope, const syntax::Import& statement);
Flow execute_import_from(Interpreter& in, Scope& scope, const syntax::ImportFrom& statement);
/// Runs a module's body; after an uncaught exception it goes on with the next statement.
void execute_module(Interpreter& in, Scope& scope, syntax::Sequence<syntax::Stmt> body);

/// exec() of a text, in the names of a dict.
Outcome execute_text(Interpreter& in, const std::string& text, Dict& names);

// assignments.cpp
bool assign(Interpreter& in, Scope& scope, const syntax::Expr* target, Value value);
Flow execute_assign(Interpreter& in, Scope& scope, const syntax::Assign& statement);
Flow execute_annotated(Interpreter& in, Scope& scope, const syntax::AnnAssign& statement);
Flow execute_augmented(Interpreter& in, Scope& scope, const syntax::AugAssign& statement);
Flow execute_delete(Interpreter& in, Scope& scope, const syntax::Delete& statement);
/// The names that statements bind, without those of nested functions and classes.
void bound_names(syntax::Sequence<syntax::Stmt> body, std::vector<std::string_view>& names);
void target_names(const syntax::Expr* target, std::vector<std::string_view>& names);

// undecided.cpp
/// A condition: True, False or Unknown; `x and False` is False whatever x is.
Outcome evaluate_condition(Interpreter& in, Scope& scope, const syntax::Expr* expression);
/// Which branch to take.
bool decided(Interpreter& in, const Unknown& condition, const Location& location);
Outcome choose_unknown(Interpreter& in, const Unknown& condition, Value likely, Value other, const Location& location);
Flow execute_undecided(Interpreter& in, Scope& scope, const syntax::If& statement, const Unknown& condition);

// functions.cpp, calls.cpp
Value make_function(Interpreter& in, Scope& scope, const syntax::FunctionDef& definition);
Outcome define_function(Interpreter& in, Scope& scope, const syntax::FunctionDef& definition);
Outcome make_lambda(Interpreter& in, Scope& scope, const syntax::Lambda& lambda);
Outcome evaluate_call(Interpreter& in, Scope& scope, const syntax::Call& call);
bool evaluate_arguments(Interpreter& in, Scope& scope, syntax::Sequence<syntax::Expr> positional,
                        syntax::Sequence<syntax::Keyword> keywords, Arguments& arguments);
Outcome call_value(Interpreter& in, Value callee, Arguments& arguments);
Outcome call_function(Interpreter& in, Function& function, Arguments& arguments);
/// Runs the body of a generator function, handing each yielded value to `yield`.
Outcome run_generator(Interpreter& in, const Function& function, Scope& scope,
                      const std::function<Outcome(Value)>& yield);
Outcome bind_parameters(Interpreter& in, const Function& function, Arguments& arguments, Scope& scope);
Scope& type_parameter_scope(Interpreter& in, Scope& scope, syntax::Sequence<syntax::TypeParam> parameters);

// classes.cpp
Outcome call_class(Interpreter& in, Class& type, Arguments& arguments);
/// `type(name, bases, namespace, **keywords)`: type.__new__ and what it sets off.
Outcome new_class(Interpreter& in, Value metaclass, Arguments& arguments);
Outcome call_metaclass(Interpreter& in, Value metaclass, Arguments& arguments);
Outcome calculate_metaclass(Interpreter& in, const std::vector<Value>& bases, std::optional<Value> given);
std::optional<std::vector<Value>> linearised(Interpreter& in, Class& type);
Class* new_builtin_class(Interpreter& in, std::string_view qualified_name, std::vector<Value> bases);
Instance* new_instance(Interpreter& in, Class& type);
std::optional<Kind> layout_of(const Class& type);

// attributes.cpp
/// Looks `name` up in the MRO from a position on; hosts are asked for outside classes. Absent if there is none.
Outcome inherited_attribute(Interpreter& in, const std::vector<Value>& mro, std::size_t from, std::string_view name,
                            Value receiver);
/// What an attribute found in a class gives when it is read through an instance (or None) and its class.
Outcome bound_to(Interpreter& in, Value attribute, std::optional<Value> instance, Value owner);
/// A method such as `__len__` of a value of a Python class, bound; absent if its class has none.
Outcome special_method(Interpreter& in, Value value, std::string_view name);
Dict* attributes_of(Value value);

// values.cpp
/// The built-in value within an instance of a subclass of a built-in type; else the value itself.
Value plain(Value value);
const std::string* text_of(Value value);
std::optional<std::int64_t> integer_of(Value value);
std::optional<double> number_of(Value value);
const Unknown* unknown_within(Value value);
Unknown* derived(Interpreter& in, const Unknown& from, std::optional<Value> likely = {});
std::uint32_t hash_key(Interpreter& in, Value key, bool& hashable);
Str* make_str(Interpreter& in, std::string text);
Str* interned_str(Interpreter& in, std::string_view text);
const std::vector<Value>* sequence_items(Value value);

// iteration.cpp
Outcome iterator_of(Interpreter& in, Value value);

// generics.cpp
Outcome subscript_type(Interpreter& in, Value type, Value index);
Outcome union_of(Interpreter& in, const std::vector<Value>& members);
bool is_type_like(Value value);

// subscripts.cpp
Outcome evaluate_slice(Interpreter& in, Scope& scope, const syntax::Slice& slice);
struct Steps {
  std::int64_t start = 0, step = 1, count = 0;
};
std::optional<Steps> slice_steps(Interpreter& in, const Slice& slice, std::int64_t size);

// texts.cpp, format.cpp
std::string quoted(std::string_view text);
std::string quoted_bytes(std::string_view bytes);
std::string float_text(double value);
Outcome format_percent(Interpreter& in, const std::string& pattern, Value arguments);
Outcome format_braces(Interpreter& in, const std::string& pattern, const Arguments& arguments);
std::optional<std::string> format_plain(Interpreter& in, Value value, std::string_view specification);

// imports.cpp
Outcome import_dotted(Interpreter& in, std::string_view name);
std::string absolute_name(Interpreter& in, const Module& module, std::string_view name, int level);
Outcome member_of_module(Interpreter& in, Value module, std::string_view name);

// annotations.cpp
void annotate(Interpreter& in, Scope& scope, const syntax::AnnAssign& statement, std::string_view name);
/// `__annotations__` as a dict among the names of a class body.
Value body_annotations(Interpreter& in, Scope& scope);
Outcome annotations_dict(Interpreter& in, Class& type);

}  // namespace python
