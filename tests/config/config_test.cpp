#include "config/config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>

namespace {

using base::ErrorCode;
using config::Config;

/// A project folder that lives as long as the test.
class Project : public testing::Test {
 protected:
  Project() : root_(std::filesystem::temp_directory_path() / ("config_test_" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_);
  }
  ~Project() override { std::filesystem::remove_all(root_); }

  void write(const std::string& name, const std::string& bytes) {
    std::filesystem::create_directories((root_ / name).parent_path());
    ASSERT_TRUE(base::write_file(root_ / name, bytes));
  }

  base::Result<Config> load(const config::Flags& flags = {}) const {
    return config::load(root_, flags, [this](const std::string& name) -> std::optional<std::string> {
      const auto found = environment_.find(name);
      if (found == environment_.end()) return std::nullopt;
      return found->second;
    });
  }

  std::string url(const config::Flags& flags = {}) const {
    const auto config = load(flags);
    if (!config) return config.error().message;
    return config->database ? config::libpq_url(*config->database) : config->database.error().message;
  }

  base::Error error() const {
    const auto config = load();
    return config ? base::Error{} : config.error();
  }

  base::Path root_;
  std::map<std::string, std::string> environment_;
};

TEST_F(Project, UrlPrecedence) {
  EXPECT_EQ(load()->database.error().code, ErrorCode::ConfigNotFound);
  write("alembic.ini", "[alembic]\nsqlalchemy.url = postgresql://h/alembic\n");
  EXPECT_EQ(url(), "postgresql:///alembic?host=h");
  write("pyproject.toml", "[tool.agent-migrate]\ndatabase-url = 'postgresql://h/pyproject'\n");
  EXPECT_EQ(url(), "postgresql:///pyproject?host=h");
  write(".env", "DATABASE_URL=postgresql://h/dotenv\n");
  EXPECT_EQ(url(), "postgresql:///dotenv?host=h");
  write(".agent-migrate.toml", "database-url = 'postgresql://h/toml'\n");
  EXPECT_EQ(url(), "postgresql:///toml?host=h");
  environment_["DATABASE_URL"] = "postgresql://h/environment";
  EXPECT_EQ(url(), "postgresql:///environment?host=h");
  EXPECT_EQ(url({.database_url = "postgresql://h/flag"}), "postgresql:///flag?host=h");
}

TEST_F(Project, EmptySourcesAreNone) {
  write(".env", "# DATABASE_URL=postgresql://h/comment\nOTHER_DATABASE_URL=postgresql://h/other\nDATABASE_URL=\n");
  write("alembic.ini",
        "[alembic]\nscript_location = m\n; sqlalchemy.url = postgresql://h/x\n[postgres]\nsqlalchemy.url = "
        "postgresql://h/y\n");
  write("pyproject.toml", "[tool.other]\ndatabase-url = 'postgresql://h/z'\n");
  environment_["DATABASE_URL"] = " ";
  EXPECT_EQ(load()->database.error().code, ErrorCode::ConfigNotFound);
  EXPECT_NE(load()->database.error().hint.find("--db-url"), std::string::npos);
}

TEST_F(Project, TheTemplateOfAlembicIsNoUrl) {
  write("alembic.ini", "[alembic]\nscript_location = m\nsqlalchemy.url = driver://user:pass@localhost/dbname\n");
  EXPECT_EQ(load()->database.error().code, ErrorCode::ConfigNotFound);
}

TEST_F(Project, AnEmptyFlagDoesNotFallThrough) {
  environment_["DATABASE_URL"] = "postgresql://h/environment";
  EXPECT_EQ(load({.database_url = ""})->database.error().code, ErrorCode::ConfigInvalid);
}

TEST_F(Project, UrlNamesAVariable) {
  write(".agent-migrate.toml", "\ndatabase-url = \"env:APP_DB\"\n");
  const auto missing = load()->database.error();
  EXPECT_EQ(missing.code, ErrorCode::ConfigNotFound);
  EXPECT_NE(missing.message.find(".agent-migrate.toml:2"), std::string::npos);
  EXPECT_NE(missing.message.find("APP_DB"), std::string::npos);
  write(".env", "APP_DB=postgresql://h/dotenv");
  EXPECT_EQ(url(), "postgresql:///dotenv?host=h");
  environment_["APP_DB"] = "postgresql://h/app";
  EXPECT_EQ(url(), "postgresql:///app?host=h");
}

TEST_F(Project, AnotherDatabaseIsRefusedWithItsPlace) {
  write(".env", "A=1\nDATABASE_URL=mysql+pymysql://root:my-secret@h/shop\n");
  const auto error = load()->database.error();
  EXPECT_EQ(error.code, ErrorCode::ConfigInvalid);
  EXPECT_EQ(error.place.file, ".env");
  EXPECT_EQ(error.place.line, 2);
  EXPECT_NE(error.message.find("mysql"), std::string::npos);
  EXPECT_NE(error.message.find("PostgreSQL"), std::string::npos);
  EXPECT_EQ(error.message.find("my-secret"), std::string::npos);
}

TEST_F(Project, AllSettings) {
  write(".agent-migrate.toml", R"(
[database]
schemas = ["app", "audit"]
exclude_tables = ["celery_*"]
[models]
paths = "app/models"
loader = "python"
python = ".venv/bin/python"
[models.values]
"app.settings.SCHEMA" = "core"
app.settings.DEBUG = true
app.settings.LIMITS = [1, 2.5]
[migrations]
directory = "db"
format = "sql"
history = "changes"
[plan]
online = false
lock_timeout = "2min"
[rls]
provider = "supabase"
user-setting = "app.uid"
app_roles = ["web"]
[roles.reader]
login = true
member_of = ["auditor"]
)");
  const auto config = load({.exclude_tables = {"x"}});
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->schemas, (std::vector<std::string>{"app", "audit"}));
  EXPECT_EQ(config->exclude_tables, (std::vector<std::string>{"celery_*", "x"}));
  EXPECT_EQ(config->models.paths, std::vector<std::string>{"app/models"});
  EXPECT_EQ(config->models.loader, config::Loader::Python);
  ASSERT_EQ(config->models.values.size(), 3);
  EXPECT_EQ(config->migrations.schema, "app");
  EXPECT_EQ(config->migrations.history, "changes");
  EXPECT_EQ(config->migrations.format, config::MigrationFormat::Sql);
  EXPECT_FALSE(config->plan.online);
  EXPECT_EQ(config->plan.lock_timeout, std::chrono::minutes(2));
  EXPECT_EQ(config->rls.provider, config::RlsProvider::Supabase);
  EXPECT_EQ(config->rls.user_setting, "app.uid");
  ASSERT_EQ(config->roles.size(), 1);
  EXPECT_EQ(config->roles[0].login, true);
  EXPECT_EQ(config->roles[0].bypassrls, std::nullopt);
}

