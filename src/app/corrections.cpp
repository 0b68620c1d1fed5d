#include "app/corrections.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "documents/input_file.h"
#include "reader/plain.h"
#include "report/json_text.h"

namespace zielwerk::app {
namespace {

namespace json = boost::json;

std::string text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<std::size_t> offset(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() && value->get_int64() >= 0 ? std::optional(static_cast<std::size_t>(value->get_int64())) : std::nullopt;
}

// One quote against the text.
class Quotes {
 public:
  Quotes(const intake::JsonDocument& draft, std::string_view text) : draft_(draft), text_(text), positions_(text) {}

  void look_through(const json::value& value, const std::string& pointer) {
    if (const auto* array = value.if_array()) {
      for (std::size_t i = 0; i < array->size(); ++i) look_through((*array)[i], fmt::format("{}/{}", pointer, i));
      return;
    }
    const auto* object = value.if_object();
    if (!object) return;
    if (object->contains("quote") && object->contains("byte_start")) check(*object, pointer);
    for (const auto& [name, member] : *object) look_through(member, fmt::format("{}/{}", pointer, std::string_view(name)));
  }

  base::Problems problems;

 private:
  void check(const json::object& evidence, const std::string& pointer) {
    const auto quote = text(evidence, "quote");
    const auto begin = offset(evidence, "byte_start");
    const bool there = begin && *begin <= text_.size() && text_.substr(*begin).starts_with(quote);
    if (there && same_place(evidence, *begin, quote.size())) return;
    const auto at = there ? *begin : text_.find(quote);
    const auto message = at == std::string_view::npos
                             ? fmt::format("Das Zitat {} steht nicht im Text der Vereinbarung; erwartet ist der genaue Wortlaut.", base::quoted(quote))
                             : fmt::format("Das Zitat {} steht im Text an anderer Stelle; erwartet ist: {}.", base::quoted(quote), place(at, quote.size()));
    problems.push_back({"evidence_broken", message, draft_.where(pointer)});
  }
  bool same_place(const json::object& evidence, std::size_t begin, std::size_t size) const {
    const auto line = offset(evidence, "line");
    return offset(evidence, "byte_end") == begin + size && offset(evidence, "start") == positions_.code_points(begin) && offset(evidence, "end") == positions_.code_points(begin + size) &&
           line == static_cast<std::size_t>(positions_.line(begin));
  }
  std::string place(std::size_t begin, std::size_t size) const {
    return fmt::format(R"("start": {}, "end": {}, "byte_start": {}, "byte_end": {}, "line": {})", positions_.code_points(begin), positions_.code_points(begin + size), begin, begin + size,
                       positions_.line(begin));
  }

  const intake::JsonDocument& draft_;
  std::string_view text_;
  reader::Positions positions_;
};

// JSON as people read it: 13.9, not 1.39E1.
std::string on_one_line(const json::value& value) {
  std::string text;
  for (const char c : report::json_text(value)) {
    if (c == '\n') {
      text += ' ';
    } else if (c != ' ' || !text.ends_with(' ')) {
      text += c;
    }
  }
  return std::string(base::trim(text));
}

std::string id_of(const json::value& entry) {
  const auto* object = entry.if_object();
  return object ? text(*object, "id") : std::string();
}

bool have_ids(const json::array& list) {
  return !list.empty() && std::all_of(list.begin(), list.end(), [](const auto& entry) { return !id_of(entry).empty(); });
}

const json::value* with_id(const json::array& list, const std::string& id) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& entry) { return id_of(entry) == id; });
  return found == list.end() ? nullptr : &*found;
}

class Comparison {
 public:
  void compare(const std::string& path, const json::value* read, const json::value* corrected) {
    if (read && corrected && equal(*read, *corrected)) return;
    if (read && corrected && read->is_object() && corrected->is_object()) return members(path, read->get_object(), corrected->get_object());
    if (read && corrected && read->is_array() && corrected->is_array()) {
      const auto& before = read->get_array();
      const auto& after = corrected->get_array();
      if (have_ids(before) || have_ids(after)) return by_id(path, before, after);
      if (before.size() == after.size()) return by_place(path, before, after);
    }
    found.push_back({path, read ? on_one_line(*read) : "", corrected ? on_one_line(*corrected) : ""});
  }

  std::vector<domain::Correction> found;

 private:
  // 10 and 10.0 are one number.
  static bool equal(const json::value& a, const json::value& b) {
    if (a == b) return true;
    return a.is_number() && b.is_number() && on_one_line(a) == on_one_line(b);
  }
  void members(const std::string& path, const json::object& read, const json::object& corrected) {
    const auto at = [&](std::string_view name) { return path.empty() ? std::string(name) : fmt::format("{}.{}", path, name); };
    for (const auto& [name, value] : read) compare(at(name), &value, corrected.if_contains(name));
    for (const auto& [name, value] : corrected) {
      if (!read.contains(name)) compare(at(name), nullptr, &value);
    }
  }
  void by_id(const std::string& path, const json::array& read, const json::array& corrected) {
    for (const auto& one : read) compare(fmt::format("{}[{}]", path, id_of(one)), &one, with_id(corrected, id_of(one)));
    for (const auto& one : corrected) {
      if (!with_id(read, id_of(one))) compare(fmt::format("{}[{}]", path, id_of(one)), nullptr, &one);
    }
  }
  void by_place(const std::string& path, const json::array& read, const json::array& corrected) {
    for (std::size_t i = 0; i < read.size(); ++i) compare(fmt::format("{}[{}]", path, i), &read[i], &corrected[i]);
  }
};

}  // namespace

base::Result<documents::Document> paper_of(const intake::JsonDocument& draft) {
  const auto& kept = draft.value.at("document").as_object();
  if (!kept.contains("text") || !kept.contains("reading")) {
    return base::problem("draft_expected", "Das ist kein Entwurf des Programms: document.text oder document.reading fehlt. Eine von Hand erfasste Austauschdatei nimmt „zielwerk agreement import“ entgegen.",
                         draft.name);
  }
  documents::Document paper;
  paper.name = text(kept, "file");
  paper.sha256 = text(kept, "sha256");
  paper.bytes = offset(kept, "bytes").value_or(0);
  paper.media = text(kept, "media");
  paper.text = text(kept, "text");
  paper.text_is_file = text(kept, "evidence_in") == "FILE";
  for (const auto& tag : kept.at("layout").as_array()) {
    if (tag.is_string()) paper.layout.emplace_back(tag.get_string());
  }
  // A file in another encoding was decoded; its bytes cannot be told from the text.
  const bool other_file = paper.text_is_file && paper.bytes == paper.text.size() && documents::sha256(paper.text) != paper.sha256;
  if (other_file || documents::sha256(paper.text) != text(kept, "text_sha256")) {
    return base::problem("document_changed", "Der Text im Entwurf ist nicht der, aus dem er gelesen wurde (document.text_sha256); die Zitate gelten nicht mehr. Korrigiert werden die Felder unter „agreement“, nie der Text. Bitte das Papier noch einmal lesen.",
                         draft.where("/document/text"));
  }
  return paper;
}

base::Problems check_evidence(const intake::JsonDocument& draft, std::string_view text) {
  Quotes quotes(draft, text);
  for (const char* part : {"agreement", "distractors", "tensions"}) quotes.look_through(draft.value.at(part), fmt::format("/{}", part));
  return std::move(quotes.problems);
}

std::vector<domain::Correction> corrections(const boost::json::value& read, const boost::json::value& corrected) {
  Comparison comparison;
  comparison.compare("", &read, &corrected);
  return std::move(comparison.found);
}

}  // namespace zielwerk::app
