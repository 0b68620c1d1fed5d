#include "reader/reader.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "documents/input_file.h"
#include "reader/amendment.h"
#include "reader/damage.h"
#include "reader/draft.h"
#include "reader/phrases.h"
#include "reader/projects.h"
#include "reader/said_twice.h"

namespace zielwerk::reader {
namespace {

// Every list and object of the format stands in a draft, empty where the paper says nothing.
void complete(json::object& agreement) {
  for (const char* list : {"parties", "documents", "general_aims", "framework", "budgets", "goals", "targets", "milestones", "monitoring", "forecasts", "qualitative_goals", "programmes", "reporting", "triggers", "considerations", "committees", "obligations", "signatures"}) {
    if (!agreement.contains(list)) agreement[list] = json::array();
  }
  for (const char* object : {"scoring", "dialogues", "final_evaluation"}) {
    if (!agreement.contains(object)) agreement[object] = nullptr;
  }
}

const char* class_name(NumberUse::As as) { return as == NumberUse::As::Used ? "used" : as == NumberUse::As::Explained ? "explained" : "unread"; }

json::object reading_json(const Draft& draft) {
  json::array open, numbers, fields;
  for (const auto& point : draft.open_points) {
    json::object one{{"code", point.code}, {"message", point.message}};
    one["evidence"] = draft.evidence({point.raw});
    open.push_back(std::move(one));
  }
  std::map<std::string, int> counts;
  for (const auto& use : draft.paper.numbers) {
    ++counts[class_name(use.as)];
    numbers.push_back({{"text", use.text}, {"start", draft.paper.positions.code_points(use.raw.begin)}, {"class", class_name(use.as)}, {"detail", use.detail}});
  }
  for (const auto& mark : draft.marks) {
    json::object one{{"field", mark.field}, {"confidence", mark.confidence}, {"start", draft.paper.positions.code_points(mark.raw.begin)}, {"end", draft.paper.positions.code_points(mark.raw.end)}};
    if (!mark.reason.empty()) one["reason"] = mark.reason;
    fields.push_back(std::move(one));
  }
  json::object reading;
  reading["open_points"] = std::move(open);
  reading["number_counts"] = {{"used", counts["used"]}, {"explained", counts["explained"]}, {"unread", counts["unread"]}};
  reading["numbers"] = std::move(numbers);
  reading["fields"] = std::move(fields);
  return reading;
}

json::object document_json(const Draft& draft) {
  const auto& document = draft.paper.document;
  json::object one;
  one["file"] = document.name;
  one["sha256"] = document.sha256;
  one["chars"] = draft.paper.positions.code_points(document.text.size());
  one["bytes"] = document.bytes;
  one["language"] = "de";
  json::array layout;
  for (const auto& tag : document.layout) layout.emplace_back(tag);
  one["layout"] = std::move(layout);
  one["ocr_noise"] = noise(draft);
  one["media"] = document.media;
  one["evidence_in"] = document.text_is_file ? "FILE" : "TEXT";
  one["text"] = document.text;
  one["text_sha256"] = documents::sha256(document.text);
  one["rules_sha256"] = rules_sha256();
  one["reading"] = reading_json(draft);
  return one;
}

void unread_numbers(Draft& draft) {
  for (const auto& use : draft.paper.numbers) {
    if (use.as == NumberUse::As::Unread) draft.open("number_unread", fmt::format("Die Zahl „{}“ wurde keinem Feld zugeordnet und keiner bekannten Bedeutung.", use.text), use.raw);
  }
}

}  // namespace

base::Result<Reading> read(const documents::Document& document) {
  if (document.text.size() > longest_text) return base::problem("document_too_large", fmt::format("Der Text hat {} Zeichen; erwartet ist eine Vereinbarung mit höchstens {} Zeichen.", document.text.size(), longest_text), document.name);
  if (document.text.find_first_not_of(" \t\r\n\f\xEF\xBB\xBF") == std::string::npos) return base::problem("document_without_text", "Das Dokument enthält keinen Text; erwartet ist der Text einer Vereinbarung.", document.name);
  Paper paper(document);
  if (paper.blocks.empty()) return base::problem("document_without_text", "Das Dokument enthält keinen Text; erwartet ist der Text einer Vereinbarung.", document.name);
  if (paper.numbers.size() > most_numbers) return base::problem("document_too_large", fmt::format("Das Dokument enthält {} Zahlen; erwartet ist eine Vereinbarung mit höchstens {} Zahlen.", paper.numbers.size(), most_numbers), document.name);
  Draft draft{.paper = paper, .agreement = {}, .distractors = {}, .tensions = {}, .marks = {}, .open_points = {}, .targets = {}, .goal_places = {}};
  read_head(draft);
  read_parties(draft);
  settle_state(draft);
  read_goals(draft);
  read_quantities(draft);
  read_phrases(draft);
  read_budgets(draft);
  read_projects(draft);
  read_qualitative(draft);
  read_programmes(draft);
  read_parts(draft);
  read_weighing(draft);
  read_dialogues(draft);
  read_triggers(draft);
  read_amendment(draft);
  read_signatures(draft);
  settle_amendment(draft);
  settle_goals(draft);
  read_tensions(draft);
  compare_words_with_figures(draft);
  read_damage(draft);
  unread_numbers(draft);
  complete(draft.agreement);
  std::stable_sort(draft.marks.begin(), draft.marks.end(), [](const Mark& a, const Mark& b) { return a.raw.begin < b.raw.begin; });

  Reading reading;
  reading.draft["schema_version"] = "1.1";
  reading.draft["document"] = document_json(draft);
  reading.draft["agreement"] = std::move(draft.agreement);
  reading.draft["distractors"] = std::move(draft.distractors);
  reading.draft["tensions"] = std::move(draft.tensions);
  reading.marks = std::move(draft.marks);
  reading.open_points = std::move(draft.open_points);
  reading.numbers = std::move(paper.numbers);
  return reading;
}

}  // namespace zielwerk::reader
