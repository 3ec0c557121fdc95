#include "postgres/spelling/question.h"

#include "base/text.h"
#include "postgres/catalog.h"

namespace embedded {
extern const std::string_view spelling_questions;
}

namespace postgres::spelling {
namespace {
/// "SELECT set_config(…)" as plpgsql runs it without a result.
std::string block() {
  const std::string settings = "PERFORM" + canonical_settings.substr(canonical_settings.find(' '));
  return base::replaced(std::string(embedded::spelling_questions), "{{settings}}",
                        std::string(base::trimmed(settings)));
}

std::string number_array(const std::vector<std::size_t>& numbers) {
  std::string text = "{";
  for (const std::size_t number : numbers) text += (text.size() > 1 ? "," : "") + std::to_string(number);
  return text + "}";
}

std::vector<Statement> conversation(const std::vector<Group>& groups) {
  std::vector<std::size_t> first_of;
  std::vector<std::string> statements;
  std::vector<std::string> queries;
  for (const Group& group : groups) {
    first_of.push_back(statements.size() + 1);
    for (const Question& question : group) {
      statements.push_back(question.statement);
      queries.push_back(question.query);
    }
  }
  return {{"BEGIN READ WRITE"},
          // The schema for temporary objects comes into being here: whether that is allowed is the first thing to know.
          {"CREATE TEMP TABLE agent_migrate_probe ()"},
          {"SELECT set_config('client_min_messages', 'error', true), set_config('lock_timeout', '2s', true), "
           "set_config('agent_migrate.path', coalesce(nullif(current_setting('search_path'), ''), '\"\"'), true), "
           "set_config('agent_migrate.first_of', $1, true), set_config('agent_migrate.statements', $2, true), "
           "set_config('agent_migrate.questions', $3, true) IS NULL",
           {number_array(first_of), array_literal(statements), array_literal(queries)}},
          {block()},
          {"SELECT t.answer, t.state, t.message FROM unnest(current_setting('agent_migrate.answers')::text[], "
           "current_setting('agent_migrate.states')::text[], current_setting('agent_migrate.messages')::text[]) "
           "WITH ORDINALITY AS t(answer, state, message, position) ORDER BY t.position"}};
}
}  // namespace

base::Result<std::vector<std::vector<Answer>>> answers(Connection& connection, const std::vector<Group>& groups) {
  if (groups.empty()) return std::vector<std::vector<Answer>>();
  std::vector<base::Result<Rows>> results = connection.pipeline(conversation(groups));
  if (connection.in_transaction()) (void)connection.execute("ROLLBACK");
  for (base::Result<Rows>& result : results) {
    if (!result) return base::within(std::move(result.error()), "while asking the server how it spells expressions");
  }
  std::vector<std::vector<Answer>> all;
  int row = 0;
  const Rows& rows = *results.back();
  for (const Group& group : groups) {
    all.emplace_back();
    for (std::size_t i = 0; i < group.size() && row < rows.size(); ++i, ++row) {
      all.back().push_back({rows[row].optional(0), rows[row].text(1), rows[row].text(2)});
    }
    all.back().resize(group.size());
  }
  return all;
}

}  // namespace postgres::spelling
