#include "reader/signature_lines.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "reader/passages.h"

namespace zielwerk::reader {
namespace {

// Runs of three blanks, tabs, bars of a table: where a line falls into columns.
std::vector<Cell> cells_of(std::string_view document, Span line) {
  std::vector<Cell> cells;
  const auto text = document.substr(line.begin, line.end - line.begin);
  const bool table = text.find_first_not_of(" \t") != std::string_view::npos && text[text.find_first_not_of(" \t")] == '|';
  const auto blank_at = [&](std::size_t at) -> std::size_t {
    if (text.substr(at).starts_with("&nbsp;")) return 6;
    if (text.substr(at).starts_with("\u00A0")) return 2;
    return text[at] == ' ' ? 1 : text[at] == '\t' ? 1 : 0;
  };
  std::size_t begin = 0, index = 0;
  const auto add = [&](std::size_t from, std::size_t to) {
    Plain plain;
    plain.append(document, {line.begin + from, line.begin + to});
    plain.trim();
    if (plain.empty()) return;
    Cell cell;
    cell.raw = plain.raw();
    cell.text = plain.text();
    cell.line = line.begin;
    cell.column = table ? static_cast<int>(1000 * index) : static_cast<int>(Positions(text.substr(0, cell.raw.begin - line.begin)).code_points(cell.raw.begin - line.begin));
    cells.push_back(std::move(cell));
  };
  for (std::size_t at = 0; at < text.size();) {
    if (table && text[at] == '|') {
      add(begin, at);
      if (at > 0 && begin > 0) ++index;
      begin = ++at;
      continue;
    }
    std::size_t end = at, blanks = 0;
    bool tab = false;
    for (std::size_t step = 0; !table && end < text.size() && (step = blank_at(end)) > 0; end += step) {
      tab = tab || text[end] == '\t';
      ++blanks;
    }
    // "Hannover, den      . März 2019": the blank is for the day.
    const bool for_day = text.substr(begin, at - begin).ends_with(" den") && end < text.size() && std::string_view("._?0123456789").find(text[end]) != std::string_view::npos;
    if ((blanks >= 3 || tab) && !for_day) {
      add(begin, at);
      begin = end;
    }
    at = std::max(end, at + 1);
  }
  add(begin, text.size());
  return cells;
}

class Reader {
 public:
  Reader(const Paper& paper, const Known& known) : paper_(paper), known_(known) {}

  // One cell may hold what two columns became: "Kiel, den 1.2.2020 Ort, den 3.2.2020", "Erika Muster Max Muster".
  std::vector<Cell> look(Cell cell) const {
    std::vector<Cell> parts;
    static const Words several(R"((?:19|20)\d\d ()(?-i:[A-ZÄÖÜ][a-zäöüß-]+),? (?:den )?[\d_])");
    if (const auto groups = match(several, cell.text); !groups.empty()) {
      for (const auto& part : divide(cell, groups[1].begin)) {
        for (auto& one : look(part)) parts.push_back(std::move(one));
      }
      return parts;
    }
    for (const auto& first : known_.persons) {
      for (const auto& second : known_.persons) {
        if (cell.text == fmt::format("{} {}", first, second)) {
          for (auto part : divide(cell, first.size() + 1)) parts.push_back(judge(std::move(part)));
          return parts;
        }
      }
    }
    return {judge(std::move(cell))};
  }

  // A line that says all: "Für das Land: Ort, den 1.2.2020 – i. V. Erika Muster, Staatssekretärin". Its parts one below the other.
  std::vector<Cell> stacked(const Cell& line) const {
    static const Words label(R"(^([Ff]ür (?:das|den|die) [^:;.]{2,60}:) (.{5,120})$)");
    static const Words dated("^((?-i:[A-ZÄÖÜ])[^:;]{1,40}?(?:,| den) ?(?:den |am )?(?:" + date_pattern + R"())(?:,| ?(?:–|—|-|·|\|)) (?P<rest>.{5,100})$)");
    static const auto rest = dated.re().NamedCapturingGroups().at("rest");
    std::vector<Cell> parts;
    // "BMAS  Berlin, 06.12.2023, F. Quast"
    for (const auto& party : known_.parties) {
      if (line.text.size() < party.size() + 12 || !line.text.starts_with(party)) continue;
      const auto end = party.size() + (line.text[party.size()] == ':' ? 1 : 0);
      if (line.text[end] != ' ' || line.text.find_first_of("0123456789", end) == std::string::npos) continue;
      auto halves = divide(line, end + 1);
      auto after = stacked(halves[1]);
      if (std::none_of(after.begin(), after.end(), [](const Cell& cell) { return cell.part == Part::Date; })) continue;
      halves[0].part = Part::Label;
      parts.push_back(std::move(halves[0]));
      for (auto& part : after) parts.push_back(std::move(part));
      for (auto& part : parts) part.column = line.column;
      return parts;
    }
    for (const auto& [pattern, group] : {std::pair{&label, 2}, std::pair{&dated, rest}}) {
      const auto groups = match(*pattern, line.text);
      if (groups.empty()) continue;
      auto halves = divide(line, groups[static_cast<std::size_t>(group)].begin);
      auto first = shortened(std::move(halves[0]), groups[1].end);
      for (auto* half : {&first, &halves[1]}) half->column = line.column;
      parts = look(std::move(first));
      for (auto& part : stacked(halves[1])) parts.push_back(std::move(part));
      if (std::any_of(parts.begin(), parts.end(), [](const Cell& cell) { return cell.part == Part::Name; })) return parts;
    }
    return look(line);
  }

