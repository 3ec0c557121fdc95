#pragma once

#include <span>
#include <string_view>

#include "models/core/names.h"
#include "models/orm/objects.h"

namespace models::orm {

/// `event.listen`, `event.listens_for` and `event.remove` where they concern mappers; absent for other targets.
std::span<const NamedHandler> event_handlers();

/// Calls what listens to an event of a mapper; `mapping` is null where the event concerns all of them.
void run_listeners(python::Interpreter&, std::string_view event, ClassMapping* mapping);

}  // namespace models::orm
