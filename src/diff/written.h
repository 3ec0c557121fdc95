#pragma once

#include "diff/change.h"

/// For comparing, both sides speak the server's words; statements are made of the words of the desired state itself:
/// the server stores what it is given, and its own deparse given back is not always stored alike.
namespace diff {

/// The expressions of `database` as `written` has them, for objects of the same name.
void write_as(schema::Database& database, const schema::Database& written);

/// The same in the desired sides of the changes.
void write_as(Changes& changes, const schema::Database& written);

}  // namespace diff
