#include "server/config.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <set>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/text.h"
#include "domain/jobcenter.h"
#include "indicators/catalogue.h"
#include "report/calendar.h"
#include "server/http.h"

namespace zielwerk::server {
namespace {

class Reader {
 public:
  // `part`: "oidc." for the keys of that table.
  Reader(const toml::table& table, std::string file, base::Problems& problems, std::string part = {}) : table_(table), file_(std::move(file)), problems_(problems), part_(std::move(part)) {}

  void text(const char* key, std::string& to) {
    if (const auto* node = take(key)) {
      if (const auto value = node->value_exact<std::string>()) {
        to = *value;
      } else {
        wrong(key, *node, "ein Text");
      }
    }
  }
  // A number between two bounds.
  template <class Take>
  void number(const char* key, std::int64_t least, std::int64_t most, Take to) {
    if (const auto* node = take(key)) {
      const auto value = node->value_exact<std::int64_t>();
      if (value && *value >= least && *value <= most) {
        to(*value);
      } else {
        wrong(key, *node, fmt::format("eine ganze Zahl von {} bis {}", least, most));
      }
    }
  }
  void flag(const char* key, bool& to) {
    if (const auto* node = take(key)) {
      if (const auto value = node->value_exact<bool>()) {
        to = *value;
      } else {
        wrong(key, *node, "true oder false");
      }
    }
  }
  // A table of its own: [oidc]. `take` gets a reader of it.
  void table(const char* key, const std::function<void(Reader&)>& read) {
    if (const auto* node = take(key)) {
      if (!node->is_table()) return wrong(key, *node, fmt::format("eine Tabelle, [{}]", key));
      Reader inner(*node->as_table(), file_, problems_, part_ + key + ".");
      read(inner);
      inner.unknown_keys();
    }
  }
  // A list of tables ([[oidc.group]]) or of texts.
  void each(const char* key, const std::function<void(Reader&)>& read) {
    list(key, "eine Liste von Tabellen", [&](const toml::node& one) {
      if (!one.is_table()) return false;
      Reader inner(*one.as_table(), file_, problems_, part_ + key + ".");
      read(inner);
      inner.unknown_keys();
      return true;
    });
  }
  void texts(const char* key, std::vector<std::string>& to) {
    std::vector<std::string> all;
    list(key, "eine Liste von Texten", [&](const toml::node& one) {
      const auto value = one.value_exact<std::string>();
      if (value) all.push_back(*value);
      return value.has_value();
    });
    if (!all.empty()) to = std::move(all);
  }
  // A table of texts.
  void texts_by_number(const char* key, std::map<std::string, std::string>& to, const std::string& expected) {
    const auto* node = take(key);
    if (!node) return;
    if (!node->is_table()) return wrong(key, *node, expected);
    for (const auto& [name, value] : *node->as_table()) {
      const auto text = value.value_exact<std::string>();
      if (!text || !domain::ProviderNumber::parse(name.str())) {
        wrong(fmt::format("{}.{}", key, std::string(name.str())), value, expected);
      } else {
        to[std::string(name.str())] = *text;
      }
    }
  }
  void wrong(const std::string& key, const toml::node& node, const std::string& expected) {
    problems_.push_back({"config_value", fmt::format("{}{} passt nicht; erwartet ist {}.", part_, key, expected), fmt::format("{}, Zeile {}", file_, node.source().begin.line)});
  }
  // What is said about the table as a whole, or about a key whose place is not known any more.
  void problem(const std::string& message) {
    const auto line = table_.source().begin.line;
    problems_.push_back({"config_value", message, line > 1 ? fmt::format("{}, Zeile {}", file_, line) : file_});
  }
  void unknown_keys() {
    for (const auto& [key, node] : table_) {
      if (known_.contains(std::string(key.str()))) continue;
      problems_.push_back({"config_unknown", fmt::format("Die Angabe {} gibt es nicht; es gibt {}.", base::quoted(part_ + std::string(key.str())), base::join({known_.begin(), known_.end()}, ", ")),
                          fmt::format("{}, Zeile {}", file_, node.source().begin.line)});
    }
  }

