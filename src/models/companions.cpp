#include "models/companions.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "models/context.h"
#include "python/evaluation/interpreter.h"

namespace embedded {
extern const std::string_view companion_advanced_alchemy;
extern const std::string_view companion_authlib_oauth2;
extern const std::string_view companion_fastapi_users_db_sqlalchemy;
extern const std::string_view companion_flask_login;
extern const std::string_view companion_flask_security;
extern const std::string_view companion_flask_sqlalchemy;
extern const std::string_view companion_neutron_lib_db;
extern const std::string_view companion_oslo_db_models;
extern const std::string_view companion_sqlalchemy_continuum;
extern const std::string_view companion_sqlalchemy_utils_models;
}  // namespace embedded

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
struct Description {
  std::string_view path;  ///< of the module, without ".py"
  const std::string_view* source;
};

struct Alias {
  std::string_view path;
  std::string_view module;  ///< gives away the names of this one
};

/// To describe one more: its file, its name in CMakeLists.txt, and a line here.
constexpr std::array<Description, 10> descriptions = {{
    {"advanced_alchemy/base", &embedded::companion_advanced_alchemy},
    {"authlib/integrations/sqla_oauth2/__init__", &embedded::companion_authlib_oauth2},
    {"fastapi_users_db_sqlalchemy/__init__", &embedded::companion_fastapi_users_db_sqlalchemy},
    {"flask_login/__init__", &embedded::companion_flask_login},
    {"flask_security/__init__", &embedded::companion_flask_security},
    {"flask_sqlalchemy/__init__", &embedded::companion_flask_sqlalchemy},
    {"neutron_lib/db/model_base", &embedded::companion_neutron_lib_db},
    {"oslo_db/sqlalchemy/models", &embedded::companion_oslo_db_models},
    {"sqlalchemy_continuum/__init__", &embedded::companion_sqlalchemy_continuum},
    {"agent_migrate_sqlalchemy_utils", &embedded::companion_sqlalchemy_utils_models},
}};

constexpr std::array<Alias, 17> aliases = {{
    {"advanced_alchemy/__init__", "advanced_alchemy.base"},
    {"advanced_alchemy/extensions/__init__", "advanced_alchemy.base"},
    {"advanced_alchemy/extensions/litestar/__init__", "advanced_alchemy.base"},
    {"advanced_alchemy/mixins/__init__", "advanced_alchemy.base"},
    {"litestar/contrib/sqlalchemy/base", "advanced_alchemy.base"},
    {"litestar/plugins/sqlalchemy/__init__", "advanced_alchemy.base"},
    {"litestar/plugins/sqlalchemy/base", "advanced_alchemy.base"},
    {"litestar/plugins/sqlalchemy/mixins", "advanced_alchemy.base"},
    {"fastapi_users_db_sqlalchemy/access_token", "fastapi_users_db_sqlalchemy"},
    {"fastapi_users/db", "fastapi_users_db_sqlalchemy"},
    {"flask_login/mixins", "flask_login"},
    {"flask_security/core", "flask_security"},
    {"flask_sqlalchemy/model", "flask_sqlalchemy"},
    {"flask_sqlalchemy/extension", "flask_sqlalchemy"},
    {"neutron_lib/db/constants", "neutron_lib.db.model_base"},
    {"neutron_lib/db/sqlalchemytypes", "neutron_lib.db.model_base"},
    {"neutron_lib/db/standard_attr", "neutron_lib.db.model_base"},
}};

/// Names that a package of types has beside them.
constexpr std::array<std::string_view, 5> utils_names = {"Timestamp", "generic_repr", "observes", "force_auto_coercion",
                                                         "force_instant_defaults"};

std::string path_of(std::string_view module) {
  return std::string(companions_folder) + "/" + std::string(module) + ".py";
}

bool is_companion_path(std::string_view path) { return path.starts_with(companions_folder); }

/// `not_read("…")`: says so where the project calls the function that calls it.
Outcome not_read(Interpreter& interpreter, const Arguments& arguments) {
  const auto* what = arguments.at(0) ? arguments.at(0)->as<python::Str>() : nullptr;
  report_unresolved(interpreter, arguments.location, (what ? what->text : "this") + " are not read");
  return interpreter.none();
}

std::string as_path(std::string_view module) { return base::replaced(std::string(module), ".", "/"); }

