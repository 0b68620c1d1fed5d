// What holds of every reading, whatever the paper says: the numbers add up, evidence quotes the paper, the draft fits its schema, and words
// that say nothing change nothing.
#include <gtest/gtest.h>
// after gtest, which it needs
#include <rapidcheck/gtest.h>

#include <boost/json.hpp>

#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "base/resource.h"
#include "base/text.h"
#include "documents/document.h"
#include "intake/json_schema.h"
#include "reader/reader.h"

namespace zielwerk::reader {
namespace {

namespace fs = std::filesystem;
namespace bj = boost::json;

documents::Document paper(std::string text) {
  documents::Document document;
  document.name = "erfunden.txt";
  document.sha256 = std::string(64, 'a');
  document.bytes = text.size();
  document.media = "text/plain";
  document.text = std::move(text);
  return document;
}

// --- papers that look like agreements ---------------------------------------------------------------------------------------------------

std::string any_of(const std::vector<std::string>& words) { return *rc::gen::elementOf(words); }

std::string any_number() {
  const int whole = *rc::gen::inRange(0, 40), tenth = *rc::gen::inRange(0, 10);
  switch (*rc::gen::inRange(0, 9)) {
    case 0: return fmt::format("{},{} Prozent", whole, tenth);
    case 1: return fmt::format("{},{} %", whole, tenth);
    case 2: return fmt::format("- {},{} %", whole, tenth);
    case 3: return fmt::format("–{},{} v. H.", whole, tenth);
    case 4: return fmt::format("{}.{:03}", whole + 1, 7 * whole + tenth);
    case 5: return fmt::format("{} {:03}", whole + 1, 7 * whole + tenth);
    case 6: return fmt::format("rd. {},{} Mio. Euro", whole, tenth);
    case 7: return any_of({"zwei Prozent", "ein halbes Prozent", "anderthalb Prozent", "ein Viertel", "jede fünfte", "9 von 10", "1 : 75", "zwölf", "fünfeinhalb Prozent", "1½", "480 TEUR"});
    default: return fmt::format("{},\n{} Prozent", whole, tenth);
  }
}

std::string any_quantity() {
  return any_of({"die Integrationsquote (K2)", "der Bestand an Langzeitleistungsbeziehenden (K3)", "die Integrationsquote der Alleinerziehenden (K2E4)", "die Zahl der Integrationen",
                 "die Summe der Leistungen zum Lebensunterhalt", "der Abstand der Integrationsquoten von Männern und Frauen", "die Zufriedenheit", "der Krankenstand"});
}

std::string any_paragraph() {
  const auto quantity = any_quantity(), number = any_number();
  switch (*rc::gen::inRange(0, 15)) {
    case 0: return fmt::format("Das Ziel ist erreicht, wenn {} um {} gegenüber dem Vorjahr {}.", quantity, number, any_of({"steigt", "sinkt", "zunimmt", "zurückgeht"}));
    case 1: return fmt::format("Das Ziel gilt als erfüllt, solange {} um {} {} hinter 2018 zurückbleibt.", quantity, any_of({"höchstens", "nicht mehr als", "maximal"}), number);
    case 2: return fmt::format("Zielwert für {}: {}.", quantity, number);
    case 3: return fmt::format("Nach der Prognose beträgt {} rund {}.", quantity, number);
    case 4: return fmt::format("Im Jahr {} lag {} bei {}; vereinbart waren {}.", *rc::gen::inRange(2011, 2026), quantity, number, any_number());
    case 5: return fmt::format("| Kennzahl | Ist 2018 | Zielwert 2019 |\n|--|--|--|\n| {} | {} | {} |", any_of({"Integrationsquote", "Bestand LZB"}), *rc::gen::inRange(1, 9999), *rc::gen::inRange(1, 9999));
    case 6: return fmt::format("Gemäß § {}b Abs. {} Satz 1 Nr. 4 SGB II, BGBl. I S. {}.", *rc::gen::inRange(1, 99), *rc::gen::inRange(1, 9), *rc::gen::inRange(1, 3000));
    case 7: return fmt::format("Musterstadt, den {}.{}.{}", *rc::gen::inRange(1, 32), *rc::gen::inRange(1, 13), *rc::gen::inRange(12, 27));
    case 8: return fmt::format("{}. {}", *rc::gen::inRange(1, 9), any_of({"Ziele", "Zusammenarbeit", "Verringerung der Hilfebedürftigkeit", "Zielnachhaltung"}));
    case 9: return fmt::format("- mindestens {} Integrationen, davon {} Frauen", *rc::gen::inRange(1, 999), any_of({"zwölf", "40", "ein Drittel"}));
    case 10: return fmt::format("                                 - {} / {} -", *rc::gen::inRange(1, 9), *rc::gen::inRange(1, 9));
    case 11: return fmt::format("Der Eingliederungstitel beträgt {} Euro, Projekt U25 bietet {} Plätze bis 31.12.", any_number(), any_of({"24", "acht", "1.O24", "l2"}));
    case 12: return fmt::format("{} {} {}", number, any_of({"%", "=", "≥", "über", "(", "–", ":", "K3E1"}), any_number());
    case 13: return fmt::format("Es finden {} Zieldialoge statt, in {} Wochen, Telefon 0{}/{}.", any_of({"drei", "vier", "2 bis 3"}), any_of({"sechs", "6"}), *rc::gen::inRange(100, 999), *rc::gen::inRange(1000, 99999));
    default: return fmt::format("{} (Integrationsquote)        {}        {}", *rc::gen::inRange(1, 9), number, any_number());
  }
}

using Paragraphs = std::vector<std::string>;

Paragraphs any_paper() {
  Paragraphs all{"Zielvereinbarung", "für das Jahr 2019", "zwischen dem Land Erfunden und dem Landkreis Musterau"};
  for (int i = *rc::gen::inRange(1, 14); i > 0; --i) all.push_back(any_paragraph());
  return all;
}

std::string text_of(const Paragraphs& paragraphs) { return base::join(paragraphs, *rc::gen::inRange(0, 5) == 0 ? "\r\n\r\n" : "\n\n"); }

// --- numbers, looked for a second time ----------------------------------------------------------------------------------------------------

bool letter(unsigned char c) { return std::isalpha(c) || c >= 0x80; }

// Runs of digits, and words that are nothing but a number.
std::vector<Span> simple_scan(std::string_view text) {
  static const std::set<std::string, std::less<>> words{"zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "zwanzig", "dreißig", "fünfzig",
                                                        "hundert", "anderthalb", "fünfeinhalb", "zweieinhalb", "hälfte", "drittel", "viertel", "verdoppelt", "zweihundertfünfzig"};
  std::vector<Span> found;
  for (std::size_t i = 0; i < text.size();) {
    const auto begin = i;
    const auto c = static_cast<unsigned char>(text[i]);
    if (std::isdigit(c)) {
      while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i]))) ++i;
      found.push_back({begin, i});
    } else if (letter(c)) {
      while (i < text.size() && letter(static_cast<unsigned char>(text[i]))) ++i;
      std::string word(text.substr(begin, i - begin));
      if (std::isupper(static_cast<unsigned char>(word[0])) && word.size() > 1) word[0] = static_cast<char>(std::tolower(word[0]));
      const bool part_of_more = (begin > 0 && (std::isdigit(static_cast<unsigned char>(text[begin - 1])) || text[begin - 1] == '-')) ||
                                (i < text.size() && (std::isdigit(static_cast<unsigned char>(text[i])) || text[i] == '-'));
      if (words.count(word) && !part_of_more) found.push_back({begin, i});
    } else {
      ++i;
    }
  }
  return found;
}

