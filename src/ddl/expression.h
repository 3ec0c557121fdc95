#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "schema/name.h"

/// What can be told of an SQL expression by its words alone. Errs on the side of "it may".
namespace ddl {

/// A word outside of string constants: an identifier or key word, folded as PostgreSQL folds it.
struct Word {
  std::string text;
  bool called = false;    ///< followed by an opening bracket
  std::size_t begin = 0;  ///< where it stands in the text
  std::size_t end = 0;
};

std::vector<Word> words(std::string_view sql);

/// Whether the text may speak of a thing of that name.
bool mentions(std::string_view sql, std::string_view name);

/// Whether it may give another value for each row: a call of anything that is not known to be stable.
bool may_be_volatile(const schema::Expression& expression);

/// Whether DEFAULT takes it only in brackets: the grammar wants a b_expr there.
bool needs_brackets(const schema::Expression& expression);

/// The expression with identifiers replaced: from old to new names.
schema::Expression renamed_words(const schema::Expression& expression, const std::map<std::string, std::string>& names);

}  // namespace ddl
