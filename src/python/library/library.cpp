#include "python/library/library.h"

#include <algorithm>
#include <string>
#include <vector>

#include "python/library/sources.h"
#include "python/library/support.h"

namespace python::library {

namespace {

/// The modules that are described here, in C++, in Python, or in both: C++ first.
struct Described {
  std::string_view name;
  SetUp set_up;
};

constexpr Described described_modules[] = {
    {"typing", set_up_typing},  {"typing_extensions", set_up_typing},
    {"enum", set_up_enum},      {"math", set_up_math},
    {"_native", set_up_native}, {"_regular_expressions", set_up_regular_expressions},
};

constexpr std::string_view known_modules[] = {
    "__future__",  "argparse",
    "array",       "ast",
    "asyncio",     "atexit",
    "base64",      "binascii",
    "bisect",      "builtins",
    "calendar",    "cgi",
    "cmath",       "codecs",
    "concurrent",  "configparser",
    "contextvars", "copyreg",
    "csv",         "ctypes",
    "curses",      "dbm",
    "difflib",     "dis",
    "email",       "encodings",
    "errno",       "faulthandler",
    "fcntl",       "filecmp",
    "fileinput",   "fnmatch",
    "ftplib",      "gc",
    "getpass",     "gettext",
    "glob",        "graphlib",
    "grp",         "gzip",
    "heapq",       "hmac",
    "html",        "http",
    "imaplib",     "imghdr",
    "importlib",   "io",
    "ipaddress",   "keyword",
    "linecache",   "locale",
    "lzma",        "mailbox",
    "marshal",     "mimetypes",
    "mmap",        "multiprocessing",
    "netrc",       "opcode",
    "optparse",    "pdb",
    "pickle",      "pipes",
    "platform",    "plistlib",
    "poplib",      "posix",
    "pprint",      "profile",
    "pwd",         "queue",
    "quopri",      "random",
    "readline",    "reprlib",
    "resource",    "runpy",
    "sched",       "secrets",
    "select",      "selectors",
    "shelve",      "shlex",
    "shutil",      "signal",
    "site",        "smtplib",
    "socket",      "socketserver",
    "sqlite3",     "ssl",
    "stat",        "statistics",
    "stringprep",  "struct",
    "subprocess",  "symtable",
    "sysconfig",   "syslog",
    "tarfile",     "telnetlib",
    "tempfile",    "termios",
    "test",        "threading",
    "time",        "timeit",
    "tkinter",     "token",
    "tokenize",    "tomllib",
    "trace",       "traceback",
    "tracemalloc", "turtle",
    "unicodedata", "unittest",
    "urllib",      "uu",
    "venv",        "wave",
    "weakref",     "webbrowser",
    "wsgiref",     "xml",
    "xmlrpc",      "zipapp",
    "zipfile",     "zipimport",
    "zlib",        "zoneinfo",
    "_thread",     "distutils",
    "bz2",         "cProfile",
    "code",        "compileall",
};

const SetUp* set_up_of(std::string_view name) {
  for (const Described& entry : described_modules)
    if (entry.name == name) return &entry.set_up;
  return nullptr;
}

Module* new_module(Interpreter& in, std::string_view name) {
  auto* module = in.make<Module>();
  module->name = name;
  module->attributes = in.dict();
  module->builtin = true;
  module->state = Module::State::Done;
  in.set(*module->attributes, "__name__", in.str(name));
  return module;
}

void run_source(Interpreter& in, Module& module, std::string_view source) {
  State& state = in.state();
  auto& parsed = state.parsed_texts.emplace_back(parse_file("<" + module.name + ">", module.name, std::string(source)));
  if (!parsed->tree) return;
  Scope& scope = new_scope(in, Scope::Kind::Module, nullptr);
  scope.names = module.attributes;
  scope.module = &module;
  scope.source = &parsed->source;
  module.scope = &scope;
  Module* before = state.module;
  const std::uint64_t limit = state.step_limit;
  state.step_limit = state.limits.steps;
  const std::optional<Value> exception = state.exception;
  auto bodies = std::move(state.class_bodies);
  state.class_bodies.clear();
  state.module = &module;
  const bool exhausted = state.exhausted;
  state.exhausted = false;
  execute_module(in, scope, parsed->tree->body);
  state.exhausted = exhausted;
  state.module = before;
  state.step_limit = limit;
  state.exception = exception;
  state.class_bodies = std::move(bodies);
}

void mark_classes(Module& module) {
  for (const auto& entry : module.attributes->table.entries()) {
    auto* type = entry.value.as<Class>();
    if (type && type->module == &module) type->builtin = true;
  }
}

}  // namespace

bool is_library(std::string_view name) {
  const std::string_view top = name.substr(0, name.find('.'));
  return set_up_of(name) || source_of(name) ||
         std::find(std::begin(known_modules), std::end(known_modules), top) != std::end(known_modules);
}

Outcome module(Interpreter& in, std::string_view name) {
  auto& modules = in.state().library_modules;
  if (const auto known = modules.find(std::string(name)); known != modules.end()) return known->second;
  if (name == "builtins") return in.state().builtins;
  if (!is_library(name)) return absent;
  Module* made = new_module(in, name);
  modules.emplace(name, made);
  if (const SetUp* set_up = set_up_of(name)) (*set_up)(in, *made);
  if (const auto source = source_of(name)) run_source(in, *made, *source);
  mark_classes(*made);
  return made;
}

bool is_described(std::string_view name) { return set_up_of(name) || source_of(name); }

Outcome undescribed(Interpreter& in, const std::string& qualified_name) {
  Unknown* unknown = in.unknown(qualified_name + " is known only to the running program");
  unknown->origin = qualified_name;
  return unknown;
}

namespace {

struct BuiltInType {
  std::string_view name;
  Kind kind;
};

constexpr BuiltInType built_in_types[] = {
    {"int", Kind::Int},     {"float", Kind::Float},   {"complex", Kind::Complex}, {"str", Kind::Str},
    {"bytes", Kind::Bytes}, {"tuple", Kind::Tuple},   {"list", Kind::List},       {"dict", Kind::Dict},
    {"set", Kind::Set},     {"frozenset", Kind::Set}, {"range", Kind::Range},     {"slice", Kind::Slice},
};

void add_types(Interpreter& in, Dict& builtins) {
  for (const BuiltInType& entry : built_in_types) {
    Class& type = add_class(in, builtins, entry.name);
    type.layout = entry.kind;
    in.state().class_of_kind[entry.kind] = &type;
  }
  in.state().class_of_kind[Kind::Set] = in.builtin_class("set");
  Class& boolean = add_class(in, builtins, "bool", {in.builtin_class("int")});
  boolean.layout = Kind::Bool;
  in.state().class_of_kind[Kind::Bool] = &boolean;
  add_class(in, builtins, "bytearray", {in.builtin_class("bytes")});
}

void add_constants(Interpreter& in, Dict& builtins) {
  in.set(builtins, "None", Value());
  in.set(builtins, "True", in.boolean(true));
  in.set(builtins, "False", in.boolean(false));
  in.set(builtins, "Ellipsis", in.make<Ellipsis>());
  in.set(builtins, "NotImplemented", in.make<NotImplemented>());
  in.set(builtins, "__debug__", in.boolean(true));
  in.set(builtins, "__name__", in.str("builtins"));
}

}  // namespace

void set_up_builtins(Interpreter& in) {
  Module* module = new_module(in, "builtins");
  in.state().builtins = module;
  Dict& builtins = *module->attributes;
  add_object_and_type(in);
  in.set(builtins, "object", in.state().object_class);
  in.set(builtins, "type", in.state().type_class);
  add_constants(in, builtins);
  add_types(in, builtins);
  add_descriptor_classes(in, builtins);
  add_exceptions(in, builtins);
  add_text_methods(in);
  add_bytes_methods(in);
  add_number_methods(in);
  add_sequence_methods(in);
  add_dict_methods(in);
  add_set_methods(in);
  add_iterator_methods(in);
  add_functions(in, builtins);
}

Outcome docstring(Interpreter& in, const Function& function) {
  if (!function.definition || function.definition->body.empty()) return Value();
  const auto* statement = syntax::as<syntax::ExprStmt>(function.definition->body[0]);
  const auto* text = statement ? syntax::as<syntax::Constant>(statement->value) : nullptr;
  return text && text->constant == syntax::ConstantKind::String ? Outcome(in.str(text->text)) : Outcome(Value());
}

Outcome function_annotations(Interpreter& in, Function& function) {
  Dict* dict = in.dict();
  const auto add = [&](std::string_view name, const syntax::Expr* expression) {
    if (!expression) return;
    const Outcome value = evaluate(in, *function.scope, expression);
    if (value.is_raised()) in.clear_exception();
    in.set(*dict, name, value ? *value : in.str(text(Location{function.location.source, expression->span})));
  };
  for (const auto& group :
       {function.parameters->posonlyargs, function.parameters->args, function.parameters->kwonlyargs})
    for (const syntax::Arg* argument : group) add(argument->arg, argument->annotation);
  if (function.definition) add("return", function.definition->returns);
  return dict;
}

void import_star(Interpreter&, Scope& scope, Value module) { scope.star_imports.push_back(module); }

}  // namespace python::library
