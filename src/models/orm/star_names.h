#pragma once

#include <string>
#include <string_view>

namespace models::orm {

/// After `from sqlalchemy import *` and `from sqlalchemy.orm import *` a name may be asked of the wrong one of the two
/// modules. The name as the module that has it calls it; the name itself everywhere else.
std::string name_in_right_module(std::string_view qualified_name);

}  // namespace models::orm
