#include "reader/passages.h"

#include <algorithm>
#include <array>

namespace zielwerk::reader {

const std::string person_pattern =
    R"((?:(?:Prof\.|Dr\.|Dipl\.-[A-Z][a-z]+\.?|h\. ?c\.|med\.|jur\.|phil\.|rer\. ?(?:nat|pol)\.|-Ing\.|Ph\. ?D\.) ?)*(?-i:(?:[A-ZÄÖÜ]\. ?)?[A-ZÄÖÜ][a-zäöüßéèáàçğışšžćčñńłøåêëïó]+(?:-[A-ZÄÖÜ][a-zäöüß]+)*(?: [A-ZÄÖÜ]\.)?(?: (?:von|van|de|der|den|zu|zur|vom))*(?: [A-ZÄÖÜ](?:[a-zäöüßéèáàçğışšžćčñńłøåêëïó]+|'[A-Z][a-z]+)(?:-[A-ZÄÖÜ][a-zäöüß]+)*){1,2}))";

const std::string office_pattern =
    R"((?:(?:Erste|operative|Parlamentarische|Beamtete|stellvertretende|Geschäftsführende|Leitende|hauptamtliche)[rns]? )*(?:Staatssekretär|Staatsr[aä]t|Landr[aä]t|(?:Oberb|B)ürgermeister|Staatsminister|Minister(?:ial\w+)?|Senator|(?:Stadt|Bezirksstadt|Kreis|Regions|Städteregions|Senats)r[aä]t|Senatsdirektor|(?:Kreis|Stadt)?(?:Beigeordnete|beigeordnete)|(?:Kreis|Stadt|Regierungs|Abteilungs)?[Dd]irektor|(?:Sozial|Fach)?[Dd]ezernent|Geschäftsführer|Vors(?:itzende[rn]?|\.) (?:der Geschäftsführung|des Vorstande?s)|Mitglied des Vorstande?s|(?:Vize|Regions|Regierungs)?[Pp]räsident|(?:Abteilungs|Fachbereichs|Amts|Referats|Bereichs|Dezernats|Jobcenter)leit(?:er|ung)|Bereichsleiter|Amtmann|(?:Stadtk|Kreisk|K)ämmerer|Landesbeamte|Vorstandsmitglied)(?:innen|in|en|er|s|n|r)?(?: für [A-ZÄÖÜ]\w+(?:(?:, | und )[A-ZÄÖÜ]\w+)*)?)";

std::vector<Passage> passages(const Paper& paper) {
  std::vector<Passage> all;
  const auto keep = [&](std::size_t block, Plain sentence, std::size_t cell) {
    const auto raw = sentence.raw();
    if (std::find(paper.understood.begin(), paper.understood.end(), raw) == paper.understood.end()) all.push_back({block, std::move(sentence), cell});
  };
  for (std::size_t i = 0; i < paper.blocks.size(); ++i) {
    const auto& block = paper.blocks[i];
    // A short line that ends with a colon opens a list; only its length makes it look like a heading.
    const bool heading = block.kind == BlockKind::Heading && !(block.level >= 9 && block.text.text().ends_with(":"));
    if (block.kind == BlockKind::Furniture || heading || paper.under(i, "ANNEX")) continue;
    if (block.kind == BlockKind::Row) {
      for (std::size_t c = 0; c < block.cells.size(); ++c) {
        for (const auto& sentence : sentences(block.cells[c].text())) keep(i, block.cells[c].part(sentence), c);
      }
    } else {
      for (const auto& sentence : block.sentences) keep(i, block.text.part(sentence), 0);
    }
  }
  return all;
}

std::vector<Span> match(const Words& pattern, std::string_view text, std::size_t from) {
  const auto even = folded(text);
  if (!pattern.may_match(even)) return {};
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(pattern.re().NumberOfCapturingGroups()) + 1);
  std::vector<Span> spans;
  if (from > even.size() || !pattern.re().Match({even.data(), even.size()}, from, even.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) return spans;
  for (const auto& group : groups) {
    const auto begin = group.data() ? static_cast<std::size_t>(group.data() - even.data()) : 0;
    spans.push_back({begin, begin + group.size()});
  }
  return spans;
}

std::string cut(std::string_view text, Span span) {
  while (span.begin < span.end && text[span.begin] == ' ') ++span.begin;
  while (span.end > span.begin && text[span.end - 1] == ' ') --span.end;
  return std::string(text.substr(span.begin, span.end - span.begin));
}

std::string nominative_name(std::string name) {
  struct Ending {
    std::string_view from, to;
  };
  static constexpr std::array<Ending, 7> words = {{{"Landkreises ", "Landkreis "}, {"Kreises ", "Kreis "}, {"Jobcenters ", "Jobcenter "}, {"Bezirksamtes ", "Bezirksamt "}, {"Ministeriums ", "Ministerium "}, {"ministeriums ", "ministerium "}, {"Landes ", "Land "}}};
  for (const auto& word : words) {
    const auto at = name.find(word.from);
    if (at < 60 && (at == 0 || word.from != "Landes ")) name.replace(at, word.from.size(), word.to);
  }
  static const Words adjective(R"(^(\w+isch)(?:e|en|em|es) ((?:Staats)?[Mm]inisterium))");
  if (const auto groups = match(adjective, name); !groups.empty()) {
    auto noun = name.substr(groups[2].begin);
    if (noun.front() == 'm') noun.front() = 'M';
    name = name.substr(0, groups[1].end) + "es " + noun;
  }
  if (name.ends_with("kreises")) name.resize(name.size() - 2);
  for (const std::string_view kind : {"kreisfreien ", "kreisfreie ", "Kreisfreie "}) {
    if (name.starts_with(kind)) name.erase(0, kind.size());
  }
  return name;
}

std::string nominative_function(std::string function, std::string_view article) {
  const bool man = article == "den" || article == "dem" || article == "Herrn" || article == "Herr";
  const auto replace = [&](std::string_view from, std::string_view to) {
    if (const auto at = function.find(from); at != std::string::npos) function.replace(at, from.size(), to);
  };
  replace("Vors. ", man ? "Vorsitzender " : "Vorsitzende ");
  replace("Vorsitzenden", man ? "Vorsitzender" : "Vorsitzende");
  replace("eigeordneten", man ? "eigeordneter" : "eigeordnete");
  for (const std::string_view word : {"Ersten ", "operativen ", "Parlamentarischen ", "stellvertretenden ", "Leitenden ", "hauptamtlichen "}) {
    replace(word, std::string(word.substr(0, word.size() - 2)) + (man ? "r " : " "));
  }
  if (function == "Präsidenten" || function == "Dezernenten" || function == "Regionspräsidenten") function.resize(function.size() - 2);
  return function;
}

std::string surname(std::string_view person) {
  const auto blank = person.rfind(' ');
  return std::string(blank == std::string_view::npos ? person : person.substr(blank + 1));
}

}  // namespace zielwerk::reader