 private:
  Cell shortened(Cell cell, std::size_t end) const {
    Plain plain;
    plain.append(paper_.text, cell.raw);
    cell.raw = plain.raw({0, end});
    cell.text.resize(end);
    return cell;
  }

  std::vector<Cell> divide(const Cell& cell, std::size_t at) const {
    Plain plain;
    plain.append(paper_.text, cell.raw);
    std::vector<Cell> parts(2, cell);
    parts[0].raw = plain.raw({0, at});
    parts[0].text = cut(cell.text, {0, at});
    parts[1].raw = plain.raw({at, plain.size()});
    parts[1].text = cut(cell.text, {at, cell.text.size()});
    parts[1].column += static_cast<int>(at);
    return parts;
  }

  Cell judge(Cell cell) const {
    if (date(cell) || blank(cell)) return cell;
    static const Words behalf(R"(^\(?(?:i\. ?[AV]\.|I\. ?[AV]\.|[Ii]m Auftrage?|[Ii]n Vertretung)\)?:?(?: \((?:Unterschrift )?unleserlich\))?$)");
    static const Words office("^\\(?(?:(?:Der|Die) )?(" + office_pattern + ")(?: (?:der|des) .{3,60}?)?\\)?$");
    static const Words label(R"(^\(?(?:Für (?:das|den|die|dem)\b|für (?:Arbeit|das|den|die)\b|Der (?:Träger|Kreis|Landkreis)\b|Land\b|Stadt\b|Kreis\b|Landkreis\b|Agentur\b|Jobcenter\b|Bundes\w+|(?:\w+isches )?(?:Staats)?[Mm]inisterium\b|Senatsverwaltung|des (?:Landes|Landkreis\w*|Jobcenters|Kreises)\b|der (?:Agentur|Stadt|Bundesagentur)\b))");
    if (behalf.is(cell.text)) {
      cell.part = Part::Behalf;
    } else if (office.is(cell.text)) {
      cell.part = Part::Office;
      cell.office = cell.text.front() == '(' ? cell.text.substr(1, cell.text.size() - (cell.text.ends_with(")") ? 2 : 1)) : cell.text;
      if (cell.office.starts_with("Der ") || cell.office.starts_with("Die ")) cell.office = cell.office.substr(4);
    } else if (name(cell) || named_after_label(cell)) {
      cell.part = Part::Name;
    } else if (label.in(cell.text) && cell.text.size() < 110 && !cell.text.ends_with(".") ) {
      cell.part = Part::Label;
      label_more(cell);
    } else {
      for (const auto& party : known_.parties) {
        if (cell.text.size() < party.size() + 30 && (cell.text.find(party) != std::string::npos || (cell.text.size() > 3 && party.find(cell.text) != std::string::npos))) cell.part = Part::Label;
      }
    }
    return cell;
  }

  // "Agentur: Wencke Stahmer", "Behörde: i. A. Jonte Brüggmann"
  bool named_after_label(Cell& cell) const {
    static const Words form(R"(^([A-ZÄÖÜ][A-Za-zäöüßÄÖÜ-]{1,24}): (.{5,60})$)");
    const auto groups = match(form, cell.text);
    if (groups.empty()) return false;
    Cell person = cell;
    person.text = cut(cell.text, groups[2]);
    if (!name(person)) return false;
    cell.person = person.person;
    cell.office = person.office;
    cell.behalf = person.behalf;
    cell.of = cut(cell.text, groups[1]);
    return true;
  }

