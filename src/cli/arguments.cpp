#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <map>
#include <string_view>

#include "cli/version.h"

namespace cli {
namespace {

using app::Arguments;
using app::Command;

constexpr std::string_view about =
    "Keep a PostgreSQL database in step with the SQLAlchemy / SQLModel models of a Python project,\n"
    "Row Level Security, roles and grants included. Models are read without running Python.\n";

constexpr std::string_view general_footer =
    "Examples:\n"
    "  agent-migrate auto --json\n"
    "  agent-migrate auto --generate -m \"add phone to users\" --json\n"
    "  agent-migrate auto --apply --execute -m \"add phone to users\" --json\n"
    "  agent-migrate check --db-url postgresql://localhost/app\n"
    "\n"
    "Exit status: 0 done, 1 error, 2 drift (check, and --exit-code).\n"
    "The database URL comes from --db-url, DATABASE_URL, .agent-migrate.toml, .env, pyproject.toml or alembic.ini.";

void add_common(CLI::App& command, Arguments& a) {
  static const std::map<std::string, app::Colour> colours{
      {"auto", app::Colour::Auto}, {"always", app::Colour::Always}, {"never", app::Colour::Never}};
  command.add_flag("--json", a.json, "One JSON object on standard output, nothing else");
  command.add_option("-p,--path", a.path, "The project's root")->type_name("DIR")->default_str(".");
  command.add_option("--db-url", a.db_url, "The database; `embedded` is a private server of the project")
      ->type_name("URL");
  command.add_option("-s,--schema", a.schemas, "A schema to look at (default: public); may be repeated")
      ->type_name("NAME");
  command
      .add_option("--exclude-tables", a.exclude_tables, "Tables to leave alone, shell patterns, separated by commas")
      ->type_name("A,B")
      ->delimiter(',');
  command
      .add_option(
          "--from", a.from,
          "The state to start from (default: the database): models, a URL, a .sql file, a folder of migrations, empty")
      ->type_name("STATE");
  command.add_option("--to", a.to, "The state to reach (default: models)")->type_name("STATE");
  command.add_flag("--drop-unmanaged", a.drop_unmanaged, "Tables that no model describes are to be dropped");
  command
      .add_option("--loader", a.loader,
                  "How models are read: auto and static read them without running Python, python imports them")
      ->type_name("HOW")
      ->check(CLI::IsMember({"auto", "static", "python"}));
  command
      .add_option("--python", a.python,
                  "The interpreter for --loader python (default: the project's .venv, then python3)")
      ->type_name("PATH");
  command.add_flag("-q,--quiet", a.quiet, "Say only what was asked for");
  command.add_flag("-v,--verbose", a.verbose, "Say more on standard error");
  command.add_option("--color", a.colour, "auto, always or never")
      ->type_name("WHEN")
      ->transform(CLI::CheckedTransformer(colours).description(""));
}

void add_planning(CLI::App& command, Arguments& a) {
  command.add_option("--rename", a.renames, "OLD=NEW: table=table, schema.table=schema.table or table.column=column")
      ->type_name("OLD=NEW");
  command.add_option("--rename-type", a.type_renames, "An enum type's old and new name")->type_name("OLD=NEW");
  command.add_option("--rename-value", a.value_renames, "type.OLD=NEW: an enum label's old and new name")
      ->type_name("TYPE.OLD=NEW");
  command.add_option("--using", a.using_expressions, "table.column=EXPRESSION: how a column's values are converted")
      ->type_name("T.C=EXPRESSION");
  command.add_option("--backfill", a.backfills, "table.column=EXPRESSION: what existing rows get in a new column")
      ->type_name("T.C=EXPRESSION");
  command.add_flag("--probe", a.probe, "Look at the data of huge tables too");
}

void add_exit_code(CLI::App& command, Arguments& a) {
  command.add_flag("--exit-code", a.exit_code, "Exit with 2 when there is drift");
}

void add_verify(CLI::App& command, Arguments& a) {
  command.add_flag_callback(
      "--verify", [&a] { a.verify = true; },
      "Prove the plan on a scratch server (the default where a migration is written)");
  command.add_flag_callback(
      "--no-verify", [&a] { a.verify = false; }, "Do not prove the plan");
}

void add_execution(CLI::App& command, Arguments& a) {
  command.add_flag("--execute", a.execute, "Apply for real; without it nothing is changed");
  command.add_flag("--force", a.force, "Accept steps whose risk is danger");
}

CLI::Option* add_message(CLI::App& command, Arguments& a) {
  return command.add_option("-m,--message", a.message, "What the migration does, in a few words")->type_name("TEXT");
}

CLI::App& add_command(CLI::App& parent, Arguments& a, Command command, const std::string& name,
                      const std::string& description, const std::string& footer) {
  CLI::App& made = *parent.add_subcommand(name, description);
  // The callback of a command runs after that of its own subcommand, which is the one that counts.
  made.callback([&a, &made, command] {
    if (made.get_subcommands().empty()) a.command = command;
  });
  made.footer(footer);
  return made;
}

void add_comparing_commands(CLI::App& root, Arguments& a) {
  CLI::App& automatic = add_command(root, a, Command::Auto, "auto",
                                    "Drift detection and plan in one step; can write and apply the migration too",
                                    "Examples:\n"
                                    "  agent-migrate auto --json\n"
                                    "  agent-migrate auto --generate -m \"add phone\"\n"
                                    "  agent-migrate auto --apply --execute -m \"add phone\"");
  add_common(automatic, a);
  add_planning(automatic, a);
  add_exit_code(automatic, a);
  automatic.add_flag("--generate", a.generate, "Write the migration file");
  automatic.add_flag("--apply", a.apply, "Apply the migration file (written first if there is none)");
  add_verify(automatic, a);
  add_execution(automatic, a);
  add_message(automatic, a);

  CLI::App& snapshot =
      add_command(root, a, Command::Snapshot, "snapshot", "The models and the database as they are now",
                  "Examples:\n  agent-migrate snapshot --json\n  agent-migrate snapshot --explain");
  add_common(snapshot, a);
  snapshot.add_flag("--explain", a.explain, "List everything that could not be resolved, and what would settle it");

  CLI::App& diff =
      add_command(root, a, Command::Diff, "diff", "The differences only",
                  "Examples:\n"
                  "  agent-migrate diff\n"
                  "  agent-migrate diff --from postgresql://localhost/old --to postgresql://localhost/new");
  add_common(diff, a);
  add_planning(diff, a);
  add_exit_code(diff, a);

  CLI::App& plan =
      add_command(root, a, Command::Plan, "plan", "The SQL that would run, step by step, with risk, locks and rollback",
                  "Examples:\n"
                  "  agent-migrate plan\n"
                  "  agent-migrate plan --sql | psql -v ON_ERROR_STOP=1 -f -\n"
                  "  agent-migrate plan --from empty --to schema.sql --sql");
  add_common(plan, a);
  add_planning(plan, a);
  add_exit_code(plan, a);
  plan.add_flag("--sql", a.sql, "The script alone, ready for psql -v ON_ERROR_STOP=1 -f");
  add_verify(plan, a);

  CLI::App& check = add_command(root, a, Command::Check, "check", "For CI: exit status 0 in sync, 2 drift, 1 error",
                                "Example:\n  agent-migrate check --strict");
  add_common(check, a);
  check.add_flag("--strict", a.strict, "What could not be understood counts as drift");
}

void add_migrating_commands(CLI::App& root, Arguments& a) {
  CLI::App& generate =
      add_command(root, a, Command::Generate, "generate",
                  "Write a migration file: an Alembic revision in an Alembic project, else a .sql file",
                  "Example:\n  agent-migrate generate -m \"add phone to users\"");
  add_common(generate, a);
  add_planning(generate, a);
  add_verify(generate, a);
  add_message(generate, a)->required();
  generate.add_flag("--force", a.force, "Write steps whose risk is danger without asking again");

  CLI::App& apply = add_command(root, a, Command::Apply, "apply", "Show what would be applied; --execute applies it",
                                "Examples:\n  agent-migrate apply\n  agent-migrate apply --execute");
  add_common(apply, a);
  add_execution(apply, a);
}

void add_rls_commands(CLI::App& root, Arguments& a) {
  CLI::App& rls = add_command(
      root, a, Command::Rls, "rls", "Row Level Security of every table: enabled, forced, policies, findings",
      "Examples:\n  agent-migrate rls --json\n  agent-migrate rls explain posts --as app_user --set app.user_id=42");
  add_common(rls, a);
  add_exit_code(rls, a);
  rls.require_subcommand(0, 1);
  CLI::App& explain = add_command(rls, a, Command::RlsExplain, "explain",
                                  "What a role may do with a table, counted by PostgreSQL as that role",
                                  "Example:\n  agent-migrate rls explain posts --as app_user --set app.user_id=42");
  add_common(explain, a);
  explain.add_option("table", a.table, "The table, perhaps with its schema")->required()->type_name("TABLE");
  explain.add_option("--as", a.role, "The role")->required()->type_name("ROLE");
  explain.add_option("--set", a.settings, "A setting, as the application would make it")->type_name("NAME=VALUE");
}

void add_embedded_command(CLI::App& root, Arguments& a) {
  CLI::App& embedded = add_command(root, a, Command::Embedded, "embedded", "The project's private PostgreSQL server",
                                   "Examples:\n"
                                   "  agent-migrate embedded start\n"
                                   "  agent-migrate embedded psql -- -c 'SELECT 1'\n"
                                   "  agent-migrate embedded stop");
  add_common(embedded, a);
  embedded.add_option("action", a.action, "start, stop, status, url or psql")
      ->required()
      ->type_name("ACTION")
      ->check(CLI::IsMember({"start", "stop", "status", "url", "psql"}));
  embedded.add_option("arguments", a.psql_arguments, "For psql: what follows --")->type_name("ARGUMENT");
}

void add_skill_command(CLI::App& root, Arguments& a) {
  CLI::App& skill = *root.add_subcommand("skill", "The skill file that teaches coding agents this program");
  skill.require_subcommand(1);
  CLI::App& install =
      add_command(skill, a, Command::SkillInstall, "install", "Write SKILL.md where coding agents look for it",
                  "Examples:\n  agent-migrate skill install\n  agent-migrate skill install --dir .claude/skills");
  add_common(install, a);
  install.add_option("--dir", a.directory, "The folder of skills (default: .claude/skills in the project)")
      ->type_name("DIR");
}

std::string mistake(const CLI::ParseError& error) {
  std::string message = error.what();
  while (!message.empty() && message.back() == '\n') message.pop_back();
  return message;
}

}  // namespace

base::Result<std::variant<app::Arguments, Information>> parsed(int count, const char* const* words) {
  Arguments a;
  CLI::App root{std::string(about), "agent-migrate"};
  root.footer(std::string(general_footer));
  root.set_version_flag("--version", std::string("agent-migrate ") + std::string(version));
  root.require_subcommand(1);
  root.set_help_all_flag("--help-all", "The help of every command");
  add_comparing_commands(root, a);
  add_migrating_commands(root, a);
  add_rls_commands(root, a);
  add_embedded_command(root, a);
  add_skill_command(root, a);
  if (count <= 1) return Information{root.help()};
  try {
    root.parse(count, words);
  } catch (const CLI::CallForHelp&) {
    const CLI::App* asked = &root;
    while (!asked->get_subcommands().empty()) asked = asked->get_subcommands().front();
    return Information{asked->help(asked == &root ? "" : root.get_name())};
  } catch (const CLI::CallForAllHelp&) {
    return Information{root.help("", CLI::AppFormatMode::All)};
  } catch (const CLI::CallForVersion& said) {
    return Information{std::string(said.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    return base::failure(base::ErrorCode::ConfigInvalid, mistake(error), "see agent-migrate --help, or COMMAND --help");
  }
  return a;
}

bool wants_json(int count, const char* const* words) {
  for (int i = 1; i < count; ++i) {
    if (std::string_view(words[i]) == "--json") return true;
  }
  return false;
}

}  // namespace cli
