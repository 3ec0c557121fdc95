#include "base/graph.h"

#include <functional>
#include <queue>

namespace base {

Order topological_order(std::size_t count, const std::vector<Edge>& edges) {
  std::vector<std::vector<std::size_t>> successors(count);
  std::vector<std::size_t> waiting(count, 0);
  for (const auto& [first, second] : edges) {
    if (first == second) continue;
    successors[first].push_back(second);
    ++waiting[second];
  }
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t node = 0; node < count; ++node) {
    if (waiting[node] == 0) ready.push(node);
  }
  Order order;
  std::vector<std::size_t> position(count, count);
  std::size_t next_of_cycle = 0;
  while (order.nodes.size() < count) {
    if (ready.empty()) {  // only cycles are left: the smallest node goes first, its unmet edges are broken
      while (position[next_of_cycle] != count) ++next_of_cycle;
      ready.push(next_of_cycle);
    }
    const std::size_t node = ready.top();
    ready.pop();
    if (position[node] != count) continue;
    position[node] = order.nodes.size();
    order.nodes.push_back(node);
    for (const std::size_t successor : successors[node]) {
      if (--waiting[successor] == 0 && position[successor] == count) ready.push(successor);
    }
  }
  for (const auto& edge : edges) {
    if (edge.first != edge.second && position[edge.first] > position[edge.second]) order.broken.push_back(edge);
  }
  return order;
}

}  // namespace base
