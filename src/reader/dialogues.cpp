#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "reader/draft.h"
#include "reader/partners.h"
#include "reader/passages.h"
#include "reader/phrases.h"

namespace zielwerk::reader {
namespace {

struct Found {
  const Passage* passage = nullptr;
  Span name, count;  // in the passage
  std::string title, regularity;
  std::optional<int> exact, at_least, regular;
  int score = 0;
};

int number_of(std::string word) {
  static constexpr std::array<std::string_view, 13> words = {"null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"};
  if (word.empty()) return 0;
  if (word[0] >= '0' && word[0] <= '9') return std::stoi(word.substr(0, 3));
  std::transform(word.begin(), word.end(), word.begin(), [](char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte; });
  for (std::size_t i = words.size(); i-- > 1;) {
    if (word.starts_with(words[i])) return static_cast<int>(i);
  }
  return 0;
}

// "Steuerungsdialoge", "Zielnachhaltegesprächen" -> one of them.
std::string singular(std::string name) {
  for (const std::string_view ending : {"en", "e", "es", "s"}) {
    const auto stem = name.size() - ending.size();
    if (name.ends_with(ending) && (std::string_view(name).substr(0, stem).ends_with("dialog") || std::string_view(name).substr(0, stem).ends_with("gespräch") || std::string_view(name).substr(0, stem).ends_with("konferenz"))) return name.substr(0, stem);
  }
  return name;
}

void count_of(Found& found) {
  const auto& text = found.passage->text.text();
  static const std::string n = R"((?:\d{1,2}|zwei|drei|vier|fünf|sechs|acht|zwölf|einen|einem|eine|ein))";
  static const Words least(R"((?i)(?:mindestens|wenigstens|nicht weniger als|zumindest)(?: jedoch)? ()" + n + R"()(?:[- ]?mal)?\b(?: (?:jährlich|im Jahr|pro Jahr))?)");
  static const Words rule(R"((?i)(?:in der Regel|üblicherweise|normalerweise) ()" + n + R"()(?:mal)?(?: [\wäöüß]+){1,2}?(?: (?:pro Jahr|jährlich|im Jahr))?\b)");
  static const Words quarterly(R"((?i)\b(?:in jedem Quartal|je Quartal|pro Quartal|vierteljährlich\w*|quartalsweise|einmal im Quartal|jedes Quartal|Quartalsgespräch\w*))");
  static const Words monthly(R"((?i)\b(?:monatlich\w*|in jedem Monat|jeden Monat|einmal im Monat))");
  static const Words half(R"((?i)\b(?:(?:einem|einen|ein) [\wäöüß]+ )?(?:je Halbjahr|in jedem Halbjahr|pro Halbjahr|halbjährlich\w*))");
  static const Words times(R"((?i)\b(ein|zwei|drei|vier|fünf|sechs|zwölf|\d{1,2})[ -]?mal(?: \w+)? (?:im Jahr|jährlich|pro Jahr|im Kalenderjahr|in \d{4})|\b(?:an|nur noch|zu) (zwei|drei|vier|fünf|sechs|ein|einem) (?:\w+ )?(?:Terminen|[\wäöüß]*(?:dialog|gespräch)\w*))");
  static const Words plain(R"((?i)(?:führen|finden|findet|führt|werden|sind|veranstalten|vereinbaren|statt|durch|lädt zu|treffen sich zu)[^.;]*?\b()" + n + R"() (?:(?:gemeinsame|regelmäßige|persönliche|verbindliche|örtliche)\w* )?(?-i:[A-ZÄÖÜ])[\wäöüß]*(?:dialog|gespräch|konferenz)\w*)");
  static const Words leading(R"((?i)\b()" + n + R"() (?:(?:gemeinsame|regelmäßige|persönliche|verbindliche)\w* )?(?-i:[A-ZÄÖÜ])[\wäöüß]*(?:dialog|gespräch|konferenz)\w* (?:statt|geführt|vorgesehen|durchgeführt|vereinbart|finden|werden|sind|wird|findet|pro Jahr|im Jahr|jährlich))");
  static const Words bare(R"((?i)\b(zwei|drei|vier|fünf|sechs|ein)[ -]?mal\b)");
  static const Words changed(R"((?i)die Zahl ["„»“]?\d+["“”«]? der [\wäöüß]*(?:dialoge|gespräche)\w* durch (["„»“]?(\d+)["“”«]?))");
  static const Words twice(R"((?i)\bim (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Frühjahr|Sommer|Herbst|Winter)(?:,? (?:und )?(?:im |sowie im )?(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Frühjahr|Sommer|Herbst|Winter))+(?: jeweils einen?m?)?)");
  static const Words season(R"((?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Frühjahr|Sommer|Herbst|Winter))");
  static const Words regular(R"((?i)\b(?:regelmäßig\w*|unterjährig\w*|fortlaufend|laufend|in angemessenen Abständen|kontinuierlich)(?: (?:Abständen|Gesprächen|[A-ZÄÖÜ][\wäöüß]*gesprächen))?)");
  static const Words several(R"((?i)\b(?:zwei|drei|vier|fünf|sechs|\d{1,2}) [\wäöüß]*(?:dialog|gespräch|konferenz)\w*)");
  const auto word = [&](const std::vector<Span>& groups) { return number_of(cut(text, groups[1])); };
  const auto set = [&](Span span, const char* regularity, int score) {
    found.count = span;
    found.regularity = regularity;
    found.score = score;
  };
  std::vector<Span> groups;
  static const Words single(R"((?i)(?:im Jahr \d{4}|pro Jahr|jährlich) (?:ein|einen|eine) (?-i:[A-ZÄÖÜ])[\wäöüß]*(?:dialog|gespräch|konferenz)\b)");
  if (!(groups = match(changed, text)).empty()) {
    found.exact = number_of(cut(text, groups[2]));
    set(groups[1], "FIXED", 9);
  } else if (!(groups = match(least, text)).empty() && word(groups) > 0) {
    found.at_least = word(groups);
    set(groups[0], "AT_LEAST", 10);
  } else if (!(groups = match(rule, text)).empty() && word(groups) > 0) {
    found.regular = word(groups);
    set(groups[0], "AS_A_RULE", 10);
  } else if (match(quarterly, text).empty() && match(monthly, text).empty() && !(groups = match(single, text)).empty()) {
    found.exact = 1;
    set(groups[0], "FIXED", 10);
  } else if (!(groups = match(quarterly, text)).empty()) {
    set(groups[0], "QUARTERLY", 8);
  } else if (!(groups = match(monthly, text)).empty()) {
    set(groups[0], "MONTHLY", 8);
  } else if (!(groups = match(half, text)).empty()) {
    found.exact = 2;
    set(groups[0], "FIXED", 8);
  } else if (!(groups = match(times, text)).empty() && (word(groups) > 0 || !groups[2].empty())) {
    found.exact = groups[2].empty() ? word(groups) : number_of(cut(text, groups[2]));
    set(groups[0], "FIXED", 10);
  } else if (!(groups = match(twice, text)).empty() && match(several, text).empty()) {
    int count = 0;
    for (auto one = match(season, text, groups[0].begin); !one.empty() && one[0].begin < groups[0].end; one = match(season, text, one[0].end)) ++count;
    found.exact = count;
    set(groups[0], "FIXED", 8);
  } else if (!(groups = match(plain, text)).empty() && word(groups) > 0 && cut(text, groups[1]).size() > 3) {
    found.exact = word(groups);
    set(groups[1], "FIXED", 10);
  } else if (!(groups = match(leading, text)).empty() && word(groups) > 0 && cut(text, groups[1]).size() > 3) {
    found.exact = word(groups);
    set(groups[1], "FIXED", 9);
  } else if (!(groups = match(bare, text)).empty() && word(groups) > 0) {
    found.exact = word(groups);
    set(groups[0], "FIXED", 6);
  } else if (!(groups = match(regular, text)).empty()) {
    set(groups[0], "REGULAR_UNSPECIFIED", 4);
  }
}

// Named dialogues first; without a name the clause that says how the partners discuss how far the targets are.
std::optional<Found> dialogue_clause(const std::vector<Passage>& all) {
  static const Words named(R"(\b((?:Ziel|Steuerungs|Zielsteuerungs|Zielnachhalte|Zielerreichungs|Zielvereinbarungs|Quartals|Auswertungs|Jahres|Fach|Halbjahres|Bilanz|Controlling|Nachhalte|Führungs|Planungs|Ergebnis|Performance|Entwicklungs)[a-zäöüß]*(?:dialog|gespräch|konferenz)(?:en|es|e|s)?)\b)");
  static const Words unnamed(R"((?i)(?:(?:Stand|Entwicklung|Ergebnisse?)\b[^.]*(?:Zielerreichung|Ziele)|Zielerreichung|die Ergebnisse)[^.]*\b(?:Gesprächen?|erörter\w+|besproch\w+|besprech\w+|beraten|thematisiert|ausgetauscht)|\b(?:erörtern|besprechen|beraten|berät)\b[^.]*(?:Zielerreichung|Ergebnisse|Entwicklung|Ziele|Stand|Zielstand)|\b(?:tausch(?:t|en) sich\b[^;]*? aus\b|tauschen\b[^;]*? aus\b|verständigen sich\b[^;]*? über|sprechen\b[^;]*?\b(?:über|auf Leitungsebene)|treffen sich|trifft sich|kommen\b[^;]*? zusammen|(?:finden|findet)\b[^;]*?\bGespräche?\b[^;]*? statt|[Bb]esprochen wird|wird\b[^;]*?\b(?:gesprochen|besprochen)|Steuerungsgespräch\w*))");
  static const Words none(R"((?i)\b(?:kreisangehörig\w+|Erstgespräch\w*|Ergebnisse des Jahres|in einem Ideenwettbewerb|zwischen dem und)\b)");
  std::optional<Found> best;
  for (const auto& passage : all) {
    const auto& text = passage.text.text();
    if (none.in(text)) continue;
    Found found;
    found.passage = &passage;
    auto groups = match(named, text);
    if (!groups.empty()) {
      found.name = groups[1];
      found.title = singular(cut(text, groups[1]));
    } else if (!(groups = match(unnamed, text)).empty()) {
      static const Words board(R"(\b(Trägerversammlung)\b)"), talks(R"(\b(?:Gesprächen?|Zielnachhalt\w+)\b)"), discuss(R"(\b(?:erörter\w*)\b)"), status(R"((?:Stand der Zielerreichung))");
      const auto at = match(board, text);
      found.name = at.empty() ? groups[0] : at[1];
      found.title = !at.empty() ? "Trägerversammlung" : talks.in(text) ? "Zielnachhaltegespräch" : status.in(text) ? "Zielnachhaltung" : discuss.in(text) ? "Erörterung" : "Zielnachhaltung";
    } else {
      continue;
    }
    count_of(found);
    if (found.score == 0 && match(named, text).empty()) continue;
    if (!match(named, text).empty()) found.score += 3;
    if (!best || found.score > best->score) best = found;
  }
  return best;
}

const char* waiting(const std::string& text, Span* where) {
  struct Row {
    const char* code;
    Words pattern;
  };
  static const std::array<Row, 4> rows = {{{"t-0", Words(R"((?i)ohne Wartezeit|Wartezeit von null Monaten|\bt ?[-–] ?0\b|ohne zeitliche Verzögerung)")}, {"t-3", Words(R"((?i)Wartezeit von (?:3|drei) Monaten|(?:3|drei)[- ]?monatige\w* Wartezeit|(?:drei|3) Monate\w* Wartezeit|Wartezeit:? (?:drei|3) Monate|\bt ?[-–] ?3\b|ausgehärtet\w*)")}, {"t-1", Words(R"((?i)Wartezeit von (?:1|einem) Monat|einmonatige\w* Wartezeit|\bt ?[-–] ?1\b)")}, {"t-2", Words(R"((?i)Wartezeit von (?:2|zwei) Monaten|zweimonatige\w* Wartezeit|\bt ?[-–] ?2\b)")}}};
  for (const auto& row : rows) {
    if (const auto groups = match(row.pattern, text); !groups.empty()) {
      if (where) *where = groups[0];
      return row.code;
    }
  }
  return nullptr;
}

class Clauses {
 public:
  Clauses(Draft& draft, const std::vector<Passage>& all, const Found& found) : draft_(draft), all_(all), found_(found) {}