// A number that a page break divides ("einen ⏎ - 2 - ⏎ halben") has the page's number inside, an entry of its own.
bool divided(std::string_view text, const NumberUse& number) { return text.substr(number.raw.begin, number.raw.end - number.raw.begin).find("\n\n") != std::string_view::npos; }

std::string numbers_in_no_or_two_classes(const std::string& text, const Reading& reading) {
  std::string said;
  for (const auto& span : simple_scan(text)) {
    const auto classes = std::count_if(reading.numbers.begin(), reading.numbers.end(), [&](const NumberUse& number) { return number.raw.covers(span) && !divided(text, number); });
    if (classes == 1 || (classes == 0 && std::any_of(reading.numbers.begin(), reading.numbers.end(), [&](const NumberUse& number) { return number.raw.covers(span); }))) continue;
    const auto from = span.begin < 40 ? 0 : span.begin - 40;
    said += fmt::format("„{}“ is in {} entries: …{}…\n", text.substr(span.begin, span.end - span.begin), classes, text.substr(from, span.end + 20 - from));
  }
  for (std::size_t i = 1; i < reading.numbers.size(); ++i) {
    if (divided(text, reading.numbers[i - 1])) continue;
    if (reading.numbers[i - 1].raw.end > reading.numbers[i].raw.begin) said += fmt::format("„{}“ and „{}“ overlap or are out of order\n", reading.numbers[i - 1].text, reading.numbers[i].text);
  }
  return said;
}

