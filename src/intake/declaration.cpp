#include "intake/declaration.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/text.h"
#include "documents/input_file.h"

namespace zielwerk::intake {
namespace {

using indicators::Collect;

class Reader {
 public:
  Reader(Declaration& declaration, const domain::Vocabulary& vocabulary) : out_(declaration), vocabulary_(vocabulary) {}

  void read(const toml::table& root) {
    known_keys(root, {"messgroesse", "gruppe", "kennzahl"});
    each(root, "messgroesse", [&](const toml::table& entry) { measure(entry); });
    each(root, "gruppe", [&](const toml::table& entry) { group(entry); });
    each(root, "kennzahl", [&](const toml::table& entry) { figure(entry); });
  }

  base::Problems problems;

 private:
  void report(const char* code, const toml::source_region& at, std::string message) {
    problems.push_back({code, std::move(message), fmt::format("{}, Zeile {}, Spalte {}", out_.name, at.begin.line, at.begin.column)});
  }

  void known_keys(const toml::table& table, const std::set<std::string_view>& known) {
    for (const auto& [key, value] : table) {
      if (known.contains(key.str())) continue;
      report("key_unknown", key.source(), fmt::format("„{}“ gibt es hier nicht; erwartet ist {}.", key.str(), base::join({known.begin(), known.end()}, ", ")));
    }
  }

  template <class Take>
  void each(const toml::table& root, std::string_view name, Take take) {
    const auto* node = root.get(name);
    if (!node) return;
    const auto* entries = node->as_array();
    if (!entries || !entries->is_array_of_tables()) {
      report("declaration_invalid", node->source(), fmt::format("Erwartet ist [[{}]] mit doppelten Klammern.", name));
      return;
    }
    for (const auto& entry : *entries) take(*entry.as_table());
  }

  std::string text(const toml::table& entry, std::string_view key, bool required = true) {
    const auto* node = entry.get(key);
    if (!node) {
      if (required) report("value_missing", entry.source(), fmt::format("Die Angabe „{}“ fehlt.", key));
      return {};
    }
    if (const auto value = node->value<std::string>(); value && node->is_string()) return *value;
    report("value_invalid", node->source(), fmt::format("„{}“ muss ein Text in Anführungszeichen sein.", key));
    return {};
  }

  // One of the allowed words; the first if something else is written (and reported).
  std::string word(const toml::table& entry, std::string_view key, const std::vector<std::string>& allowed) {
    auto found = text(entry, key);
    if (!entry.get(key) || std::find(allowed.begin(), allowed.end(), found) != allowed.end()) return found;
    if (!entry.get(key)->is_string()) return {};  // said by text()
    report("value_invalid", entry.get(key)->source(), fmt::format("{} ist nicht erlaubt; erwartet ist {}.", base::quoted(found), base::join(allowed, " oder ")));
    return {};
  }

  bool flag(const toml::table& entry, std::string_view key, bool otherwise) {
    const auto* node = entry.get(key);
    if (!node) return otherwise;
    if (const auto value = node->value<bool>()) return *value;
    report("value_invalid", node->source(), fmt::format("„{}“ muss true oder false sein.", key));
    return otherwise;
  }