 private:
  void list(const char* key, const char* expected, const std::function<bool(const toml::node&)>& read) {
    if (const auto* node = take(key)) {
      if (!node->is_array()) return wrong(key, *node, expected);
      for (const auto& one : *node->as_array()) {
        if (!read(one)) wrong(key, one, expected);
      }
    }
  }
  const toml::node* take(const char* key) {
    known_.insert(key);
    return table_.get(key);
  }
  const toml::table& table_;
  std::string file_;
  base::Problems& problems_;
  std::string part_;
  std::set<std::string> known_;
};

bool loopback(const std::string& address) { return address == "::1" || address.starts_with("127."); }

void read_group(Reader& reader, OidcConfig& config) {
  OidcGroup group{"", domain::Role::Committee, ""};
  std::string role;
  reader.text("name", group.name);
  reader.text("role", role);
  reader.text("scope", group.scope);
  if (group.name.empty()) reader.problem("oidc.group.name fehlt: wie der Anmeldedienst die Gruppe nennt.");
  if (const auto known = domain::parse_role(role)) {
    group.role = *known;
  } else {
    reader.problem(fmt::format("oidc.group.role ist {}; erwartet ist eine Rolle wie controlling oder gremium.", base::quoted(role)));
  }
  if (const auto scope = domain::Scope::parse(group.scope, domain::official_directory())) {
    group.scope = scope->text();
  } else {
    reader.problem(fmt::format("oidc.group.scope ist {}; erwartet ist „alle“, ein Land wie NW oder Trägernummern, durch Kommas getrennt.", base::quoted(group.scope)));
  }
  config.groups.push_back(std::move(group));
}

void read_oidc(Reader& reader, OidcConfig& config) {
  reader.text("issuer", config.issuer);
  reader.text("client_id", config.client_id);
  reader.text("label", config.label);
  reader.text("groups_claim", config.groups_claim);
  reader.each("group", [&](Reader& one) { read_group(one, config); });
  if (!confidential(config.issuer)) reader.problem("oidc.issuer fehlt oder ist keine Adresse mit https://.");
  if (config.client_id.empty()) reader.problem("oidc.client_id fehlt: unter welchem Namen der Anmeldedienst Zielwerk kennt.");
  if (config.groups.empty()) reader.problem("oidc.group fehlt: welche Gruppe was darf, [[oidc.group]] mit name, role und scope.");
}

void read_published(Reader& reader, Config& config) {
  reader.flag("enabled", config.published);
  reader.texts("figures", config.published_figures);
  for (const auto& one : config.published_figures) {
    const auto rows = indicators::regulation();
    if (std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return row.code == one; })) reader.problem(fmt::format("public.figures: {} ist keine Kennzahl der Verordnung (K1, K2E3 …).", base::quoted(one)));
  }
}

// Mails name people and what is due: they leave this machine encrypted only.
void read_mail(Reader& reader, MailConfig& config) {
  reader.text("server", config.server);
  reader.text("from", config.from);
  reader.text("user", config.user);
  reader.flag("tls", config.tls);
  const bool smtp = config.server.starts_with("smtp://"), smtps = config.server.starts_with("smtps://");
  if (!smtp && !smtps) reader.problem("mail.server fehlt oder beginnt nicht mit smtp:// oder smtps://.");
  if (!report::is_mail_address(config.from)) reader.problem(fmt::format("mail.from ist {}; erwartet ist eine Mailadresse.", base::quoted(config.from)));
  auto host = smtp || smtps ? config.server.substr(config.server.find("//") + 2) : std::string();
  if (!config.tls && !loopback(host) && !host.starts_with("localhost")) reader.problem("mail.tls = false geht nur mit einem Mailserver auf diesem Rechner.");
}

