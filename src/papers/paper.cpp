#include "papers/paper.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "documents/input_file.h"

namespace zielwerk::papers {
namespace {

namespace json = boost::json;

json::object of(const char* kind) {
  json::object block;
  block["art"] = kind;
  return block;
}

template <class All, class Each>
json::array list(const All& all, Each each) {
  json::array array;
  for (const auto& one : all) array.emplace_back(each(one));
  return array;
}

const char* code(Tone tone) { return tone == Tone::Good ? "gut" : tone == Tone::Bad ? "schlecht" : tone == Tone::Open ? "offen" : "hinweis"; }
const char* code(Role role) { return role == Role::Actual ? "ist" : role == Role::Target ? "soll" : "vorjahr"; }

json::object cell(const Cell& one) {
  json::object object;
  object["text"] = one.text;
  if (one.plain.empty()) return object;
  object["wert"] = one.plain;
  object["stellen"] = one.places;
  if (!one.unit.empty()) object["einheit"] = one.unit;
  return object;
}

json::object table(const Table& one) {
  auto object = of("tabelle");
  object["titel"] = one.caption;
  object["spalten"] = list(one.columns, [](const Column& column) { return json::object{{"kopf", column.heading}, {"zahl", column.number}}; });
  object["zeilen"] = list(one.rows, [](const auto& row) { return list(row, cell); });
  if (!one.note.empty()) object["hinweis"] = one.note;
  return object;
}

json::object series(const Series& one) {
  json::object object;
  object["rolle"] = code(one.role);
  object["name"] = one.name;
  object["werte"] = list(one.points, [](const Point& point) {
    return json::object{{"wert", point.value ? json::value(point.value->plain()) : json::value(nullptr)}, {"vorlaeufig", point.provisional}};
  });
  return object;
}

struct AsJson {
  json::object operator()(const Heading& one) const {
    auto object = of("ueberschrift");
    object["ebene"] = one.level;
    object["text"] = one.text;
    return object;
  }
  json::object operator()(const Paragraph& one) const {
    auto object = of("absatz");
    object["text"] = one.text;
    return object;
  }
  json::object operator()(const Messages& one) const {
    auto object = of("botschaften");
    object["texte"] = list(one.all, [](const Message& message) { return json::object{{"ton", code(message.tone)}, {"text", message.text}}; });
    return object;
  }
  json::object operator()(const Items& one) const {
    auto object = of("aufzaehlung");
    object["texte"] = list(one.all, [](const std::string& text) { return json::string(text); });
    return object;
  }
  json::object operator()(const Terms& one) const {
    auto object = of("begriffe");
    object["eintraege"] = list(one.all, [](const auto& entry) { return json::object{{"wort", entry.first}, {"text", entry.second}}; });
    return object;
  }
  json::object operator()(const Table& one) const { return table(one); }
  json::object operator()(const Chart& one) const {
    auto object = of("diagramm");
    object["form"] = one.kind == Chart::Kind::Bullet ? "balken" : "verlauf";
    object["titel"] = one.title;
    object["zusammenfassung"] = one.summary;
    object["einheit"] = one.unit;
    if (!one.comparator.empty()) object["vergleich"] = one.comparator;
    object["beschriftung"] = list(one.labels, [](const std::string& text) { return json::string(text); });
    object["reihen"] = list(one.series, series);
    object["tabelle"] = table(one.table);
    return object;
  }
  json::object operator()(const Signatures& one) const {
    auto object = of("unterschriften");
    object["zeilen"] = list(one.all, [](const Signatures::Line& line) { return json::object{{"partei", line.party}, {"name", line.person}, {"ort_datum", line.place_date}}; });
    return object;
  }
  json::object operator()(const PageBreak&) const { return of("seitenwechsel"); }
};

}  // namespace

json::object to_json(const Paper& paper) {
  json::object object;
  object["format"] = "zielwerk.unterlage/1";
  object["unterlage"] = paper.name;
  object["titel"] = paper.title;
  object["einheit"] = paper.unit;
  object["traeger"] = paper.provider;
  object["vereinbarung"] = paper.agreement;
  object["fassung"] = paper.version;
  object["sprache"] = "de";
  object["berichtsmonat"] = paper.month;
  object["ladestand"] = paper.state;
  object["datenbasis"] = paper.basis;
  object["regelstand"] = paper.rule;
  object["eigene_berechnung"] = paper.own_reckoning;
  object["quellen"] = list(paper.sources, [](const std::string& text) { return json::string(text); });
  object["inhalt"] = list(paper.blocks, [](const Block& block) { return std::visit(AsJson{}, block); });
  return object;
}

std::string content_hash(const Paper& paper) { return documents::sha256(json::serialize(to_json(paper))); }

std::string running_line(const Paper& paper) {
  std::vector<std::string> parts = {paper.unit};
  if (!paper.basis.empty()) parts.push_back(paper.basis);
  if (!paper.rule.empty()) parts.push_back("Regelstand " + paper.rule);
  if (paper.own_reckoning) parts.emplace_back(own_mark);
  return base::join(parts, " · ");
}

std::string file_stem(const Paper& paper) {
  auto stem = fmt::format("{}_{}", paper.name, paper.agreement);
  if (!paper.month.empty()) stem += "_" + paper.month;
  return stem;
}

}  // namespace zielwerk::papers