  json::object read() {
    const auto& text = found_.passage->text.text();
    json::object one;
    one["name"] = found_.title;
    one["count_exact"] = or_null(found_.exact);
    one["count_min"] = or_null(found_.at_least);
    if (found_.regular) one["count_regular"] = *found_.regular;
    one["count_raw"] = found_.count.empty() ? json::value(nullptr) : json::value(cut(text, found_.count));
    one["regularity"] = found_.regularity.empty() ? "REGULAR_UNSPECIFIED" : found_.regularity;
    static const Words per_year(R"((?i)\b(?:jährlich|pro Jahr|im Jahr(?: ?[,;.]| zu|$| \D)|je Halbjahr|Halbjahr|regelmäßig\w*|Quartal|monatlich))");
    const bool per = per_year.in(text);
    one["period"] = json::object{{"type", per ? "PER_YEAR" : "CALENDAR_YEAR"}, {"year", draft_.paper.year}};
    raw_.push_back(found_.passage->text.raw());
    draft_.mark(found_.passage->text.raw(found_.name), "dialogues.name");
    if (!found_.count.empty()) draft_.mark(found_.passage->text.raw(found_.count), "dialogues.count");
    surroundings();
    one["data_basis"] = std::move(basis_);
    one["wartezeit"] = waiting_.empty() ? json::value(nullptr) : json::value(waiting_);
    one["ladestand_rule"] = equal_ ? json::value("COMPARE_EQUAL_LADESTAND") : json::value(nullptr);
    one["preparer"] = std::move(preparer_);
    one["extra_on"] = std::move(extra_);
    one["topics"] = std::move(topics_);
    one["evidence"] = draft_.evidence(raw_);
    if (judged_) judge_targets();
    return one;
  }

