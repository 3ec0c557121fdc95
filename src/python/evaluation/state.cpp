#include "python/evaluation/state.h"

namespace python {

namespace {
/// Of the eight megabytes that a thread usually has; sanitizers make frames several times as large.
#ifdef __SANITIZE_ADDRESS__
constexpr std::ptrdiff_t stack_allowed = 7 << 20;
#else
constexpr std::ptrdiff_t stack_allowed = 4 << 20;
#endif
}  // namespace

Here::Here(State& state, Location location) : state_(state), before_(state.here) {
  if (location.source && !location.source->path.starts_with('<')) state.here = location;
}

Depth::Depth(State& state) : state_(state) {
  const char* position = reinterpret_cast<const char*>(__builtin_frame_address(0));
  if (state.depth++ == 0) state.stack_base = position;
  too_deep_ = state.stack_base - position > stack_allowed;
}

}  // namespace python
