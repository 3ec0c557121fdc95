#include "base/text.h"

#include <gtest/gtest.h>

namespace {

TEST(Digest, KnownVectors) {
  EXPECT_EQ(base::md5(""), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(base::md5("The quick brown fox jumps over the lazy dog"), "9e107d9d372bb6826bd81d3542a419d6");
  EXPECT_EQ(base::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(base::sha256(std::string(200, 'a')), "c2a908d98f5df987ade41b5fce213067efbcc21ef2240212a41e54b5e7c28ae5");
}

TEST(Text, ClipsAtCharacterBoundaries) {
  EXPECT_EQ(base::clipped("aé", 2), "a");
  EXPECT_EQ(base::clipped("aé", 3), "aé");
}

TEST(Text, MatchesShellPatterns) {
  EXPECT_TRUE(base::matches("celery_tasks", "celery_*"));
  EXPECT_TRUE(base::matches("abc", "a?c"));
  EXPECT_FALSE(base::matches("abc", "b*"));
}

}  // namespace