  // "Landkreis, i. A.", "Landkreis Auental, Landrätin"
  static void label_more(Cell& cell) {
    static const Words behalf(R"(, i\. ?[AV]\.$)");
    static const Words office("^(?:Agentur|Jobcenter|Landkreis|Kreis|Stadt)\\b[^,]*, (" + office_pattern + ")$");
    cell.behalf = behalf.in(cell.text);
    if (const auto groups = match(office, cell.text); !groups.empty()) cell.office = cut(cell.text, groups[1]);
  }

  bool date(Cell& cell) const {
    static const Words place(R"(^\(?((?:[A-ZÄÖÜ]\. )?(?-i:[A-ZÄÖÜ])[A-Za-zäöüßÄÖÜ.-]+(?:[ /(](?-i:[A-ZÄÖÜa-z(])[A-Za-zäöüßÄÖÜ.()-]*){0,4}?),? ?(?:,|, ?den|, ?d\.|, ?der|, ?am|den|am|,? ?im) ?(.{1,40})$)");
    static const Words open(R"(^[_.…]{3,},? ?(?:den|am)? ?(.{1,40})$)");
    static const Words alone(R"(^(?:den|am|Datum:?) (.{4,24})$)");
    if (cell.text.size() > 90) return false;
    static const Words undated(R"(^\(?ohne (?:Datum|Datumsangabe)\)?$)");
    if (undated.is(cell.text)) {
      cell.date.quality = "MISSING";
      cell.part = Part::Date;
      return true;
    }
    static const Words bare(R"(^((?-i:[A-ZÄÖÜ])[A-Za-zäöüßÄÖÜ.-]+(?: [A-Za-zäöüßÄÖÜ.()-]+){0,3}), den$)");
    auto groups = match(bare, cell.text);
    if (!groups.empty()) {
      Plain plain;
      plain.append(paper_.text, cell.raw);
      cell.place = cut(cell.text, groups[1]);
      cell.place_raw = plain.raw(groups[1]);
      cell.date.quality = "MISSING";
      cell.part = Part::Date;
      return true;
    }
    // "Lechhausen am Roth, 26.01.2015": what stands between the place's last comma and the end is the date, whatever words the place has.
    static const Words after_comma(R"(^\(?((?-i:[A-ZÄÖÜ])[A-Za-zäöüßÄÖÜ.-]+(?: [A-Za-zäöüßÄÖÜ.()/-]+){1,4}), ?(?:den |am )?(\d[^,]{4,24})$)");
    groups = match(after_comma, cell.text);
    if (groups.empty()) groups = match(place, cell.text);
    Span words;
    if (!groups.empty()) {
      words = groups[2];
      cell.place = cut(cell.text, groups[1]);
    } else if (!(groups = match(open, cell.text)).empty() || !(groups = match(alone, cell.text)).empty()) {
      words = groups[1];
    } else {
      return false;
    }
    auto read = signed_date(cell.text.substr(words.begin, words.end - words.begin));
    // "im April 2018": the month alone is written so.
    const auto in = cell.text.find(" im ");
    if (!read || (read->quality == "YEAR_ONLY" && cell.text.size() > 45)) return false;
    if (cell.place.empty() && (read->quality == "MISSING" || read->quality == "YEAR_ONLY")) return false;
    Plain plain;
    plain.append(paper_.text, cell.raw);
    if (read->quality == "MONTH_ONLY" && in != std::string::npos && in < words.begin) words.begin = in + 1;
    while (words.end > words.begin && std::string_view(" ;").find(cell.text[words.end - 1]) != std::string_view::npos) --words.end;
    if (read->quality != "MISSING") read->raw = plain.raw(words);
    if (!cell.place.empty()) cell.place_raw = plain.raw(groups[1]);
    cell.date = *read;
    cell.part = Part::Date;
    return true;
  }

  static bool blank(Cell& cell) {
    static const Words line(R"(^(?:gez\.:?|[_.…–—*-]{3,}|\(?(?:Ort, ?Datum|Datum, ?Ort|Ort|Datum|Unterschrift\w*|Siegel|Stempel|Name, Funktion)[ ,/]*(?:Unterschrift|Datum)?\)?|[_.… ]{4,}|:?-{3,}:?)$)");
    if (!line.is(cell.text)) return false;
    cell.part = Part::Blank;
    return true;
  }

