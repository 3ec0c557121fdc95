#include "config/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace config {
namespace {

constexpr std::string_view form = "expected postgresql://user:password@host:5432/database";

std::unexpected<base::Error> invalid(std::string message) {
  return base::failure(base::ErrorCode::ConfigInvalid, std::move(message), std::string(form));
}

// What libpq 15 knows; anything else in a URL is an error to it.
constexpr auto libpq_parameters = std::to_array<std::string_view>({
    "application_name",
    "channel_binding",
    "client_encoding",
    "connect_timeout",
    "fallback_application_name",
    "gssencmode",
    "gsslib",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "krbsrvname",
    "options",
    "passfile",
    "password",
    "requirepeer",
    "service",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcert",
    "sslcompression",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslmode",
    "sslpassword",
    "sslrootcert",
    "sslsni",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
});

// What concerns only the Python driver, its pool or an ORM.
constexpr auto driver_parameters = std::to_array<std::string_view>({
    "async_fallback",
    "autocommit",
    "charset",
    "command_timeout",
    "connection_limit",
    "direct_tls",
    "executemany_mode",
    "max_cached_statement_lifetime",
    "max_cacheable_statement_size",
    "max_overflow",
    "pgbouncer",
    "pool_pre_ping",
    "pool_recycle",
    "pool_size",
    "pool_timeout",
    "prepare_threshold",
    "prepared_statement_cache_size",
    "prepared_statement_name_func",
    "schema",
    "server_settings",
    "server_side_cursors",
    "socket_timeout",
    "ssl_context",
    "statement_cache_size",
    "tcp_keepalive",
    "unicode",
    "use_native_hstore",
    "use_native_uuid",
    "use_native_unicode",
});

constexpr auto secret_parameters = std::to_array<std::string_view>({"password", "sslpassword"});

bool contains(const auto& list, std::string_view name) { return std::ranges::find(list, name) != list.end(); }

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// As Python's unquote: a percent sign that begins no escape stands for itself.
std::string decoded(std::string_view text, bool plus_is_blank = false) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() && digit(text[at + 1]) >= 0 && digit(text[at + 2]) >= 0) {
      result += static_cast<char>(digit(text[at + 1]) * 16 + digit(text[at + 2]));
      at += 2;
    } else {
      result += plus_is_blank && text[at] == '+' ? ' ' : text[at];
    }
  }
  return result;
}

std::string encoded(std::string_view text) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string result;
  for (const char c : text) {
    if (plain.find(c) != std::string_view::npos)
      result += c;
    else
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

bool is_port(std::string_view text) {
  if (text.empty()) return true;
  if (text.size() > 5 || text.find_first_not_of("0123456789") != std::string_view::npos) return false;
  const int number = std::stoi(std::string(text));
  return number > 0 && number < 65536;
}

/// The scheme before "://", or nothing where there is none that looks like one.
std::string scheme_of(std::string_view text) {
  const auto end = text.find("://");
  if (end == std::string_view::npos) return {};
  const std::string scheme = base::lowered(text.substr(0, end));
  return scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+-._") == std::string::npos ? scheme
                                                                                                   : std::string();
}

base::Result<void> check_scheme(std::string_view text) {
  const std::string scheme = scheme_of(text);
  if (scheme.empty()) return invalid("the database URL is malformed: it does not begin with postgresql://");
  const std::string dialect = scheme.substr(0, scheme.find('+'));
  if (dialect == "postgresql" || dialect == "postgres") return {};
  return invalid(fmt::format("the database URL is for {}; only PostgreSQL is supported", dialect));
}

/// One host of the list, "name:port" or "[address]:port".
base::Result<Host> parse_host(std::string_view text) {
  Host host;
  std::string_view rest = text;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos)
      return invalid("the database URL is malformed: \"[\" without \"]\" around an IPv6 address");
    host.name = decoded(text.substr(1, end - 1));
    rest = text.substr(end + 1);
    if (!rest.empty() && rest[0] != ':') return invalid("the database URL is malformed: only a port may follow \"]\"");
  } else {
    const auto colon = text.find(':');
    host.name = decoded(text.substr(0, colon));
    rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
  }
  if (!rest.empty()) host.port = rest.substr(1);
  if (!is_port(host.port)) return invalid("the database URL is malformed: the port is not a number from 1 to 65535");
  return host;
}