 private:
  // "Grundlage für … die Beurteilung der Zielerreichung bilden die Werte ohne Wartezeit": so the targets against another year are judged.
  void judge_targets() {
    for (auto& target : draft_.list("targets")) {
      auto& one = target.as_object();
      if (!one["wartezeit"].is_null() || one["reference"].is_null()) continue;
      one["wartezeit"] = waiting_;
      draft_.marks.push_back({draft_.targets[static_cast<std::size_t>(&target - draft_.list("targets").data())].evidence.front(), fmt::format("targets[{}].wartezeit", std::string(one["id"].as_string())), "inferred", "aus der Regel zur Beurteilung der Zielerreichung"});
    }
  }

  // The section that the dialogue stands in; the sentences that weigh the year as a whole are the final evaluation's.
  void surroundings() {
    static const Words final(R"((?i)Gesamtergebnis\w*|Abschlussbewertung|Schlussbewertung|abschließende[nrs]? (?:Bewertung|Beurteilung)|(?:Ergebnisse|Zielerreichung) des Jahres \d{4}|Dezemberwerte\w*|endgültige)");
    static const Words target(R"((?i)\bZiel\b[^.]*\berreicht\b|\bmindestens \d+,\d)");
    const auto& blocks = draft_.paper.blocks;
    // "Gegenstand der Dialoge:" heads a list, not a section.
    const auto section = [&](std::size_t block) {
      const auto& above = blocks[block].headings;
      const auto found = std::find_if(above.rbegin(), above.rend(), [&](std::size_t heading) { return !blocks[heading].text.text().ends_with(":"); });
      return found == above.rend() ? std::size_t{0} : *found;
    };
    for (const auto& passage : all_) {
      const auto& text = passage.text.text();
      const bool own = &passage == found_.passage;
      const bool near = section(passage.block) == section(found_.passage->block) || passage.block == found_.passage->block;
      if (!own && (!near || target.in(text))) continue;
      const auto from = static_cast<std::ptrdiff_t>(passage.block) - static_cast<std::ptrdiff_t>(found_.passage->block);
      const bool listed = in_list_ || (!blocks[passage.block].headings.empty() && section(passage.block) != blocks[passage.block].headings.back());
      if (!own && !listed && (from < -4 || from > 8)) continue;
      if (final.in(text) && !own) continue;
      details(passage);
    }
  }