void read_all(Reader& reader, Config& config) {
  reader.text("store", config.store);
  reader.text("address", config.address);
  reader.text("origin", config.origin);
  reader.text("profiles", config.profiles);
  reader.text("certificate", config.certificate);
  reader.text("key", config.key);
  std::string second_person = "corrected";
  reader.text("second_person", second_person);
  if (const auto rule = domain::parse_second_person(second_person)) config.second_person = *rule;
  else reader.problem(fmt::format("second_person ist {}; erwartet ist always, corrected oder never.", base::quoted(second_person)));
  reader.number("port", 0, 65535, [&](auto value) { config.port = static_cast<std::uint16_t>(value); });
  reader.number("largest_upload_mib", 1, 2048, [&](auto value) { config.largest_upload = static_cast<std::uint64_t>(value) << 20; });
  reader.number("head_seconds", 1, 600, [&](auto value) { config.head_time = std::chrono::seconds(value); });
  reader.number("body_seconds", 1, 3600, [&](auto value) { config.body_time = std::chrono::seconds(value); });
  reader.number("idle_seconds", 1, 3600, [&](auto value) { config.idle_time = std::chrono::seconds(value); });
  reader.number("session_idle_minutes", 1, 1440, [&](auto value) { config.session_idle = std::chrono::minutes(value); });
  reader.number("session_longest_minutes", 1, 10080, [&](auto value) { config.session_longest = std::chrono::minutes(value); });
  reader.number("connections", 1, 65536, [&](auto value) { config.connections = static_cast<unsigned>(value); });
  reader.number("workers", 1, 64, [&](auto value) { config.workers = static_cast<unsigned>(value); });
  reader.table("oidc", [&](Reader& part) { read_oidc(part, config.oidc); });
  reader.table("mail", [&](Reader& part) { read_mail(part, config.mail); });
  reader.table("public", [&](Reader& part) { read_published(part, config); });
  reader.texts_by_number("casework", config.casework_states, "eine Tabelle aus Trägernummern und Zustandsdateien, \"98000\" = \"bestand.zustand\"");
  reader.unknown_keys();
}

}  // namespace

base::Checked<Config> read_config(const std::filesystem::path& file) {
  const auto name = file.filename().string();
  toml::table table;
  try {
    table = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    return base::problems({"config_unreadable", fmt::format("Die Datei ist kein lesbares TOML ({}).", error.description()), fmt::format("{}, Zeile {}", name, error.source().begin.line)});
  }
  Config config;
  base::Problems problems;
  Reader reader(table, name, problems);
  read_all(reader, config);
  const auto problem = [&](const std::string& message) { problems.push_back({"config_value", message, name}); };
  if (config.store.empty()) problem("store fehlt: die Datei des Speichers.");
  if (!config.profiles.empty() && !std::filesystem::is_directory(config.profiles)) problem(fmt::format("profiles ist {}; erwartet ist ein Ordner mit Layoutprofilen.", base::quoted(config.profiles)));
  if (config.certificate.empty() != config.key.empty()) problem("certificate und key gehören zusammen; eines davon fehlt.");
  if (!config.origin.empty() && !config.origin.starts_with("https://") && !config.origin.starts_with("http://")) problem("origin beginnt mit https:// oder http://.");
  if (config.origin.ends_with("/")) problem("origin endet ohne Schrägstrich.");
  if (!loopback(config.address) && !config.tls() && !config.secure()) {
    problem(fmt::format("An {} wird nur verschlüsselt bedient: certificate und key angeben, oder origin mit https:// hinter einem Stellvertreter wie nginx.", config.address));
  }
  if (const char* token = std::getenv("ZIELWERK_METRICS_TOKEN")) config.metrics_token = token;
  if (const char* secret = std::getenv("ZIELWERK_OIDC_SECRET")) config.oidc.client_secret = secret;
  if (const char* password = std::getenv("ZIELWERK_MAIL_PASSWORD")) config.mail.password = password;
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return config;
}

}  // namespace zielwerk::server