base::Result<void> read_hosts(DatabaseUrl& url, std::string_view text) {
  if (text.empty()) return {};
  for (const std::string& part : base::split(text, ',')) {
    auto host = parse_host(part);
    if (!host) return std::unexpected(host.error());
    url.hosts.push_back(std::move(*host));
  }
  return {};
}

void read_user(DatabaseUrl& url, std::string_view text) {
  const auto colon = text.find(':');
  url.user = decoded(text.substr(0, colon));
  if (colon != std::string_view::npos) url.password = decoded(text.substr(colon + 1));
}

/// Where user and password end. A password may hold any character but "@" unencoded (SQLAlchemy's rule); since no
/// host holds an "@", one that follows before the next "/" belongs to the password too.
std::size_t end_of_user(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos) return at;
  const auto name_end = text.find_first_of(":/?");
  if (name_end < at && text[name_end] != ':') return std::string_view::npos;
  auto last = at;
  const auto host_end = text.find_first_of("/?", at);
  for (auto next = text.find('@', at + 1); next < host_end; next = text.find('@', next + 1)) last = next;
  return last;
}

/// Host and port given as parameters go over those of the authority, in order.
base::Result<void> take_hosts(DatabaseUrl& url, const std::vector<std::string>& names,
                              const std::vector<std::string>& ports) {
  if (!names.empty()) url.hosts.clear();
  for (const std::string& list : names) {
    for (const std::string& name : base::split(list, ',')) {
      const bool with_port = !name.starts_with('/') && std::ranges::count(name, ':') == 1;
      const auto colon = with_port ? name.find(':') : std::string::npos;
      url.hosts.push_back({name.substr(0, colon), with_port ? name.substr(colon + 1) : std::string()});
    }
  }
  if (ports.empty()) return {};
  if (url.hosts.empty()) url.hosts.emplace_back();
  const auto list = base::split(base::joined(ports, ","), ',');
  if (list.size() != 1 && list.size() != url.hosts.size())
    return invalid("the database URL is malformed: as many ports as hosts expected");
  for (std::size_t i = 0; i < url.hosts.size(); ++i) url.hosts[i].port = list[list.size() == 1 ? 0 : i];
  return {};
}

/// asyncpg's `ssl`: a mode of libpq, or a truth value.
std::string ssl_mode(const std::string& value) {
  const std::string word = base::lowered(value);
  if (word == "true" || word == "1" || word == "on" || word == "yes") return "require";
  if (word == "false" || word == "0" || word == "off" || word == "no") return "disable";
  return word;
}

void take_parameter(DatabaseUrl& url, const std::string& name, std::string value) {
  if (name == "user")
    url.user = std::move(value);
  else if (name == "password")
    url.password = std::move(value);
  else if (name == "dbname" || name == "database")
    url.database = std::move(value);
  else if (name == "ssl")
    url.parameters.push_back({"sslmode", ssl_mode(value)});
  else if (name == "timeout")
    url.parameters.push_back({"connect_timeout", std::move(value)});
  else if (contains(libpq_parameters, name))
    url.parameters.push_back({name, std::move(value)});
  else if (!contains(driver_parameters, name))
    url.ignored.push_back(name);
}

base::Result<void> read_query(DatabaseUrl& url, std::string_view query) {
  std::vector<std::string> hosts;
  std::vector<std::string> ports;
  for (const std::string& pair : base::split(query, '&')) {
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const std::string name = decoded(std::string_view(pair).substr(0, equals), true);
    std::string value =
        equals == std::string::npos ? std::string() : decoded(std::string_view(pair).substr(equals + 1), true);
    if (name == "host" || name == "unix_sock")
      hosts.push_back(std::move(value));
    else if (name == "port")
      ports.push_back(std::move(value));
    else
      take_parameter(url, name, std::move(value));
  }
  if (auto taken = take_hosts(url, hosts, ports); !taken) return taken;
  if (!std::ranges::all_of(url.hosts, is_port, &Host::port))
    return invalid("the database URL is malformed: the port is not a number from 1 to 65535");
  return {};
}