/// "litestar.handlers" belongs to a package of which something is described.
bool is_described_package(std::string_view module) {
  const std::string top = std::string(module.substr(0, module.find('.'))) + "/";
  const auto begins = [&](const auto& entry) { return entry.path.starts_with(top); };
  return std::ranges::any_of(descriptions, begins) || std::ranges::any_of(aliases, begins);
}

/// The module of that name as its description gives it, or null.
python::Module* described_module(Interpreter& interpreter, std::string_view name) {
  const std::string path = as_path(name);
  const auto is_here = [&](const auto& entry) { return entry.path == path || entry.path == path + "/__init__"; };
  const auto description = std::ranges::find_if(descriptions, is_here);
  if (description != descriptions.end()) return interpreter.import_file(path_of(description->path));
  const auto alias = std::ranges::find_if(aliases, is_here);
  return alias != aliases.end() ? interpreter.import_file(path_of(alias->path)) : nullptr;
}

/// The module is described, or a package above one that is.
bool leads_to_description(std::string_view module) {
  const std::string path = as_path(module);
  const auto leads = [&](const auto& entry) { return entry.path == path || entry.path.starts_with(path + "/"); };
  return std::ranges::any_of(descriptions, leads) || std::ranges::any_of(aliases, leads);
}

/// What SQLAlchemy-Utils has beside types.
Outcome beside_types(Interpreter& interpreter, std::string_view name) {
  if (std::ranges::find(utils_names, name) == utils_names.end()) return python::absent;
  const python::Module* module = interpreter.import_file(path_of("agent_migrate_sqlalchemy_utils"));
  const Value* found = module ? module->attributes->find(name) : nullptr;
  return found ? Outcome(*found) : Outcome(python::absent);
}

class CompanionHost final : public python::Host {
 public:
  /// `__outside__.package` is what a described package has besides: names that mean nothing to tables.
  Outcome outside(Interpreter& interpreter, std::string_view name) override {
    if (name == "__outside__" || name.starts_with("__outside__.")) return interpreter.external(name);
    if (name == "__companion__" || name.starts_with("__companion__.")) return interpreter.external(name);
    if (name.starts_with("sqlalchemy_utils.")) return beside_types(interpreter, name.substr(name.rfind('.') + 1));
    if (python::Module* module = described_module(interpreter, name)) return module;
    return python::absent;
  }

  Outcome call(Interpreter& interpreter, const python::External& callee, Arguments& arguments) override {
    if (callee.qualified_name == "__companion__.not_read") return not_read(interpreter, arguments);
    return python::absent;
  }
};
/// The rest of packages of which something is described means nothing to tables, as far as is known.
class UndescribedHost final : public python::Host {
 public:
  Outcome outside(Interpreter& interpreter, std::string_view name) override {
    if (!is_described_package(name) || leads_to_description(name)) return python::absent;
    if (name.starts_with("flask_security.models.")) {
      return interpreter.unknown("the model classes of flask_security are not described");
    }
    return interpreter.external(name);
  }
};
}  // namespace

CompanionFiles::CompanionFiles(python::Files& disk) : disk_(disk) {
  for (const Description& description : descriptions) {
    companions_.add(path_of(description.path), std::string(*description.source));
  }
  for (const Alias& alias : aliases) {
    const std::string module(alias.module);
    companions_.add(path_of(alias.path), "from " + module + " import *\nfrom " + module + " import __getattr__\n");
  }
}

bool CompanionFiles::is_file(const std::string& path) {
  return is_companion_path(path) ? companions_.is_file(path) : disk_.is_file(path);
}

bool CompanionFiles::is_folder(const std::string& path) {
  return is_companion_path(path) ? companions_.is_folder(path) : disk_.is_folder(path);
}

std::vector<std::string> CompanionFiles::entries(const std::string& folder) {
  return is_companion_path(folder) ? companions_.entries(folder) : disk_.entries(folder);
}

const python::ParsedFile* CompanionFiles::parsed(const std::string& path) {
  return is_companion_path(path) ? companions_.parsed(path) : disk_.parsed(path);
}

std::optional<std::string> CompanionFiles::bytes(const std::string& path) {
  return is_companion_path(path) ? companions_.bytes(path) : disk_.bytes(path);
}

std::unique_ptr<python::Host> undescribed_host() { return std::make_unique<UndescribedHost>(); }

std::unique_ptr<python::Host> companion_host() { return std::make_unique<CompanionHost>(); }

}  // namespace models
