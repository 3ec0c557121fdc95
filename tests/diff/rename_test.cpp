#include <gtest/gtest.h>

#include "diff/story_support.h"

namespace {

using namespace story;
using Lines = std::vector<std::string>;

Lines after_renames(const diff::RenameOptions& written, const schema::Reading& desired,
                    const schema::Database& actual) {
  diff::Options options;
  options.managed = {{"public", "user"}};
  const auto accepted = diff::accepted_renames(written, desired, actual);
  if (!accepted) return {accepted.error().message};
  options.renames = *accepted;
  options.rewrite = [](const schema::Expression& expression, const std::map<std::string, std::string>& names) {
    auto text = expression.text;
    for (const auto& [before, after] : names) {
      if (const auto at = text.find(before); at != text.npos) text.replace(at, before.size(), after);
    }
    return schema::Expression{text};
  };
  return changes(desired, actual, options);
}

schema::Database users() {
  auto user = table("user", {column("id"), column("email", text())});
  user.columns[0].serial = schema::Serial{};
  user.primary_key = schema::PrimaryKey{};
  user.primary_key->name = {"user_pkey"};
  user.primary_key->columns = {{"id"}};
  user.uniques = {story::unique("user_email_key", {"email"})};
  user.checks = {check("mail", "(email <> ''::text)")};
  user.indexes = {index("ix_user_email", {"email"})};
  auto logins = table("logins", {column("user_id")});
  logins.foreign_keys = {foreign_key("logins_user_id_fkey", "user_id", "user")};
  return catalog({user, logins});
}

TEST(Renames, ATableTakesItsThingsAlong) {
  auto desired = models(users().tables);
  auto& accounts = desired.database.tables[0];
  accounts.name.name = "accounts";
  accounts.primary_key->name = {"accounts_pkey"};
  accounts.primary_key->name_open = true;
  accounts.uniques[0].name = {"accounts_email_key"};
  accounts.uniques[0].name_open = true;
  accounts.indexes[0].name = {"ix_accounts_email"};
  desired.database.tables[1].foreign_keys[0].referred_table.name = "accounts";
  EXPECT_EQ(after_renames({{"user=accounts"}, {}, {}}, desired, users()),
            (Lines{"rename table public.user to public.accounts",
                   "rename sequence public.user_id_seq to public.accounts_id_seq",
                   "rename pk public.accounts user_pkey to accounts_pkey",
                   "rename unique public.accounts user_email_key to accounts_email_key",
                   "rename index public.accounts ix_user_email to ix_accounts_email"}));
}

TEST(Renames, WithoutThemACandidateIsNamed) {
  auto desired = models(users().tables);
  desired.database.tables[0].name.name = "accounts";
  const auto found = diff::compare(desired, users(), {});
  ASSERT_EQ(found.candidates.size(), 1u);
  EXPECT_EQ(found.candidates[0].before.owner.name, "user");
  EXPECT_EQ(found.candidates[0].after.owner.name, "accounts");
}

TEST(Renames, AColumnIsFollowedByAll) {
  auto desired = models(users().tables);
  auto& user = desired.database.tables[0];
  user.columns[1].name = {"mail"};
  user.columns[1].not_null = true;
  user.uniques[0].columns = {{"mail"}};
  user.indexes[0].keys[0].column = {"mail"};
  user.checks[0].expression = {"(mail <> ''::text)"};
  const Lines expected{"rename column public.user email to mail", "alter column public.user mail (not_null)"};
  EXPECT_EQ(after_renames({{"user.email=mail"}, {}, {}}, desired, users()), expected);
  EXPECT_EQ(after_renames({{"public.user.email=mail"}, {}, {}}, desired, users()), expected);
  desired.renamed_from[{schema::Kind::Table, {"public", "user"}, ""}] = {{"mail", "email"}};
  EXPECT_EQ(after_renames({}, desired, users()), expected);
}

TEST(Renames, ARenamedKeyOfAReferenceIsFollowed) {
  auto desired = models(users().tables);
  auto& user = desired.database.tables[0];
  user.columns[0].name = {"key"};
  user.primary_key->columns = {{"key"}};
  desired.database.tables[1].foreign_keys[0].referred_columns = {{"key"}};
  EXPECT_EQ(
      after_renames({{"user.id=key"}, {}, {}}, desired, users()),
      (Lines{"rename column public.user id to key", "rename sequence public.user_id_seq to public.user_key_seq"}));
}

TEST(Renames, TypesAndLabels) {
  const schema::TypeName kind{"public", "kind", "", false};
  auto pet = table("pet", {column("kind", kind)});
  pet.columns[0].server_default = schema::Expression{"'dog'::public.kind"};
  auto actual = catalog({pet});
  actual.enums = {enum_type("kind", {"dog", "cat"})};
  pet.columns[0].type.name = "petkind";
  pet.columns[0].server_default = schema::Expression{"'hound'::public.petkind"};
  auto desired = models({pet});
  desired.database.enums = {enum_type("petkind", {"hound", "cat"})};
  EXPECT_EQ(after_renames({{}, {"kind=petkind"}, {"kind.dog=hound"}}, desired, actual),
            (Lines{"rename enum public.kind to public.petkind", "rename label enum public.petkind dog to hound"}));
}

TEST(Renames, WhatIsDoneAlreadyIsHarmless) {
  auto desired = models(users().tables);
  EXPECT_EQ(after_renames({{"old=user", "user.mail=email"}, {}, {}}, desired, users()), Lines{});
}

TEST(Renames, WhatNamesNothingIsAnError) {
  auto desired = models(users().tables);
  for (const auto* written : {"nothing=new", "user.nothing=new", "user", "=x", "x=", "a.b.c.d=e", "user.id=email"}) {
    const auto lines = after_renames({{written}, {}, {}}, desired, users());
    ASSERT_EQ(lines.size(), 1u) << written;
    EXPECT_TRUE(lines[0].starts_with("rename \"")) << written;
  }
}

TEST(Renames, PoliciesWithGeneratedNamesFollow) {
  auto notes = table("notes");
  notes.row_security = {schema::Declaration::Managed, true, false};
  notes.policies = {policy("notes_select_owner", schema::PolicyCommand::Select, "(id = 1)"),
                    policy("notes y", schema::PolicyCommand::Select, "(id = 2)")};
  auto memos = notes;
  memos.name.name = "memos";
  memos.policies[0].name = {"memos_select_owner"};
  memos.policies[0].name_open = true;
  EXPECT_EQ(after_renames({{"notes=memos"}, {}, {}}, models({memos}), catalog({notes})),
            (Lines{"rename table public.notes to public.memos",
                   "rename policy public.memos notes_select_owner to memos_select_owner"}));
}

TEST(Renames, IntoAnotherSchema) {
  auto desired = models({users().tables[1]});
  desired.database.tables[0].name = {"billing", "logins"};
  EXPECT_EQ(after_renames({{"public.logins=billing.logins"}, {}, {}}, desired, catalog({users().tables[1]})),
            (Lines{"rename table public.logins to billing.logins"}));
}

}  // namespace
