#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "reader/draft.h"
#include "reader/passages.h"

namespace zielwerk::reader {
namespace {

struct Site {
  std::string location;
  Span number;
  std::string status, as_of;
};

const std::string place_words = R"((?-i:[A-ZÄÖÜ])[\wäöüß-]*(?: (?-i:[A-ZÄÖÜ])[\wäöüß-]+)?)";

// Capacities per site: "15 Plätzen in Ostrau und 10 Plätzen in Mügelitz", "20 (SGH) bzw. 30 Plätzen (EIL&HET)", "Löwenbruch (30 Plätze)",
// "48 Plätze … (Blieshofen 30, Sankt Ruprecht 18)", "18 Plätze, davon 6 in Teilzeit", "auf 100 reduziert".
class Places {
 public:
  Places(const std::string& text, int year) : text_(text), year_(year) {}

  std::vector<Site> read() {
    static const std::string n = R"((\d{1,4}(?:,5)?))";
    static const std::string unit = R"((?:(?:Teilnehmer|Projekt)?[Pp]lätzen?|Stellen))";
    static const Words bracket(R"(()" + place_words + R"() \()" + n + " " + unit + R"(\))");
    static const Words breakdown(R"(\(()" + place_words + R"() (\d{1,4})(?:, ()" + place_words + R"() (\d{1,4}))+\))");
    static const Words pair(R"(()" + place_words + R"() (\d{1,4})(?:,|\)))");
    static const Words respectively(n + R"( \(([^()]{2,20})\) (?:bzw\.|und) )" + n + " " + unit + R"((?: \(([^()]{2,20})\))?)");
    static const Words plain(n + " " + unit + R"((?: (?:im|in|am Standort) ()" + place_words + R"()| \(([A-ZÄÖÜ][^()\d]{1,30})\))?)");
    static const Words more(R"(^ und )" + n + R"( in ()" + place_words + ")");
    static const Words part(R"(\bdavon (?:sind )?)" + n + R"( (?:Plätze )?in Teilzeit)");
    static const Words reduced(R"((?i)(?:\bin ()" + place_words + R"() mit )?auf (\d{1,4}) (?:verminderter Platzzahl|reduziert|verringert|abgesenkt|vermindert))");
    static const Words earlier(R"((?i)\b(?:Im Vorjahr|standen|waren es|noch|bisher|zuvor)\b)"), still(R"((?i)\bnoch über\b)");
    if (const auto groups = match(breakdown, text_); !groups.empty()) {
      for (auto one = match(pair, text_, groups[0].begin); !one.empty() && one[0].begin < groups[0].end; one = match(pair, text_, one[0].end - 1)) add(cut(text_, one[1]), one[2], "CURRENT");
    } else {
      for (auto one = match(bracket, text_); !one.empty(); one = match(bracket, text_, one[0].end)) add(cut(text_, one[1]), one[2], "CURRENT");
      for (auto one = match(respectively, text_); !one.empty(); one = match(respectively, text_, one[0].end)) {
        add(cut(text_, one[2]), one[1], "CURRENT");
        add(one[4].empty() ? std::string() : cut(text_, one[4]), one[3], "CURRENT");
      }
      for (auto one = match(plain, text_); !one.empty(); one = match(plain, text_, one[0].end)) {
        const auto lead = text_.substr(one[0].begin < 45 ? 0 : one[0].begin - 45, std::min<std::size_t>(one[0].begin, 45));
        if (earlier.in(lead) && !still.in(lead)) continue;
        const bool posts = cut(text_, one[0]).find("Stelle") != std::string::npos;
        const auto where = one[2].empty() ? one[3].empty() ? std::string() : cut(text_, one[3]) : cut(text_, one[2]);
        add(where == "Teilzeit" ? std::string() : where, one[1], posts ? "POSTS" : "CURRENT");
        if (const auto next = match(more, text_.substr(one[0].end)); !next.empty() && cut(text_.substr(one[0].end), next[2]) != "Teilzeit") add(cut(text_.substr(one[0].end), next[2]), {one[0].end + next[1].begin, one[0].end + next[1].end}, "CURRENT");
      }
    }
    if (const auto one = match(part, text_); !one.empty()) add({}, one[1], "PART_TIME_SUBSET");
    for (auto one = match(reduced, text_); !one.empty(); one = match(reduced, text_, one[0].end)) changed(one[1].empty() ? std::string() : cut(text_, one[1]), one[2]);
    locate();
    return std::move(sites_);
  }