  void add(json::array& list, std::string_view code) {
    if (std::none_of(list.begin(), list.end(), [&](const json::value& value) { return value.as_string() == code; })) list.push_back(json::value(code));
  }

  void details(const Passage& passage) {
    const auto& text = passage.text.text();
    static const Words basis(R"((?i)\b(?:Grundlage|Basis|zugrunde|zu Grunde|verwendet|maßgeblich|genutzt|stützt sich|stützen sich|beruh\w+|herangezogen|bereit|stellt dazu|zur Verfügung|anhand)\b)");
    bool used = &passage == found_.passage;
    if (basis.in(text)) {
      for (const auto& finding : rule_book().find("datenbasis", text)) {
        add(basis_, finding.code());
        draft_.mark(passage.text.raw(finding.span), "dialogues.data_basis");
        if (!used) raw_.push_back(passage.text.raw());
        used = true;
      }
    }
    used = labelled(passage) || used;
    static const Words judging(R"((?i)\b(?:Beurteilung|Bewertung) der (?:Zielerreichung|Ziele)\b|\bMaßgeblich (?:sind|ist)\b)");
    Span where;
    if (const auto* code = waiting(text, &where); code && waiting_.empty()) {
      waiting_ = code;
      judged_ = judging.in(text);
      draft_.mark(passage.text.raw(where), "dialogues.wartezeit");
      if (!used) raw_.push_back(passage.text.raw());
      used = true;
    }
    const bool ours = !phrase_of("dialogue", text).empty();
    for (const auto& finding : rule_book().find("dialog", text)) {
      const auto& code = finding.code();
      const auto kind = finding.rule->attribute("feld");
      if ((kind == "thema" && ours) || (kind == "extra" && further().in(text))) continue;
      if (kind == "ladestand") equal_ = true;
      if (kind == "extra") add(extra_, code);
      if (kind == "thema") add(topics_, topic(code, cut(text, finding.span)));
      if (kind == "aufbereitung" && preparer_.is_null()) prepare(passage, finding);
      draft_.mark(passage.text.raw(finding.span), fmt::format("dialogues.{}", kind));
      if (!used) raw_.push_back(passage.text.raw());
      used = true;
    }
  }

