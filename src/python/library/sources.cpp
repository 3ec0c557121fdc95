#include "python/library/sources.h"

#include <algorithm>
#include <iterator>

namespace embedded {
extern const std::string_view library_abc;
extern const std::string_view library_atexit;
extern const std::string_view library_base64;
extern const std::string_view library_collections;
extern const std::string_view library_collections__abc;
extern const std::string_view library_contextlib;
extern const std::string_view library_contextvars;
extern const std::string_view library_copy;
extern const std::string_view library_dataclasses;
extern const std::string_view library_datetime;
extern const std::string_view library_decimal;
extern const std::string_view library_fnmatch;
extern const std::string_view library_functools;
extern const std::string_view library_glob;
extern const std::string_view library_hashlib;
extern const std::string_view library_importlib;
extern const std::string_view library_importlib__util;
extern const std::string_view library_inspect;
extern const std::string_view library_io;
extern const std::string_view library_ipaddress;
extern const std::string_view library_itertools;
extern const std::string_view library_json;
extern const std::string_view library_keyword;
extern const std::string_view library_logging;
extern const std::string_view library_numbers;
extern const std::string_view library_operator;
extern const std::string_view library_os;
extern const std::string_view library_os__path;
extern const std::string_view library_pathlib;
extern const std::string_view library_pkgutil;
extern const std::string_view library_platform;
extern const std::string_view library_posixpath;
extern const std::string_view library_random;
extern const std::string_view library_re;
extern const std::string_view library_secrets;
extern const std::string_view library_string;
extern const std::string_view library_sys;
extern const std::string_view library_textwrap;
extern const std::string_view library_threading;
extern const std::string_view library_time;
extern const std::string_view library_types;
extern const std::string_view library_typing_named_tuple;
extern const std::string_view library_uuid;
extern const std::string_view library_warnings;
extern const std::string_view library_weakref;
extern const std::string_view library_zlib;
extern const std::string_view library_zoneinfo;
}  // namespace embedded

namespace python::library {

namespace {

struct EmbeddedSource {
  std::string_view module;
  const std::string_view* text;
};

constexpr EmbeddedSource embedded_sources[] = {
    {"abc", &embedded::library_abc},
    {"atexit", &embedded::library_atexit},
    {"base64", &embedded::library_base64},
    {"collections", &embedded::library_collections},
    {"collections.abc", &embedded::library_collections__abc},
    {"contextlib", &embedded::library_contextlib},
    {"contextvars", &embedded::library_contextvars},
    {"copy", &embedded::library_copy},
    {"dataclasses", &embedded::library_dataclasses},
    {"datetime", &embedded::library_datetime},
    {"decimal", &embedded::library_decimal},
    {"fnmatch", &embedded::library_fnmatch},
    {"functools", &embedded::library_functools},
    {"glob", &embedded::library_glob},
    {"hashlib", &embedded::library_hashlib},
    {"importlib", &embedded::library_importlib},
    {"importlib.util", &embedded::library_importlib__util},
    {"inspect", &embedded::library_inspect},
    {"io", &embedded::library_io},
    {"ipaddress", &embedded::library_ipaddress},
    {"itertools", &embedded::library_itertools},
    {"json", &embedded::library_json},
    {"keyword", &embedded::library_keyword},
    {"logging", &embedded::library_logging},
    {"numbers", &embedded::library_numbers},
    {"operator", &embedded::library_operator},
    {"os", &embedded::library_os},
    {"os.path", &embedded::library_os__path},
    {"pathlib", &embedded::library_pathlib},
    {"pkgutil", &embedded::library_pkgutil},
    {"platform", &embedded::library_platform},
    {"posixpath", &embedded::library_posixpath},
    {"random", &embedded::library_random},
    {"re", &embedded::library_re},
    {"secrets", &embedded::library_secrets},
    {"string", &embedded::library_string},
    {"sys", &embedded::library_sys},
    {"textwrap", &embedded::library_textwrap},
    {"threading", &embedded::library_threading},
    {"time", &embedded::library_time},
    {"types", &embedded::library_types},
    {"typing_named_tuple", &embedded::library_typing_named_tuple},
    {"uuid", &embedded::library_uuid},
    {"warnings", &embedded::library_warnings},
    {"weakref", &embedded::library_weakref},
    {"zlib", &embedded::library_zlib},
    {"zoneinfo", &embedded::library_zoneinfo},
};

}  // namespace

std::optional<std::string_view> source_of(std::string_view module) {
  const auto* const found = std::find_if(std::begin(embedded_sources), std::end(embedded_sources),
                                         [&](const EmbeddedSource& source) { return source.module == module; });
  if (found == std::end(embedded_sources)) return {};
  return *found->text;
}

}  // namespace python::library
