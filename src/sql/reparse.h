#pragma once

#include <string>
#include <string_view>

namespace sql {

/// PostgreSQL prints `c IN ('a', 'b')` of a varchar column so that its own parser makes something else of it:
/// `(c)::text = ANY ((ARRAY['a'::character varying, …])::text[])` comes back with a cast at each element. Expressions,
/// and whole queries, in which this is written with IN again; all else is as it was.
std::string reparsable(std::string_view deparsed);

}  // namespace sql