std::string classes_that_do_not_add_up(const Reading& reading) {
  std::string said;
  std::map<std::string, std::int64_t> counts{{"used", 0}, {"explained", 0}, {"unread", 0}};
  for (const auto& number : reading.numbers) {
    const bool unread = number.as == NumberUse::As::Unread;
    ++counts[unread ? "unread" : number.as == NumberUse::As::Used ? "used" : "explained"];
    if (number.detail.empty() != unread) said += fmt::format("„{}“: a class without a reason, or a reason without a class\n", number.text);
    const auto points = std::count_if(reading.open_points.begin(), reading.open_points.end(), [&](const OpenPoint& point) { return point.code == "number_unread" && point.raw == number.raw; });
    if (points != (unread ? 1 : 0)) said += fmt::format("„{}“ has {} open points number_unread\n", number.text, points);
  }
  const auto& told = reading.draft.at("document").at("reading").at("number_counts").as_object();
  for (const auto& [name, count] : counts) {
    if (told.at(name).to_number<std::int64_t>() != count) said += "number_counts tells another number of " + name + "\n";
  }
  return said;
}

// --- evidence and schema ------------------------------------------------------------------------------------------------------------------

struct Places {  // byte offset of every code point, and its line
  explicit Places(const std::string& text) {
    std::int64_t line = 1;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
        bytes.push_back(i);
        lines.push_back(line);
      }
      if (text[i] == '\n') ++line;
    }
    bytes.push_back(text.size());
    lines.push_back(line);
  }
  std::vector<std::size_t> bytes;
  std::vector<std::int64_t> lines;
};

void wrong_evidence(const bj::value& value, const std::string& text, const Places& places, std::string& said) {
  if (value.is_array()) {
    for (const auto& one : value.as_array()) wrong_evidence(one, text, places, said);
  }
  if (!value.is_object()) return;
  const auto& object = value.as_object();
  if (object.contains("quote") && object.contains("start")) {
    const auto at = [&](const char* name) { return object.at(name).to_number<std::size_t>(); };
    const std::string quote(object.at("quote").as_string());
    const bool inside = at("start") < at("end") && at("end") < places.bytes.size();
    if (!inside || places.bytes[at("start")] != at("byte_start") || places.bytes[at("end")] != at("byte_end") || text.substr(at("byte_start"), at("byte_end") - at("byte_start")) != quote ||
        places.lines[at("start")] != object.at("line").to_number<std::int64_t>()) {
      said += "evidence at the wrong place: " + bj::serialize(value) + "\n";
    }
  }
  for (const auto& member : object) wrong_evidence(member.value(), text, places, said);
}

std::string against_the_schema(const Reading& reading) {
  static const bj::value schema = bj::parse(base::resource("docs/formats/agreement.schema.json"));
  const auto document = intake::parse_json("entwurf.json", bj::serialize(reading.draft));
  if (!document) return document.error().message;
  const auto admitted = [&](const char* code) { return std::any_of(reading.open_points.begin(), reading.open_points.end(), [&](const OpenPoint& point) { return point.code == code; }); };
  std::string said;
  for (const auto& problem : intake::check_schema(*document, schema)) {
    // What the paper does not say, a person adds; an open point asks for it.
    if (problem.where.ends_with("(/agreement/parties)") && admitted("parties_incomplete")) continue;
    if (problem.where.find("(/agreement/year") != std::string::npos && admitted("year_missing")) continue;
    said += problem.where + ": " + problem.message + "\n";
  }
  return said;
}

