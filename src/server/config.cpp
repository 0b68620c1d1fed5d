#include "server/config.h"

#include <cstdlib>
#include <set>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/text.h"

namespace zielwerk::server {
namespace {

class Reader {
 public:
  Reader(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

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
  void wrong(const std::string& key, const toml::node& node, const std::string& expected) {
    problems.push_back({"config_value", fmt::format("{} passt nicht; erwartet ist {}.", key, expected), fmt::format("{}, Zeile {}", file_, node.source().begin.line)});
  }
  void unknown_keys() {
    for (const auto& [key, node] : table_) {
      if (known_.contains(std::string(key.str()))) continue;
      problems.push_back({"config_unknown", fmt::format("Die Angabe {} gibt es nicht; es gibt {}.", base::quoted(key.str()), base::join({known_.begin(), known_.end()}, ", ")),
                          fmt::format("{}, Zeile {}", file_, node.source().begin.line)});
    }
  }
  base::Problems problems;

 private:
  const toml::node* take(const char* key) {
    known_.insert(key);
    return table_.get(key);
  }
  const toml::table& table_;
  std::string file_;
  std::set<std::string> known_;
};

bool loopback(const std::string& address) { return address == "::1" || address.starts_with("127."); }

void read_all(Reader& reader, Config& config) {
  reader.text("store", config.store);
  reader.text("address", config.address);
  reader.text("origin", config.origin);
  reader.text("certificate", config.certificate);
  reader.text("key", config.key);
  reader.number("port", 0, 65535, [&](auto value) { config.port = static_cast<std::uint16_t>(value); });
  reader.number("largest_upload_mib", 1, 2048, [&](auto value) { config.largest_upload = static_cast<std::uint64_t>(value) << 20; });
  reader.number("head_seconds", 1, 600, [&](auto value) { config.head_time = std::chrono::seconds(value); });
  reader.number("body_seconds", 1, 3600, [&](auto value) { config.body_time = std::chrono::seconds(value); });
  reader.number("idle_seconds", 1, 3600, [&](auto value) { config.idle_time = std::chrono::seconds(value); });
  reader.number("session_idle_minutes", 1, 1440, [&](auto value) { config.session_idle = std::chrono::minutes(value); });
  reader.number("session_longest_minutes", 1, 10080, [&](auto value) { config.session_longest = std::chrono::minutes(value); });
  reader.number("connections", 1, 65536, [&](auto value) { config.connections = static_cast<unsigned>(value); });
  reader.number("workers", 1, 64, [&](auto value) { config.workers = static_cast<unsigned>(value); });
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
  Reader reader(table, name);
  read_all(reader, config);
  const auto problem = [&](const std::string& message) { reader.problems.push_back({"config_value", message, name}); };
  if (config.store.empty()) problem("store fehlt: die Datei des Speichers.");
  if (config.certificate.empty() != config.key.empty()) problem("certificate und key gehören zusammen; eines davon fehlt.");
  if (!config.origin.empty() && !config.origin.starts_with("https://") && !config.origin.starts_with("http://")) problem("origin beginnt mit https:// oder http://.");
  if (config.origin.ends_with("/")) problem("origin endet ohne Schrägstrich.");
  if (!loopback(config.address) && !config.tls() && !config.secure()) {
    problem(fmt::format("An {} wird nur verschlüsselt bedient: certificate und key angeben, oder origin mit https:// hinter einem Stellvertreter wie nginx.", config.address));
  }
  if (const char* token = std::getenv("ZIELWERK_METRICS_TOKEN")) config.metrics_token = token;
  if (!reader.problems.empty()) return tl::unexpected(std::move(reader.problems));
  return config;
}

}  // namespace zielwerk::server
