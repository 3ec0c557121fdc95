#pragma once

#include <optional>
#include <string>

#include "schema/kinds.h"

/// How a difference shows the two sides.
namespace plan {

using Shown = std::optional<std::string>;

Shown shown_value(const schema::Column& column);  ///< its type
Shown shown_value(const schema::PrimaryKey& key);
Shown shown_value(const schema::Unique& unique);
Shown shown_value(const schema::Check& check);
Shown shown_value(const schema::ForeignKey& key);
Shown shown_value(const schema::Exclusion& exclusion);
Shown shown_value(const schema::Index& index);
Shown shown_value(const schema::EnumType& type);
Shown shown_value(const schema::Domain& domain);
Shown shown_value(const schema::Sequence& sequence);
Shown shown_value(const schema::View& view);
Shown shown_value(const schema::Routine& routine);
Shown shown_value(const schema::Trigger& trigger);
Shown shown_value(const schema::Policy& policy);
Shown shown_value(const schema::Grant& grant);
Shown shown_value(const schema::Role& role);

template <class T>
Shown value_of(const T& object) {
  if constexpr (requires { shown_value(object); }) {
    return shown_value(object);
  } else {
    return std::nullopt;
  }
}

/// One attribute of a column, by the difference's type: "column_default_changed".
Shown column_value(const schema::Column& column, const std::string& difference_type);

}  // namespace plan
