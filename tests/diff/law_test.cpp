#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <random>

#include "diff/story_support.h"

/// Laws that hold for every pair of states.
namespace {

using namespace story;

class Generator {
 public:
  explicit Generator(unsigned seed) : random_{seed} {}

  schema::Database database() {
    std::vector<schema::Table> tables;
    for (int i = 0; i < 8; ++i) {
      if (chance(4)) tables.push_back(some_table("t" + std::to_string(i)));
    }
    auto result = catalog(tables);
    for (int i = 0; i < 4; ++i) {
      if (chance(2)) result.enums.push_back(enum_type("e" + std::to_string(i), labels()));
    }
    return result;
  }

  template <class T>
  void shuffle(std::vector<T>& list) {
    std::ranges::shuffle(list, random_);
  }

  void shuffle(schema::Database& database) {
    shuffle(database.tables);
    shuffle(database.enums);
    for (auto& table : database.tables) {
      shuffle(table.columns);
      shuffle(table.uniques);
      shuffle(table.checks);
      shuffle(table.indexes);
      shuffle(table.policies);
      shuffle(table.grants);
    }
  }

 private:
  int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  bool chance(int of) { return number(of) != 0; }
  std::string column_name() { return "c" + std::to_string(number(4)); }

  std::vector<std::string> labels() {
    std::vector<std::string> result;
    for (int i = 0; i < 3; ++i) {
      if (chance(3)) result.push_back("l" + std::to_string(i));
    }
    return result;
  }

  schema::Table some_table(const std::string& name) {
    auto result = table(name, {});
    for (int i = 0; i < 5; ++i) {
      if (chance(4)) result.columns.push_back(column("c" + std::to_string(i), chance(2) ? integer() : text()));
    }
    for (int i = 0; i < 3; ++i) {
      const std::string suffix = "_" + std::to_string(number(6)) + std::to_string(i);
      result.uniques.push_back(story::unique(name + "_u" + suffix, {column_name()}));
      result.indexes.push_back(index(name + "_i" + suffix, {column_name()}));
      result.checks.push_back(check(name + "_c" + suffix, "(" + column_name() + " > 0)"));
      result.policies.push_back(policy(name + "_p" + suffix, schema::PolicyCommand::Select, column_name() + " = 1"));
    }
    return result;
  }

  std::mt19937 random_;
};

TEST(Laws, EqualDatabasesHaveNoChanges) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Generator generator{seed};
    const auto state = generator.database();
    auto shuffled = state;
    generator.shuffle(shuffled);
    EXPECT_TRUE(changes(state, shuffled).empty()) << seed;
    auto models = story::models(state.tables);
    models.database.enums = state.enums;
    EXPECT_TRUE(changes(models, shuffled).empty()) << seed;
  }
}

TEST(Laws, TheOrderOfTheInputMeansNothing) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Generator generator{seed};
    auto desired = generator.database();
    auto actual = generator.database();
    const auto lines = changes(desired, actual);
    generator.shuffle(desired);
    generator.shuffle(actual);
    EXPECT_EQ(changes(desired, actual), lines) << seed;
  }
}

TEST(Laws, DifferentDatabasesHaveChangesBothWays) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Generator generator{seed};
    const auto one = generator.database();
    const auto other = generator.database();
    EXPECT_EQ(changes(one, other).empty(), changes(other, one).empty()) << seed;
  }
}

/// Processor time that comparing so many equal tables takes.
double seconds_for(int count) {
  std::vector<schema::Table> tables;
  for (int i = 0; i < count; ++i) {
    std::vector<schema::Column> columns;
    for (int j = 0; j < 12; ++j) columns.push_back(column("column_" + std::to_string(j)));
    auto each = table("table_" + std::to_string(i), columns);
    each.indexes = {index("ix_a_" + std::to_string(i), {"column_1"}), index("ix_b_" + std::to_string(i), {"column_2"})};
    tables.push_back(each);
  }
  auto desired = models(tables);
  for (auto& each : desired.database.tables) each.indexes[0].name_open = true;
  const auto actual = catalog(tables);
  const std::clock_t begin = std::clock();
  EXPECT_TRUE(changes(desired, actual).empty());
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

TEST(Laws, TimeIsLinearInTheNumberOfTables) {
  EXPECT_LT(seconds_for(10000), 30 * seconds_for(1000) + 0.1) << "a quadratic loop takes a hundred times as long";
}

}  // namespace