 private:
  void add(const std::string& location, Span number, const std::string& status) {
    if (std::any_of(sites_.begin(), sites_.end(), [&](const Site& one) { return one.number.meets(number); })) return;
    sites_.push_back({location, number, status, moment(number.begin)});
  }

  // A number that takes the place of another: the old one of the same site is history, or both are the way of one year.
  void changed(const std::string& location, Span number) {
    for (auto& one : sites_) {
      if (one.location != location || one.number.meets(number)) continue;
      one.status = location.empty() ? "START" : "HISTORIC";
    }
    static const Words from(R"((?i)\bab (?:dem )?([1-4])\. Quartal (\d{4}) (sukzessive|schrittweise|nach und nach)?)");
    const auto lead = text_.substr(0, number.begin);
    add(location, number, location.empty() && !sites_.empty() ? "END" : "CURRENT");
    const auto groups = match(from, lead);
    if (groups.empty() || sites_.empty()) return;
    sites_.back().as_of = fmt::format("from {}-Q{}{}", cut(lead, groups[2]), cut(lead, groups[1]), groups[3].empty() ? "" : ", gradually");
    if (const int quarter = std::stoi(cut(lead, groups[1])); quarter > 1 && sites_.size() > 1) sites_.front().as_of = fmt::format("{}-Q{}", cut(lead, groups[2]), quarter - 1);
  }

  // When a number holds: the month or year its sentence names, else the agreement's year.
  std::string moment(std::size_t at) const {
    static const Words in_month(R"(\bim (Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember) ((?:19|20)\d\d))");
    static const Words in_year(R"(\bim Jahr ((?:19|20)\d\d))");
    const auto begin = text_.rfind(". ", at);
    const auto sentence = text_.substr(begin == std::string::npos ? 0 : begin, text_.find(". ", at) - (begin == std::string::npos ? 0 : begin));
    if (const auto groups = match(in_month, sentence); !groups.empty()) {
      const auto day = dates("1. " + cut(sentence, groups[1]) + " " + cut(sentence, groups[2]));
      if (!day.empty() && day.front().month) return fmt::format("{}-{:02}", cut(sentence, groups[2]), *day.front().month);
    }
    if (const auto groups = match(in_year, sentence); !groups.empty()) return cut(sentence, groups[1]);
    return std::to_string(year_);
  }

  // "Der Landkreis X verfügt über 64 Plätze", "im Landkreis mit 145 Plätzen": the site of all numbers that name none.
  void locate() {
    static const Words owner(R"((?:^|[.>] ?)(?:Der|Die|Das) ((?:Landkreis|Kreis|Stadt)(?: [A-ZÄÖÜ][\wäöüß-]+)*) verfügt\b)");
    static const Words region(R"(\bim (Landkreis|Kreis|Kreisgebiet|Stadtgebiet)\b)");
    auto groups = match(owner, text_);
    if (groups.empty()) groups = match(region, text_);
    if (groups.empty()) return;
    for (auto& one : sites_) {
      if (one.location.empty() && one.status != "PART_TIME_SUBSET") one.location = cut(text_, groups[1]);
    }
  }

  const std::string& text_;
  int year_;
  std::vector<Site> sites_;
};

std::string spaced_sign(std::string location) {
  if (const auto at = location.find('&'); at != std::string::npos && at > 0 && location[at - 1] != ' ') location.replace(at, 1, " & ");
  return location;
}

class Programmes {
 public:
  explicit Programmes(Draft& draft) : draft_(draft) {}

  void read() {
    const auto& blocks = draft_.paper.blocks;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const auto& block = blocks[i];
      if (draft_.paper.under(i, "ANNEX") || block.kind == BlockKind::Furniture) continue;
      if (block.kind == BlockKind::Heading) heading(i);
      else if (block.kind == BlockKind::Row && listed(i)) continue;
      else if (block.kind == BlockKind::Row) {
        for (const auto& cell : block.cells) told(cell, i);
      } else {
        told(block.text, i);
      }
    }
    for (auto& one : found_) write(one);
  }

 private:
  struct Programme {
    std::string name;
    bool municipal = false, land = false;
    std::vector<Span> raw;  // in the document
    std::vector<Site> sites;
    std::vector<Span> numbers;  // of the sites, in the document
    json::value until = nullptr;
    Span until_raw{};
    std::size_t heading = static_cast<std::size_t>(-1);  // where it is named by a heading
  };

