#include "app/desired.h"

#include "loader/load.h"
#include "rls/apply.h"

namespace app {
namespace {

/// A configured value as the Python expression that it stands for.
std::string python_expression(const config::GivenValue& given);

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    if (c == '\n') result += "\\n";
    if (c != '\n') result += c;
  }
  return result + "'";
}

struct ToPython {
  std::string operator()(bool truth) const { return truth ? "True" : "False"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return std::to_string(number); }
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(const std::vector<config::GivenValue>& list) const {
    std::string result = "[";
    for (const auto& element : list) result += python_expression(element) + ", ";
    return result + "]";
  }
};

std::string python_expression(const config::GivenValue& given) { return std::visit(ToPython{}, given.value); }

rls::Settings settings_of(const config::Config& config, rls::Provider provider) {
  const config::RlsSettings& given = config.rls;
  rls::Settings settings;
  settings.provider = provider;
  settings.user_setting = given.user_setting;
  settings.admin_role = given.admin_role;
  settings.users_table = given.users_table;
  settings.team_column = given.team_column;
  settings.membership_table = given.membership_table;
  settings.membership_team_column = given.membership_team_column;
  settings.membership_user_column = given.membership_user_column;
  settings.app_roles = given.app_roles;
  for (const auto& role : config.roles) {
    schema::Role made;
    made.name.text = role.name;
    made.login = role.login;
    made.inherit = role.inherit;
    made.bypassrls = role.bypassrls;
    if (role.member_of) {
      made.member_of.emplace();
      for (const auto& group : *role.member_of) made.member_of->push_back({group});
    }
    settings.roles.push_back(std::move(made));
  }
  return settings;
}

}  // namespace

namespace {

models::Options model_options(const Session& session) {
  models::Options options;
  options.root = session.config.root;
  options.paths = session.config.models.paths;
  for (const auto& [name, value] : session.config.models.values) options.values[name] = python_expression(value);
  options.metadata = session.config.models.metadata;
  options.default_schema = session.config.schemas.front();
  return options;
}

base::Result<models::Models> by_loader(const Session& session) {
  if (session.config.models.loader == config::Loader::Auto) {
    session.progress("reading models");
    return models::read(model_options(session));
  }
  loader::Options options;
  options.models = model_options(session);
  options.python = session.config.models.python;
  options.patience = session.config.models.python_timeout;
  options.progress = session.progress;
  return loader::load(options);
}

}  // namespace

base::Result<models::Models> read_models(const Session& session) {
  auto models = by_loader(session);
  if (!models) return models;
  const bool supabase = session.config.rls.provider == config::RlsProvider::Supabase;
  const auto declared =
      declare_row_security(session, supabase ? rls::Provider::Supabase : rls::Provider::Postgres, 0, *models);
  if (!declared) return std::unexpected(declared.error());
  return models;
}

base::Result<rls::Provider> provider(const Session& session, postgres::Connection& connection) {
  if (session.config.rls.provider == config::RlsProvider::Supabase) return rls::Provider::Supabase;
  if (session.config.rls.provider == config::RlsProvider::Postgres) return rls::Provider::Postgres;
  const auto found = connection.query(
      "SELECT (SELECT count(*) FROM pg_catalog.pg_roles WHERE rolname IN ('anon', 'authenticated', 'service_role')) = 3"
      " AND EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
      " WHERE n.nspname = 'auth' AND p.proname = 'uid' AND p.pronargs = 0)");
  if (!found) return std::unexpected(found.error());
  return (*found)[0].boolean(0) ? rls::Provider::Supabase : rls::Provider::Postgres;
}

base::Result<void> declare_row_security(const Session& session, rls::Provider provider, int server_major,
                                        models::Models& models) {
  rls::Settings settings = settings_of(session.config, provider);
  settings.server_major = server_major;
  return rls::apply(models.row_security, settings, models.reading.database);
}

}  // namespace app
