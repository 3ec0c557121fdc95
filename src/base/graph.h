#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace base {

/// An edge {first, second}: `first` must come before `second`.
using Edge = std::pair<std::size_t, std::size_t>;

struct Order {
  std::vector<std::size_t> nodes;  ///< all nodes; those of cycles stand where their number puts them
  std::vector<Edge> broken;        ///< the edges that the order does not fulfil, because they close a cycle
};

/// Stable topological sort of the nodes 0 … count-1: among those that may come next, the smallest number first.
/// Linear in nodes and edges but for the heap.
Order topological_order(std::size_t count, const std::vector<Edge>& edges);

}  // namespace base