/// pg8000's `unix_sock` names the socket itself, libpq wants its folder; the port is in the socket's name.
void mend_socket(Host& host) {
  const auto slash = host.name.rfind("/.s.PGSQL.");
  if (slash == std::string::npos) return;
  if (host.port.empty()) host.port = host.name.substr(slash + std::string_view("/.s.PGSQL.").size());
  host.name.resize(std::max<std::size_t>(slash, 1));
}

bool holds_nul(const DatabaseUrl& url) {
  const auto nul = [](const std::string& text) { return text.find('\0') != std::string::npos; };
  return nul(url.user.value_or("")) || nul(url.password.value_or("")) || nul(url.database) ||
         std::ranges::any_of(url.hosts, nul, &Host::name) ||
         std::ranges::any_of(url.parameters, nul, &Parameter::value);
}

std::string shown_host(const Host& host) {
  const std::string name = host.name.empty() ? "localhost" : host.name;
  const bool bracketed = name.find(':') != std::string::npos && !name.starts_with('/');
  return fmt::format("{}{}{}:{}", bracketed ? "[" : "", name, bracketed ? "]" : "",
                     host.port.empty() ? "5432" : host.port);
}

std::string assembled(const DatabaseUrl& url, bool with_secrets) {
  std::string result = "postgresql://";
  if (url.user) result += encoded(*url.user);
  if (url.password) result += with_secrets ? ":" + encoded(*url.password) : ":***";
  if (url.user || url.password) result += '@';
  result += '/' + encoded(url.database);
  std::string separator = "?";
  const auto add = [&](std::string_view name, const std::string& value) {
    result += fmt::format("{}{}={}", separator, name, value);
    separator = "&";
  };
  std::vector<std::string> names;
  std::vector<std::string> ports;
  for (const Host& host : url.hosts) {
    names.push_back(encoded(host.name));
    ports.push_back(host.port);
  }
  if (std::ranges::any_of(names, [](const auto& name) { return !name.empty(); })) add("host", base::joined(names, ","));
  if (std::ranges::any_of(ports, [](const auto& port) { return !port.empty(); })) add("port", base::joined(ports, ","));
  for (const Parameter& parameter : url.parameters) {
    const bool secret = contains(secret_parameters, parameter.name);
    add(parameter.name, secret && !with_secrets ? "***" : encoded(parameter.value));
  }
  return result;
}

}  // namespace

base::Result<DatabaseUrl> parse_url(std::string_view text) {
  text = base::trimmed(text);
  DatabaseUrl url;
  url.embedded = text == "embedded";
  if (url.embedded) return url;
  if (text.empty()) return invalid("the database URL is empty");
  if (auto checked = check_scheme(text); !checked) return std::unexpected(checked.error());
  std::string_view rest = text.substr(text.find("://") + 3);
  if (const auto end = end_of_user(rest); end != std::string_view::npos) {
    read_user(url, rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  const auto question = rest.find('?');
  const std::string_view query = question == std::string_view::npos ? std::string_view() : rest.substr(question + 1);
  rest = rest.substr(0, question);
  const auto slash = rest.find('/');
  if (slash != std::string_view::npos) url.database = decoded(rest.substr(slash + 1));
  if (auto hosts = read_hosts(url, rest.substr(0, slash)); !hosts) return std::unexpected(hosts.error());
  if (auto read = read_query(url, query); !read) return std::unexpected(read.error());
  std::ranges::for_each(url.hosts, mend_socket);
  if (holds_nul(url)) return invalid("the database URL is malformed: it holds the character NUL");
  return url;
}

std::string libpq_url(const DatabaseUrl& url) { return url.embedded ? "embedded" : assembled(url, true); }

std::string label(const DatabaseUrl& url) {
  if (url.embedded) return "PostgreSQL embedded";
  std::vector<std::string> hosts;
  for (const Host& host : url.hosts) hosts.push_back(shown_host(host));
  if (hosts.empty()) hosts.push_back(shown_host({}));
  const std::string database = url.database.empty() ? url.user.value_or("") : url.database;
  return fmt::format("PostgreSQL {}/{}", base::joined(hosts, ","), database);
}

std::string redacted(std::string_view text) {
  if (const auto url = parse_url(text)) return url->embedded ? "embedded" : assembled(*url, false);
  const std::string scheme = scheme_of(base::trimmed(text));
  return scheme.empty() ? "…" : scheme + "://…";
}

}  // namespace config
