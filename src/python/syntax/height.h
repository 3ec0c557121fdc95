#pragma once

#include <algorithm>

#include "python/syntax/tree.h"

/// The height of trees of expressions, for the limit on it.
namespace python::syntax {

inline int height(const Expr* expr) { return expr ? expr->height : 0; }
inline int height(const Keyword* keyword) { return height(keyword->value); }
inline int height(const Arg* arg) { return arg ? height(arg->annotation) : 0; }

template <class T>
int height(Sequence<T> nodes) {
  int highest = 0;
  for (const T* node : nodes) highest = std::max(highest, height(node));
  return highest;
}

inline int height(const Comprehension* part) {
  return std::max({height(part->target), height(part->iter), height(part->ifs)});
}

inline int height(const Arguments* args) { return std::max(height(args->defaults), height(args->kw_defaults)); }

}  // namespace python::syntax