// Everything that is wrong with the reading of a text; empty is good.
std::string faults(const documents::Document& document) {
  const auto reading = read(document);
  if (!reading) return reading.error().code == "document_without_text" ? "" : reading.error().message;
  std::string said = numbers_in_no_or_two_classes(document.text, *reading) + classes_that_do_not_add_up(*reading);
  wrong_evidence(reading->draft, document.text, Places(document.text), said);
  said += against_the_schema(*reading);
  if (bj::serialize(read(document)->draft) != bj::serialize(reading->draft)) said += "read twice, two drafts\n";
  for (const auto& mark : reading->marks) {
    if (mark.raw.empty() || mark.raw.end > document.text.size()) said += "a mark outside the text: " + mark.field + "\n";
    if (mark.confidence != "exact" && mark.confidence != "inferred" && mark.confidence != "missing") said += "a confidence nobody knows: " + mark.confidence + "\n";
    if (mark.confidence == "inferred" && mark.reason.empty()) said += "inferred from nothing: " + mark.field + "\n";
  }
  for (const auto& point : reading->open_points) {
    if (point.message.empty() || point.message.back() != '.') said += "an open point without a sentence: " + point.code + "\n";
  }
  return said;
}

RC_GTEST_PROP(Reading, AddsUpForAnyPaper, ()) {
  const auto text = text_of(any_paper());
  const auto said = faults(paper(text));
  if (!said.empty()) RC_FAIL(said + "--- text:\n" + text);
}

RC_GTEST_PROP(Reading, AddsUpForLooseWords, ()) {
  static const std::vector<std::string> words{"1",   "0,4",  "l,2", "5.4OO", "§",   "Abs.", "2",   "Ziel", "steigt", "um",    "Prozent", "%",  "zwei", "halb", "ein",  "|",  "\n",     "\n\n", "- ",
                                              "(",   ")",    "von", "bis",   "–",   "−",    "+",   ":",    "/",      "K2",    "U25",     "½",  "2³",   "2019", "31.", "12.", "Dezember", "t-3",  "\u00AD",
                                              "\u00A0", "\u2009", "000", "Euro", "TEUR", "Mio.", "mindestens", "davon", "Zielwert", "# ",  "**", "Seite", "&", "\t",   "zwölf", "fünf", ",", ".",      ";",    "S. 7"};
  std::string text = "Zielvereinbarung 2020\n\n";
  for (int i = *rc::gen::inRange(1, 60); i > 0; --i) text += any_of(words) + (*rc::gen::inRange(0, 3) == 0 ? "" : " ");
  const auto said = faults(paper(text));
  if (!said.empty()) RC_FAIL(said + "--- text:\n" + text);
}

// What is agreed, without the places where it stands.
std::string agreed(const std::string& text) {
  const auto reading = read(paper(text));
  if (!reading) return reading.error().code;
  std::string all;
  for (const auto& target : reading->draft.at("agreement").at("targets").as_array()) {
    auto plain = target.as_object();
    plain.erase("evidence");
    all += bj::serialize(plain) + "\n";
  }
  return all;
}

RC_GTEST_PROP(Reading, IsNotMovedByWordsThatSayNothing, ()) {
  static const std::vector<std::string> idle{"Der Himmel über dem Marktplatz war an diesem Morgen klar, und die Amseln sangen.", "Im Rathaus hängt ein Gemälde des alten Hafens.",
                                             "Die Kantine hat freitags geöffnet; Brot liegt bereit."};
  auto paragraphs = any_paper();
  const auto before = base::join(paragraphs, "\n\n");
  // At the begin or the end: between a line that only holds a value and the sentence that says it in words, any paragraph parts them.
  const auto place = *rc::gen::arbitrary<bool>() ? std::size_t{3} : paragraphs.size();
  paragraphs.insert(paragraphs.begin() + static_cast<std::ptrdiff_t>(place), any_of(idle));
  const auto after = base::join(paragraphs, "\n\n");
  if (agreed(before) != agreed(after)) RC_FAIL("--- before:\n" + agreed(before) + "--- after:\n" + agreed(after) + "--- text:\n" + after);
}

TEST(Reading, AddsUpForTheRealAndTheInventedPapers) {
  int papers = 0;
  for (const char* folder : {"agreements/texte", "agreements/beispiele", "tests/reader/corpus/dev"}) {
    for (const auto& file : fs::directory_iterator(fs::path(ZIELWERK_ROOT) / folder)) {
      const auto ending = file.path().extension();
      if ((ending != ".txt" && ending != ".md") || file.path().stem() == "README") continue;
      const auto document = documents::open_document(file.path());
      ASSERT_TRUE(document.has_value()) << document.error().message;
      EXPECT_EQ(faults(*document), "") << file.path();
      ++papers;
    }
  }
  EXPECT_GE(papers, 23);
}

}  // namespace
}  // namespace zielwerk::reader