  // The clauses of our drafts: "Grundlage der Dialoge: …", "Gegenstand der Dialoge:" with a list, "Weitere Gespräche finden … statt."
  bool labelled(const Passage& passage) {
    const auto& text = passage.text.text();
    static const Words topics(R"((?i)^Gegenstand der (?:Dialoge|Gespräche)\b.*:)");
    static const Words basis(R"((?i)^Grundlage der (?:Dialoge|Gespräche)\b)");
    static const Words prepared(R"((?i)^Vorbereitung: (.+?) stellt bereit: (.+?)\.?$)");
    const bool item = draft_.paper.blocks[passage.block].kind == BlockKind::Item;
    const auto& above = draft_.paper.blocks[passage.block].headings;
    if (!item) in_list_ = topics.in(text);
    else in_list_ = in_list_ || (!above.empty() && topics.in(draft_.paper.blocks[above.back()].text.text()));
    const auto before = raw_.size();
    if (in_list_ && !phrase_of("dialogue", text).empty()) {
      for (const auto& one : phrases_in("dialogue", text)) take(passage, topics_, one, "topics");
    }
    if (const auto named = phrases_in("basis", text); basis.in(text) && !named.empty()) {
      basis_.clear();
      for (const auto& one : named) take(passage, basis_, one, "data_basis");
    }
    if (further().in(text)) {
      for (const auto& one : phrases_in("extra", text)) take(passage, extra_, one, "extra_on");
    }
    if (const auto groups = match(prepared, text); !groups.empty()) {
      const auto who = partners_named(draft_, cut(text, groups[1]));
      if (who.size() == 1) preparer_ = json::object{{"party", who.front()}, {"what", cut(text, groups[2])}, {"evidence", draft_.evidence({passage.text.raw()})}};
    }
    return raw_.size() != before;
  }