  std::string code(const toml::table& entry) {
    auto found = text(entry, "code");
    const bool valid = !found.empty() && found.size() <= 40 && std::all_of(found.begin(), found.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
    if (entry.get("code") && entry.get("code")->is_string() && !valid) {
      report("code_invalid", entry.get("code")->source(), fmt::format("{} ist kein Kürzel; erwartet sind höchstens 40 Zeichen A-Z, 0-9 und _.", base::quoted(found)));
    }
    return found;
  }

  void taken(const toml::table& entry, const std::string& found) {
    report("code_taken", entry.get("code")->source(), fmt::format("Das Kürzel {} ist schon vergeben.", base::quoted(found)));
  }

  const domain::Measure* known_measure(std::string_view wanted) const {
    const auto declared = std::find_if(out_.measures.begin(), out_.measures.end(), [&](const auto& one) { return one.code == wanted; });
    return declared != out_.measures.end() ? &*declared : vocabulary_.measure(wanted);
  }
  bool known_group(std::string_view wanted) const {
    return vocabulary_.group(wanted) || std::any_of(out_.groups.begin(), out_.groups.end(), [&](const auto& one) { return one.code == wanted; });
  }

  void measure(const toml::table& entry) {
    known_keys(entry, {"code", "name", "art", "zaehlt"});
    const auto found = code(entry);
    if (!found.empty() && known_measure(found)) taken(entry, found);
    const auto kind = word(entry, "art", {"bestand", "bewegung"}) == "bestand" ? domain::Kind::Stock : domain::Kind::Flow;
    out_.measures.push_back({found, text(entry, "name"), kind, text(entry, "zaehlt"), true});
  }

  void group(const toml::table& entry) {
    known_keys(entry, {"code", "name", "vereinbarung"});
    const auto found = code(entry);
    if (!found.empty() && known_group(found)) taken(entry, found);
    out_.groups.push_back({found, text(entry, "name"), text(entry, "vereinbarung", false), true});
  }

  indicators::Term term(const toml::table& entry, std::string_view key) {
    const auto* node = entry.get(key);
    const auto* table = node ? node->as_table() : nullptr;
    if (!table) {
      report("value_missing", node ? node->source() : entry.source(),
             fmt::format("Erwartet ist {} = {{ messgroesse = \"…\", bildung = \"summe\" oder \"durchschnitt\" }}.", key));
      return {};
    }
    known_keys(*table, {"messgroesse", "gruppe", "bildung", "vormonat"});
    indicators::Term term;
    term.measure = text(*table, "messgroesse");
    if (!term.measure.empty() && !known_measure(term.measure)) {
      report("measure_unknown", table->get("messgroesse")->source(), fmt::format("Die Messgröße {} ist nicht bekannt.", base::quoted(term.measure)));
    }
    term.group = text(*table, "gruppe", false);
    if (!term.group.empty() && !known_group(term.group)) {
      report("group_unknown", table->get("gruppe")->source(), fmt::format("Die Gruppe {} ist nicht bekannt.", base::quoted(term.group)));
    }
    term.collect = word(*table, "bildung", {"summe", "durchschnitt"}) == "durchschnitt" ? Collect::Mean : Collect::Sum;
    const int shift = flag(*table, "vormonat", false) ? -1 : 0;
    term.first = -11 + shift;
    term.last = shift;
    return term;
  }

  void figure(const toml::table& entry) {
    known_keys(entry, {"code", "name", "zaehler", "nenner", "prozent", "gut", "sammelt"});
    indicators::Figure figure;
    figure.code = code(entry);
    figure.name = text(entry, "name");
    figure.above = term(entry, "zaehler");
    figure.shape = indicators::Shape::Amount;
    if (entry.contains("nenner")) {
      figure.shape = indicators::Shape::Quotient;
      figure.below = term(entry, "nenner");
      figure.factor = flag(entry, "prozent", true) ? 100 : 1;
    }
    const auto good = word(entry, "gut", {"hoch", "niedrig", "neutral"});
    figure.good = good == "hoch" ? indicators::Good::Up : good == "niedrig" ? indicators::Good::Down : indicators::Good::Neutral;
    const bool sums = figure.above.collect == Collect::Sum && (figure.shape == indicators::Shape::Amount || figure.below.collect == Collect::Mean);
    figure.accumulates = flag(entry, "sammelt", sums);
    const auto built_in = indicators::agreement_codes();
    const bool twice = std::any_of(out_.figures.begin(), out_.figures.end(), [&](const auto& other) { return other.code == figure.code; });
    const bool of_law = std::any_of(indicators::regulation().begin(), indicators::regulation().end(), [&](const auto& row) { return row.code == figure.code; });
    if (!figure.code.empty() && (twice || of_law || std::find(built_in.begin(), built_in.end(), figure.code) != built_in.end())) taken(entry, figure.code);
    out_.figures.push_back(std::move(figure));
  }

  Declaration& out_;
  const domain::Vocabulary& vocabulary_;
};

}  // namespace

base::Checked<Declaration> parse_declaration(std::string name, std::string text, const domain::Vocabulary& vocabulary) {
  Declaration declaration{std::move(name), base::to_utf8(text), {}, {}, {}};
  toml::table root;
  try {
    root = toml::parse(declaration.document);
  } catch (const toml::parse_error& error) {
    return base::problems({"declaration_invalid", "Hier steht kein gültiges TOML.",
                           fmt::format("{}, Zeile {}, Spalte {}", declaration.name, error.source().begin.line, error.source().begin.column)});
  }
  Reader reader(declaration, vocabulary);
  reader.read(root);
  if (!reader.problems.empty()) return tl::unexpected(std::move(reader.problems));
  return declaration;
}

base::Checked<Declaration> read_declaration(const std::filesystem::path& file, const domain::Vocabulary& vocabulary) {
  auto bytes = documents::read_small_file(file, std::uint64_t{1} << 20);
  if (!bytes) return base::problems(bytes.error());
  return parse_declaration(file.filename().string(), std::move(*bytes), vocabulary);
}

}  // namespace zielwerk::intake
