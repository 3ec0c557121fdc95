#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "schema/name.h"

/// Values to SQL text. The only place that quotes; written for standard_conforming_strings = on and a search_path of
/// which `public` is the first schema after pg_catalog.
namespace sql {

/// A string constant.
struct Literal {
  std::string text;
};

/// A piece of SQL that is already made.
struct Raw {
  std::string text;
};

/// An identifier; quoted exactly when PostgreSQL needs it, as quote_ident() does, for all versions 13 to 18.
std::string quoted(const schema::Name& name);

/// What lies in `public` is written without its schema, unless pg_catalog knows the name itself and would be found
/// first; an empty schema is left out too.
std::string quoted(const schema::QualifiedName& name);

/// With its schema always, but for an empty one: for texts that other search paths must understand.
std::string fully_quoted(const schema::QualifiedName& name);

/// As people write it: VARCHAR(20), TIMESTAMP(3) WITH TIME ZONE, NUMERIC(10, 2), INTEGER[], app."Mood".
std::string quoted(const schema::TypeName& type);

/// The text as it stands, but for what sql/reparse.h says. Where it holds a `--` comment, a line end follows, so that
/// nothing after it is lost.
std::string quoted(const schema::Expression& expression);

/// 'it''s'; line ends and backslashes stand for themselves.
std::string quoted(const Literal& literal);

std::string quoted(const Raw& raw);

template <std::integral T>
requires(!std::same_as<T, bool> && !std::same_as<T, char>) std::string quoted(T number) {
  return std::to_string(number);
}

/// The elements, separated by ", ".
template <class T>
std::string quoted(const std::vector<T>& list) {
  std::string result;
  for (const T& element : list) {
    if (!result.empty()) result += ", ";
    result += quoted(element);
  }
  return result;
}

}  // namespace sql
