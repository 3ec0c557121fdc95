#include <gtest/gtest.h>

#include "diff/story_support.h"

namespace {

using namespace story;
using Lines = std::vector<std::string>;
using schema::PolicyCommand;

schema::Policy open(schema::Policy policy) {
  policy.name_open = true;
  return policy;
}

schema::Table secured(const std::vector<schema::Policy>& policies) {
  auto posts = table("posts");
  posts.row_security.declared = schema::Declaration::Managed;
  posts.row_security.enabled = true;
  posts.policies = policies;
  return posts;
}

const auto mine = policy("posts_select_owner", PolicyCommand::Select, "(id = 1)");

TEST(Policies, EqualOnesAreNoDifference) {
  EXPECT_EQ(changes(models({secured({open(mine)})}), catalog({secured({mine})})), Lines{});
}

TEST(Policies, WithoutADeclarationTheyAreOnlyNamed) {
  const auto found = diff::compare(models({table("posts")}), catalog({secured({mine})}), {});
  EXPECT_EQ(shown(found), Lines{});
  ASSERT_EQ(found.untracked_policies.size(), 1u);
  EXPECT_EQ(found.untracked_policies[0].second.name.text, "posts_select_owner");
}

TEST(Policies, OptedOutSaysNothing) {
  auto posts = table("posts");
  posts.row_security.declared = schema::Declaration::OptedOut;
  const auto found = diff::compare(models({posts}), catalog({secured({mine})}), {});
  EXPECT_EQ(shown(found), Lines{});
  EXPECT_TRUE(found.untracked_policies.empty());
}

TEST(Policies, EnablingIsAChangeOfTheTable) {
  auto before = secured({});
  before.row_security.enabled = false;
  before.row_security.forced = true;
  EXPECT_EQ(changes(models({secured({})}), catalog({before})), (Lines{"alter table public.posts (row_security)"}));
  before.row_security.enabled = true;
  EXPECT_EQ(changes(models({secured({})}), catalog({before})), Lines{}) << "FORCE was not declared";
}

TEST(Policies, OpenNamesAreNoDifference) {
  EXPECT_EQ(
      changes(models({secured({open(mine)})}), catalog({secured({policy("old", PolicyCommand::Select, "(id = 1)")})})),
      Lines{});
}

TEST(Policies, GivenNamesAreRenamed) {
  EXPECT_EQ(changes(models({secured({mine})}), catalog({secured({policy("old", PolicyCommand::Select, "(id = 1)")})})),
            (Lines{"rename policy public.posts old to posts_select_owner"}));
}

TEST(Policies, ANewRuleInFrontTakesTheNextFreeNumber) {
  const auto rule = [](const std::string& name, const std::string& condition) {
    return policy(name, PolicyCommand::Select, condition);
  };
  const auto before = secured({rule("posts_select_custom", "(id = 1)"), rule("posts_select_custom_2", "(id = 2)")});
  const auto after =
      secured({open(rule("posts_select_custom", "(id = 3)")), open(rule("posts_select_custom_2", "(id = 1)")),
               open(rule("posts_select_custom_3", "(id = 2)"))});
  EXPECT_EQ(changes(models({after}), catalog({before})), (Lines{"create policy public.posts posts_select_custom_3"}));
}

TEST(Policies, ChangedByName) {
  EXPECT_EQ(changes(models({secured({open(policy("posts_select_owner", PolicyCommand::Select, "(id = 2)"))})}),
                    catalog({secured({mine})})),
            (Lines{"alter policy public.posts posts_select_owner (using_expr)"}));
}

TEST(Policies, OthersAreRemoved) {
  EXPECT_EQ(changes(models({secured({})}), catalog({secured({mine})})),
            (Lines{"drop policy public.posts posts_select_owner"}));
}

TEST(Policies, CheckEqualToUsingIsImplied) {
  auto plain = policy("posts_update_owner", PolicyCommand::Update, "(id = 1)");
  auto both = plain;
  both.with_check_expr = both.using_expr;
  EXPECT_EQ(changes(models({secured({both})}), catalog({secured({plain})})), Lines{});
  EXPECT_EQ(changes(models({secured({plain})}), catalog({secured({both})})), Lines{});
  both.with_check_expr = schema::Expression{"(id = 2)"};
  EXPECT_EQ(changes(models({secured({both})}), catalog({secured({plain})})),
            (Lines{"alter policy public.posts posts_update_owner (with_check_expr)"}));
}

TEST(Policies, AWrittenCheckFollowsTheNewCondition) {
  auto before = policy("posts_update_owner", PolicyCommand::Update, "(id = 1)");
  before.with_check_expr = before.using_expr;
  auto after = policy("posts_update_owner", PolicyCommand::Update, "(id = 2)");
  const Lines both{"alter policy public.posts posts_update_owner (using_expr, with_check_expr)"};
  EXPECT_EQ(changes(models({secured({after})}), catalog({secured({before})})), both);
  after.with_check_expr = after.using_expr;
  EXPECT_EQ(changes(models({secured({after})}), catalog({secured({before})})), both);
  before.with_check_expr.reset();
  EXPECT_EQ(changes(models({secured({after})}), catalog({secured({before})})),
            (Lines{"alter policy public.posts posts_update_owner (using_expr)"}));
}

TEST(Policies, TheOrderOfRolesMeansNothing) {
  auto before = mine;
  before.roles = {{"a"}, {"b"}};
  auto after = mine;
  after.roles = {{"b"}, {"a"}};
  EXPECT_EQ(changes(models({secured({after})}), catalog({secured({before})})), Lines{});
}

}  // namespace
