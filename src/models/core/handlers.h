#pragma once

#include <span>
#include <string_view>

#include "models/core/names.h"

/// The tables of handlers, one a file of constructs.
namespace models {

std::span<const NamedHandler> schema_handlers();      ///< MetaData, Table, Column
std::span<const NamedHandler> constraint_handlers();  ///< constraints and indexes
std::span<const NamedHandler> sequence_handlers();    ///< sequences, identities, computed columns, defaults
std::span<const NamedHandler> expression_handlers();  ///< text, func, case, …
std::span<const NamedHandler> event_handlers();       ///< events, DDL
std::span<const NamedHandler> type_handlers();        ///< conv, quoted_name, to_instance, as_mutable

/// Names with a meaning that are not called: `sqlalchemy.func`, `sqlalchemy.BLANK_SCHEMA`.
std::span<const std::string_view> core_constants();

/// A handler, a constant or a type of the Core.
bool is_core_name(std::string_view canonical);

}  // namespace models
