#include "base/graph.h"

#include <gtest/gtest.h>

namespace {

TEST(Graph, IsStable) {
  const auto order = base::topological_order(4, {{3, 0}});
  EXPECT_EQ(order.nodes, (std::vector<std::size_t>{1, 2, 3, 0}));
  EXPECT_TRUE(order.broken.empty());
}

TEST(Graph, BreaksCycles) {
  const auto order = base::topological_order(3, {{0, 1}, {1, 2}, {2, 0}});
  EXPECT_EQ(order.nodes, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(order.broken, (std::vector<base::Edge>{{2, 0}}));
}

}  // namespace