TEST_F(Project, TheSettingsFileGoesOverPyproject) {
  write("pyproject.toml", "[tool.agent-migrate.database]\nschemas = ['a']\nexclude_tables = ['t']\n");
  write(".agent-migrate.toml", "[database]\nschemas = ['b']\n");
  const auto config = load();
  EXPECT_EQ(config->schemas, std::vector<std::string>{"b"});
  EXPECT_EQ(config->exclude_tables, std::vector<std::string>{"t"});
  EXPECT_EQ(load({.schemas = {"c"}})->schemas, std::vector<std::string>{"c"});
  EXPECT_EQ(load({.schemas = {"c"}})->migrations.schema, "b");
}

TEST_F(Project, UnknownKeysAndWrongKinds) {
  write(".agent-migrate.toml", "[database]\nexclude_table = ['a']\n");
  EXPECT_EQ(error().code, ErrorCode::ConfigInvalid);
  EXPECT_EQ(error().place, (base::Place{".agent-migrate.toml", 2, 1}));
  EXPECT_EQ(error().hint, "did you mean \"exclude_tables\"?");
  write(".agent-migrate.toml", "[plan]\nlock_timeout = '3 parsecs'\n");
  EXPECT_NE(error().message.find("a time expected"), std::string::npos);
  write(".agent-migrate.toml", "[plan]\nonline = 'yes'\n");
  EXPECT_NE(error().message.find("true or false expected"), std::string::npos);
  write(".agent-migrate.toml", "[rls]\nprovider = 'oracle'\n");
  EXPECT_NE(error().message.find("\"auto\", \"supabase\", \"postgres\""), std::string::npos);
  write(".agent-migrate.toml", "database = 3\n");
  EXPECT_EQ(error().code, ErrorCode::ConfigInvalid);
}

