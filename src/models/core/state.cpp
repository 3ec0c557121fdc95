#include "models/core/state.h"

#include "models/context.h"

namespace models {

CoreState& state(Context& context) {
  if (!context.core) context.core = std::make_shared<CoreState>();
  return *context.core;
}

}  // namespace models