  static const Words& named() {
    static const Words words(R"((?:(Landesprogramm|Landesprojekt)|Projekt|Programm|Maßnahme|Jugendwerkstatt|Aktivierung)\b[^„".»]{0,90}?["„»]([^“”"«]{3,100})["“”«])");
    return words;
  }

  // "1.2 Aktivierung älterer Arbeitsloser „60 aktiv“", "1.1 „Familien stärken“" below "Landesprogramme".
  void heading(std::size_t i) {
    const auto& block = draft_.paper.blocks[i];
    const auto& text = block.text.text();
    static const Words quoted(R"(^(?:[^„"]{0,60} )?["„»]([^“”"«]{3,60})["“”«]$)");
    const auto groups = match(quoted, text);
    const bool below = std::any_of(block.headings.begin(), block.headings.end(), [&](std::size_t above) { return draft_.paper.blocks[above].text.text().find("rogramm") != std::string::npos || draft_.paper.blocks[above].text.text().find("rojekt") != std::string::npos; });
    if (groups.empty() || (!below && match(named(), text).empty())) return;
    Programme one{.name = cut(text, groups[1]), .municipal = municipal(i), .land = false, .raw = {block.raw}, .sites = {}, .numbers = {}, .until = nullptr, .until_raw = {}, .heading = i};
    found_.push_back(std::move(one));
  }

  bool municipal(std::size_t i) const { return draft_.paper.under(i, "MUNICIPAL") || draft_.agreement.at("kind").as_string() == "KOMMUNE_JC"; }

  // A paragraph or cell that names a programme, or one below the heading that does.
  void told(const Plain& whole, std::size_t i) {
    const auto& text = whole.text();
    const auto place = whole.raw();
    const auto& understood = draft_.paper.understood;
    if (std::any_of(understood.begin(), understood.end(), [&](const Span& one) { return one.meets(place); })) return;
    auto groups = match(named(), text);
    static const Words bare(R"(Landesprogramm ((?-i:[A-ZÄÖÜ]{4,}|(?:[A-ZÄÖÜ][\wäöüß-]+ )*[A-ZÄÖÜ][\wäöüß-]+: [A-ZÄÖÜ][\wäöüß-]+(?: \d+\+?)?)))");
    std::string name;
    bool land = false;
    if (!groups.empty()) {
      name = cut(text, groups[2]);
      land = !groups[1].empty();
    } else if (groups = match(bare, text); !groups.empty()) {
      name = cut(text, groups[1]);
      land = true;
    }
    if (name.empty()) {
      const auto& above = draft_.paper.blocks[i].headings;
      if (!found_.empty() && std::find(above.begin(), above.end(), found_.back().heading) != above.end()) details(found_.back(), whole);
      return;
    }
    // The project inside a programme: "Landesprogramm A … Das Projekt „B“ …"
    if (land) {
      if (const auto inner = match(named(), text, groups[0].end); !inner.empty() && cut(text, inner[0]).starts_with("Projekt") && cut(text, inner[2]) != name) name += " / " + cut(text, inner[2]);
    }
    Programme one{.name = municipal(i) && land ? "Landesprogramm " + name : name, .municipal = municipal(i), .land = land, .raw = {whole.raw(groups[0])}, .sites = {}, .numbers = {}, .until = nullptr, .until_raw = {}};
    details(one, whole);
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const Programme& other) { return other.name == one.name; });
    if (!known && (!one.sites.empty() || !one.until.is_null() || one.municipal)) found_.push_back(std::move(one));
  }

  void details(Programme& one, const Plain& whole) {
    const auto& text = whole.text();
    static const Words until(R"((?i)(?:\bbis|\bendet|\bbefristet)(?: vorerst| zunächst)?(?: zum| mit dem| bis| am)? (\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)(?: (?:fortgeführt|noch|weiter))?)");
    for (auto& site : Places(text, draft_.paper.year).read()) {
      const auto raw = whole.raw(site.number);
      const bool used = std::any_of(draft_.paper.numbers.begin(), draft_.paper.numbers.end(), [&](const NumberUse& use) { return use.raw.meets(raw) && use.as == NumberUse::As::Used; });
      if (used) continue;
      one.numbers.push_back(raw);
      one.sites.push_back(std::move(site));
    }
    if (const auto end = match(until, text); !end.empty() && one.until.is_null()) {
      for (const auto& day : dates(cut(text, end[1]))) one.until = day.iso();
      one.until_raw = whole.raw(end[0]);
    }
  }

  // Rows of "| Projekt | Träger | Plätze | Laufzeit |", and of "| Standort | Plätze bis 03/2020 | Plätze ab 04/2020 |" below a programme's heading.
  bool listed(std::size_t i) {
    const auto& block = draft_.paper.blocks[i];
    const Block* head = nullptr;
    for (auto k = i + 1; k-- > 0 && draft_.paper.blocks[k].table == block.table;) {
      if (draft_.paper.blocks[k].table_head) head = &draft_.paper.blocks[k];
    }
    static const Words of_projects(R"((?i)^(?:Projekt|Programm|Maßnahme|Angebot)\b)"), of_sites(R"((?i)^(?:Standort|Ort)\b)"), capacity(R"((?i)plätze\b|^Plätze)"), whole(R"(^(\d{1,4})$)");
    if (!head || head->cells.empty()) return false;
    const bool projects = of_projects.in(head->cells.front().text());
    const bool sites = of_sites.in(head->cells.front().text()) && !found_.empty() && found_.back().heading != static_cast<std::size_t>(-1);
    const bool counted = std::any_of(head->cells.begin(), head->cells.end(), [](const Plain& cell) { return capacity.in(cell.text()); });
    if ((!projects && !sites) || !counted) return false;
    if (head == &block || block.cells.empty() || block.cells.front().empty()) return true;
    Programme made{.name = block.cells.front().text(), .municipal = municipal(i), .land = false, .raw = {block.cells.front().raw()}, .sites = {}, .numbers = {}, .until = nullptr, .until_raw = {}};
    auto& one = sites ? found_.back() : made;
    std::vector<std::pair<Site, Span>> columns;
    for (std::size_t c = 1; c < block.cells.size() && c < head->cells.size(); ++c) {
      const auto& cell = block.cells[c];
      if (const auto groups = match(whole, cell.text()); !groups.empty() && capacity.in(head->cells[c].text())) columns.push_back({{sites ? block.cells.front().text() : std::string(), groups[1], "CURRENT", std::to_string(draft_.paper.year)}, cell.raw()});
      for (const auto& day : dates(cell.text())) {
        if (!day.iso().empty() && one.until.is_null()) {
          one.until = day.iso();
          one.until_raw = cell.raw();
        }
      }
    }
    const bool same = columns.size() == 2 && draft_.paper.quote(columns[0].second) == draft_.paper.quote(columns[1].second);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns.size() == 2 && !same) columns[c].first.status = c == 0 ? "START" : "END";
      draft_.mark(columns[c].second, fmt::format("programmes[PR{}].places", found_.size() + (sites ? 0 : 1)));
      if (same && c == 1) continue;
      one.sites.push_back(columns[c].first);
      one.numbers.push_back(columns[c].second);
    }
    if (!sites) found_.push_back(std::move(made));
    return true;
  }

  void write(Programme& one) {
    auto& list = draft_.list("programmes");
    const auto id = fmt::format("PR{}", list.size() + 1);
    if (one.sites.empty() && one.until.is_null() && !one.municipal) return;
    json::array sites;
    for (std::size_t k = 0; k < one.sites.size(); ++k) {
      const auto& site = one.sites[k];
      const auto digits = std::string(draft_.paper.quote(one.numbers[k]));
      const auto value = numerals(digits);
      sites.push_back({{"location", text_or_null(spaced_sign(site.location))}, {"count", value.empty() ? json::value(nullptr) : number(value.front().value)}, {"as_of", site.as_of}, {"status", site.status}});
      draft_.mark(one.numbers[k], fmt::format("programmes[{}].places", id));
      one.raw.push_back(one.numbers[k]);
    }
    if (!one.until.is_null()) {
      draft_.mark(one.until_raw, fmt::format("programmes[{}].until", id));
      one.raw.push_back(one.until_raw);
    }
    list.push_back({{"id", id}, {"scope", one.municipal ? "MUNICIPAL" : one.land ? "LAND" : "LOCAL"}, {"topic", nullptr}, {"name", one.name}, {"target_group", nullptr}, {"places", std::move(sites)}, {"until", one.until}, {"linked_target", nullptr}, {"role_of_jc", json::array()}, {"evidence", draft_.evidence(one.raw)}});
    draft_.marks.push_back({one.raw.front(), fmt::format("programmes[{}]", id), "exact", {}});
  }

  Draft& draft_;
  std::vector<Programme> found_;
};

}  // namespace

void read_programmes(Draft& draft) {
  draft.list("programmes");
  Programmes(draft).read();
}

}  // namespace zielwerk::reader