  // "gez. Vonhof", "(Dr. Berend Lindner)", "i. V. Petra Wusterhaus", "Staatsminister Dr. Lothar Biesold"
  bool name(Cell& cell) const {
    static const Words form(R"(^\(?(?P<first>gez\.:? )?(?P<behalf>(?:i\. ?[AV]\.|[Ii]m Auftrage?|[Ii]n Vertretung|für)[:,]? )?(?P<signed>gez\.:? )?(?:Herrn? |Frau )?(?P<office>)" + office_pattern + R"( )?(?P<name>)" + person_pattern + R"(|(?:[A-ZÄÖÜ][a-z]{0,2}\. ?|Dr\. )*(?-i:[A-ZÄÖÜ])[A-Za-zäöüßÄÖÜğışçé-]+)\)?(?:, (?P<after>)" + office_pattern + R"())?(?: \((?P<of>[^)]{2,40})\))?$)");
    static const auto names = form.re().NamedCapturingGroups();
    if (cell.text.size() > 100) return false;
    static const Words bare(R"(^\(?(?:gez\.:? )?((?:Dr\. )?[A-ZÄÖÜ][A-Za-zäöüÄÖÜ.-]*(?: [A-ZÄÖÜ][A-Za-zäöüßÄÖÜ.-]*){0,2})\)?$)");
    if (const auto hand = match(bare, cell.text); !hand.empty()) {
      const auto known = std::find_if(known_.persons.begin(), known_.persons.end(), [&](const std::string& one) { return initials_of(cut(cell.text, hand[1]), one); });
      if (known != known_.persons.end()) {
        cell.person = *known;
        return true;
      }
    }
    const auto groups = match(form, cell.text);
    if (groups.empty()) return false;
    const auto group = [&](const char* name) { return cut(cell.text, groups[static_cast<std::size_t>(names.at(name))]); };
    auto person = group("name");
    static const Words none(R"(\b(?:Für|Land|Stadt|Kreis|Landkreis|Agentur|Jobcenter|Arbeit|Ministerium|Staatsministerium|Bundes\w+|Soziales|Gesundheit|Gleichstellung|Digitalisierung|Wirtschaft|Verkehr|Familie|Vertretung|Auftrag|Artikel|Anlage|Ort|Datum|Unterschrift|Vereinbarung|Zielvereinbarung|Träger|Seite|Dezernat|Referat|Bezirksamt|Niedersachsen|Nordrhein-Westfalen|Geschäftsführung|Der|Die|Das|Den)\b|kreis$)");
    cell.of = group("of");
    for (const auto& known : known_.persons) {
      if (same_person(person, known)) {
        person = known;
        cell.behalf = !group("behalf").empty();
        cell.person = person;
        cell.office = group("office").empty() ? group("after") : group("office");
        return true;
      }
    }
    const bool one_word = person.find(' ') == std::string::npos;
    const bool hand = !group("signed").empty() || !group("first").empty();
    if (none.in(person) || (one_word && !hand)) return false;
    for (const auto& party : known_.parties) {
      if (party.find(person) != std::string::npos && !hand) return false;
    }
    cell.behalf = !group("behalf").empty();
    cell.person = person;
    cell.office = group("office").empty() ? group("after") : group("office");
    static const Words office("^(?:" + office_pattern + ")$");
    if (cell.office.empty() && office.is(cell.of)) cell.office = std::exchange(cell.of, {});
    return true;
  }

  // "U. O.-N.", "JPK", "P. E.-Koch": what stands there begins each of the names in turn, the last ones included.
  static bool initials_of(const std::string& written, const std::string& known) {
    const auto parts = [](const std::string& person, bool capitals) {
      std::vector<std::string> all;
      for (std::size_t at = 0; at < person.size();) {
        const auto end = std::min(person.find_first_of(" -.", at), person.size());
        auto part = person.substr(at, end - at);
        if (part != "Dr" && part != "Prof" && !part.empty()) {
          if (capitals && part.size() <= 4 && part.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos) {
            for (const char letter : part) all.emplace_back(1, letter);
          } else {
            all.push_back(std::move(part));
          }
        }
        at = end + 1;
      }
      return all;
    };
    const auto said = parts(written, true), whole = parts(known, false);
    if (said.size() < 2 || said.size() != whole.size()) return false;
    for (std::size_t i = 0; i < said.size(); ++i) {
      if (!whole[i].starts_with(said[i])) return false;
    }
    return true;
  }

  // "I. Tschernik", "Dr. Kemnitz", "Benz" for a person whom the head names in full.
  static bool same_person(const std::string& written, const std::string& known) {
    if (written == known || written == surname(known) || known.ends_with(" " + written)) return true;
    if (initials_of(written, known)) return true;
    static const Words form(R"(^(?P<title>(?:Prof\. ?|Dr\. ?)*)(?:(?P<initial>[A-ZÄÖÜ])[a-z]{0,2}\. ?)?(?-i:[A-ZÄÖÜ])[A-Za-zäöüßÄÖÜğışçé-]+$)");
    const auto groups = match(form, written);
    if (groups.empty() || surname(written.substr(groups[0].begin)) != surname(known)) return false;
    const auto first = known.rfind(". ", known.size() - surname(known).size());
    const auto name = first == std::string::npos ? known : known.substr(first + 2);
    return groups[2].empty() || name.starts_with(cut(written, groups[2]));
  }