  static const Words& further() {
    static const Words words(R"((?i)^Weitere Gespräche finden )");
    return words;
  }

  void take(const Passage& passage, json::array& list, const Phrase& phrase, const char* field) {
    add(list, phrase.code);
    draft_.mark(passage.text.raw(phrase.span), fmt::format("dialogues.{}", field));
    if (raw_.empty() || raw_.back() != passage.text.raw()) raw_.push_back(passage.text.raw());
  }

  // Topics that name a year or numbers of goals carry them: QUALITATIVE_GOALS_4_5.
  std::string topic(const std::string& code, const std::string& words) const {
    if (code == "BUDGET_UTILISATION") return fmt::format("{}_{}", code, draft_.paper.year);
    std::string result = code;
    for (const char byte : words) {
      if (code == "QUALITATIVE_GOALS" && byte >= '0' && byte <= '9') result += std::string("_") + byte;
    }
    return result;
  }

  void prepare(const Passage& passage, const Finding& finding) {
    const auto who = finding.captures.find("wer");
    if (who == finding.captures.end()) return;
    const auto name = cut(passage.text.text(), who->second);
    const auto what = finding.captures.find("was");
    json::value party = nullptr;
    for (const auto& one : draft_.list("parties")) {
      const bool abbr = one.at("abbr").is_string() && name == one.at("abbr").as_string();
      const auto full = std::string(one.at("name").as_string());
      if (abbr || (name.size() > 3 && full.find(name) != std::string::npos)) {
        if (party.is_null()) party = one.at("id");
      }
    }
    if (party.is_null() && name.starts_with("Bundesagentur")) party = "BA";
    if (party.is_null()) return;
    preparer_ = json::object{{"party", party}, {"what", what == finding.captures.end() ? "" : cut(passage.text.text(), what->second)}, {"evidence", draft_.evidence({passage.text.raw()})}};
  }

  Draft& draft_;
  const std::vector<Passage>& all_;
  const Found& found_;
  std::vector<Span> raw_;
  json::array basis_, extra_, topics_;
  json::value preparer_ = nullptr;
  std::string waiting_;
  bool equal_ = false;
  bool judged_ = false;  // the sentence of the Wartezeit speaks of judging
  bool in_list_ = false;  // of topics
};

}  // namespace

void read_dialogues(Draft& draft) {
  const auto all = passages(draft.paper);
  const auto found = dialogue_clause(all);
  if (!found) {
    draft.agreement["dialogues"] = nullptr;
    draft.open("dialogue_missing", "Eine Regelung über Ziel- oder Steuerungsdialoge wurde nicht gefunden.");
    return;
  }
  if (found->regularity.empty()) draft.open("dialogue_count_missing", fmt::format("Wie oft der {} stattfindet, wurde nicht erkannt.", found->title), found->passage->text.raw());
  draft.agreement["dialogues"] = Clauses(draft, all, *found).read();
}

}  // namespace zielwerk::reader