TEST_F(Project, MalformedToml) {
  write(".agent-migrate.toml", "[database]\nschema = \"public\"\nexclude_tables = [\"a\", \"b\"\nurl = \n");
  EXPECT_EQ(error().code, ErrorCode::ConfigInvalid);
  EXPECT_EQ(error().place.line, 4);
  write(".agent-migrate.toml", "a = \"\xff\"\n");
  EXPECT_EQ(error().code, ErrorCode::ConfigInvalid);
  write(".agent-migrate.toml", std::string(100000, '['));
  EXPECT_EQ(error().code, ErrorCode::ConfigInvalid);
}

TEST_F(Project, AlembicIni) {
  write("alembic.ini", R"(
[DEFAULT]
db_host = 127.0.0.1
[alembic]
script_location = %(here)s/migrations
file_template = %%(year)d_%%(rev)s
version_locations = %(here)s/one
    %(here)s/two
db_port: 5
truncate_slug_length = 20
sqlalchemy.url = postgresql+psycopg2://app:p%%40ss%%25w@%(db_host)s:%(db_port)s/app?sslrootcert=%(here)s/ca.pem
[loggers]
keys = %(
)");
  const auto config = load();
  ASSERT_TRUE(config) << config.error().message;
  const auto& alembic = config->alembic.value();
  EXPECT_EQ(alembic.script_location, root_ / "migrations");
  EXPECT_EQ(alembic.file_template, "%(year)d_%(rev)s");
  EXPECT_EQ(alembic.version_locations, (std::vector<base::Path>{root_ / "one", root_ / "two"}));
  EXPECT_EQ(alembic.truncate_slug_length, 20);
  EXPECT_EQ(config->database->password, "p@ss%w");
  EXPECT_EQ(config->database->parameters[0].value, (root_ / "ca.pem").string());
  EXPECT_EQ(config::label(*config->database), "PostgreSQL 127.0.0.1:5/app");
}

TEST_F(Project, AlembicIniThatIsWrong) {
  write("alembic.ini", "[alembic]\nscript_location = %(nowhere)s/x\n");
  EXPECT_EQ(error().code, ErrorCode::ConfigInvalid);
  EXPECT_EQ(error().place, (base::Place{"alembic.ini", 2, 0}));
  write("alembic.ini", "script_location = m\n");
  EXPECT_EQ(error().code, ErrorCode::ConfigInvalid);
  write("alembic.ini", "[alembic]\na = %(b)s\nb = %(a)s\nscript_location = %(a)s\n");
  EXPECT_EQ(error().code, ErrorCode::ConfigInvalid);
}

TEST_F(Project, AUrlThatEnvPyFillsInIsOnlyWrongWhenNeeded) {
  write("alembic.ini",
        "[alembic]\nscript_location = m\nsqlalchemy.url = "
        "postgresql://%(DB_USER)s:%(DB_PASS)s@%(DB_HOST)s:%(DB_PORT)s/x\n");
  EXPECT_EQ(load()->database.error().code, ErrorCode::ConfigInvalid);
  environment_["DATABASE_URL"] = "postgresql://h/environment";
  EXPECT_EQ(url(), "postgresql:///environment?host=h");
}

TEST_F(Project, AlembicInPyproject) {
  write("pyproject.toml",
        "[tool.alembic]\nscript_location = \"%(here)s/db\"\nfile_template = \"%%(rev)s\"\nversion_locations = "
        "[\"%(here)s/a b\", \"c\"]\n");
  const auto alembic = load()->alembic.value();
  EXPECT_EQ(alembic.script_location, root_ / "db");
  EXPECT_EQ(alembic.file_template, "%(rev)s");
  EXPECT_EQ(alembic.version_locations, (std::vector<base::Path>{root_ / "a b", root_ / "c"}));
}

TEST_F(Project, FlaskMigrate) {
  write("migrations/alembic.ini", "[alembic]\n");
  write("migrations/env.py", "");
  EXPECT_EQ(load()->alembic->script_location, root_ / "migrations");
}

TEST_F(Project, PackageLocation) {
  write("src/app/db/env.py", "");
  write("alembic.ini", "[alembic]\nscript_location = app.db:migrations\n");
  EXPECT_EQ(load()->alembic->script_location, root_ / "src/app/db/migrations");
}

TEST_F(Project, ASubjectOfAnotherFileTypeIsNoFile) {
  std::filesystem::create_directories(root_ / ".env");
  std::filesystem::create_directories(root_ / ".agent-migrate.toml");
  EXPECT_EQ(load()->database.error().code, ErrorCode::ConfigNotFound);
}

}  // namespace