  const Paper& paper_;
  const Known& known_;
};

}  // namespace

namespace {

// A row of a table with a date and a name is one who signs; else a row goes over all who sign.
void add_line(std::vector<Cell> line, bool table, std::vector<std::vector<Cell>>& lines) {
  const auto has = [&](Part part) { return std::any_of(line.begin(), line.end(), [&](const Cell& cell) { return cell.part == part; }); };
  // "Wiesbaden, den 19. Dez. 2016    Gernot Achenbächer": the name beside the date; the other way round they are two columns.
  const bool labelled = line.size() == 3 && (line[2].part == Part::Label || line[2].part == Part::Office);
  const bool row = !table && (line.size() == 2 || labelled) && line[1].part == Part::Name;
  if (row && line[0].part == Part::Other) {
    // "14.03.2013    R. Dobrick": a full date beside a name needs no place.
    if (auto date = signed_date(line[0].text); date && date->quality == "COMPLETE") {
      date->raw = line[0].raw;
      line[0].date = *date;
      line[0].part = Part::Date;
    }
  }
  const bool beside = row && line[0].part == Part::Date;
  if ((!table && !beside) || !has(Part::Date) || !has(Part::Name)) {
    lines.push_back(std::move(line));
    return;
  }
  std::stable_partition(line.begin(), line.end(), [](const Cell& cell) { return cell.part == Part::Date; });
  for (auto& cell : line) {
    cell.column = 0;
    lines.push_back({std::move(cell)});
  }
}

}  // namespace

std::vector<Stretch> signature_stretches(const Paper& paper, const Known& known) {
  const Reader reader(paper, known);
  std::vector<std::vector<Cell>> lines;
  for (std::size_t at = 0; at < paper.text.size();) {
    const auto end = std::min(paper.text.find('\n', at), paper.text.size());
    std::vector<Cell> line;
    auto cells = cells_of(paper.text, {at, end});
    const bool table = !cells.empty() && paper.text[paper.text.find_first_not_of(" \t", at)] == '|';
    if (cells.size() == 1 && !table) {
      for (auto& one : reader.stacked(cells[0])) lines.push_back({std::move(one)});
      at = end + 1;
      continue;
    }
    for (auto& cell : cells) {
      for (auto& one : reader.look(std::move(cell))) line.push_back(std::move(one));
    }
    add_line(std::move(line), table, lines);
    at = end + 1;
  }
  const auto all = [](const std::vector<Cell>& line, auto&& holds) { return std::all_of(line.begin(), line.end(), holds); };
  const auto dated = [&](const std::vector<Cell>& line) { return std::any_of(line.begin(), line.end(), [](const Cell& cell) { return cell.part == Part::Date; }) && all(line, [](const Cell& cell) { return cell.part == Part::Date || cell.part == Part::Blank; }); };
  // Names of offices and parties go on over lines; a sentence ends the stretch.
  const auto belongs = [&](const std::vector<Cell>& line) { return all(line, [](const Cell& cell) { return cell.part != Part::Other || (cell.text.size() < 60 && !cell.text.ends_with(".") && !cell.text.ends_with(":") && cell.text.front() != '#' && cell.text.front() != '<' && cell.text.find_first_of("%0123456789") == std::string::npos); }); };
  std::vector<Stretch> stretches;
  std::size_t taken = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty() || !dated(lines[i])) continue;
    Stretch stretch;
    std::size_t begin = i;
    // Labels and names may stand above the date: "Für den Kreis …", then place and date.
    for (std::size_t back = i; back-- > taken && i - back < 8;) {
      if (lines[back].empty()) continue;
      if (!all(lines[back], [](const Cell& cell) { return cell.part != Part::Other && cell.part != Part::Date; })) break;
      begin = back;
    }
    std::size_t end = i + 1;
    for (std::size_t on = i + 1; on < lines.size(); ++on) {
      if (lines[on].empty()) continue;
      if (!belongs(lines[on])) break;
      end = on + 1;
    }
    for (std::size_t k = begin; k < end; ++k) {
      if (!lines[k].empty()) stretch.push_back(lines[k]);
    }
    taken = end;
    i = end - 1;
    stretches.push_back(std::move(stretch));
  }
  return stretches;
}

}  // namespace zielwerk::reader
