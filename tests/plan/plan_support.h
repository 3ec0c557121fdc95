#pragma once

#include <string>
#include <vector>

#include "diff/story_support.h"
#include "plan/plan.h"

namespace story {

/// What leads from one state to the other, with rows in every table unless the facts say otherwise.
plan::Plan planned(const schema::Database& before, const schema::Database& after, const plan::Options& options = {},
                   const schema::Facts& facts = {});

/// The steps as lines: "1 CREATE TABLE users (…)" where 1 is the transaction, "-" what stands by itself; many lines of
/// a statement become one.
std::vector<std::string> lines(const plan::Plan& plan);

/// Its reasons: "CODE caution: text", each once.
std::vector<std::string> reasons(const plan::Plan& plan);

/// The short form.
plan::Options short_form();

}  // namespace story
