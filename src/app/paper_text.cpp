#include "app/paper_text.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/corrections.h"
#include "app/field_path.h"
#include "documents/document.h"

namespace zielwerk::app {
namespace {

namespace json = boost::json;
using reader::Mark;
using reader::Span;

// Byte offsets of all code points, and the end.
std::vector<std::size_t> code_points(std::string_view text) {
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) offsets.push_back(i);
  }
  offsets.push_back(text.size());
  return offsets;
}

Span bytes(const std::vector<std::size_t>& offsets, const json::value& one) {
  const auto at = [&](const char* name) { return offsets[std::min(one.at(name).to_number<std::size_t>(), offsets.size() - 1)]; };
  return {at("start"), at("end")};
}

Span evidence_span(const json::value& one, std::size_t size) {
  const auto at = [&](const char* name) { return std::min(one.at(name).to_number<std::size_t>(), size); };
  return {at("byte_start"), at("byte_end")};
}

class Marks {
 public:
  Marks(const std::string& text, const json::object& agreement) : size_(text.size()) {
    for (const auto& [name, value] : agreement) {
      const std::string list(name);
      if (const auto* entries = value.if_array()) {
        for (std::size_t i = 0; i < entries->size(); ++i) add(fmt::format("{}[{}]", list, entry_key(*entries, i)), (*entries)[i]);
      } else {
        add(list, value);
      }
    }
  }

  void read(const json::object& reading, const std::vector<std::size_t>& offsets) {
    std::set<std::string> entries;
    for (const auto& mark : marks) entries.insert(mark.field);
    std::vector<Mark> read;
    std::set<std::string> marked;
    for (const auto& one : reading.at("fields").as_array()) {
      const std::string field(one.at("field").as_string());
      const auto entry = field.substr(0, field.find("].") == std::string::npos ? field.find('.') : field.find("].") + 1);
      if (field.find('[') != std::string::npos && !entries.contains(entry)) continue;  // a person took it out
      read.push_back({bytes(offsets, one), field, std::string(one.at("confidence").as_string()), ""});
      marked.insert(entry);
    }
    std::erase_if(marks, [&](const Mark& mark) { return marked.contains(mark.field); });
    marks.insert(marks.end(), read.begin(), read.end());
  }

  std::vector<Mark> marks;

 private:
  void add(const std::string& path, const json::value& entry) {
    const auto* object = entry.if_object();
    const auto* evidence = object ? object->if_contains("evidence") : nullptr;
    if (!evidence || !evidence->is_array()) return;
    for (const auto& one : evidence->get_array()) marks.push_back({evidence_span(one, size_), path, "exact", ""});
    if (evidence->get_array().empty()) marks.push_back({{}, path, "exact", ""});  // it is there, without words of its own
  }

  std::size_t size_;
};

}  // namespace

std::vector<report::MarkedLine> marked_paper(const std::string& text, const json::object* reading, const json::object& agreement) {
  const auto offsets = code_points(text);
  Marks marks(text, agreement);
  std::vector<reader::OpenPoint> open;
  if (reading) {
    marks.read(*reading, offsets);
    for (const auto& one : reading->at("open_points").as_array()) {
      const auto& evidence = one.at("evidence").as_array();
      open.push_back({"", "", evidence.empty() ? Span() : evidence_span(evidence.front(), text.size())});
    }
  }
  return report::marked_lines(text, marks.marks, open);
}

std::optional<store::StoredPaper> paper_of_agreement(const Workspace& workspace, const domain::StoredAgreement& agreement) {
  const auto document = json::parse(agreement.document).at("document").as_object();
  const auto text_of = [&](const char* name) {
    const auto* value = document.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
  };
  if (document.contains("text")) return store::StoredPaper{text_of("sha256"), text_of("file"), text_of("text"), agreement.recorded_at};
  return workspace.store().drafts().paper(text_of("sha256"));
}

base::Checked<store::StoredPaper> keep_paper(Workspace& workspace, const std::string& id, const std::filesystem::path& file) {
  const auto agreement = find_agreement(workspace, id);
  if (!agreement) return base::problems(agreement.error());
  auto opened = documents::open_document(file);
  if (!opened) return base::problems(opened.error());
  const auto parsed = intake::parse_json(agreement->stored.source, agreement->stored.document);
  const auto& named = parsed->value.at("document").at("sha256").as_string();
  if (opened->sha256 != named) {
    return base::problems({"paper_differs", fmt::format("Das ist nicht das Papier, aus dem {} erfasst ist: seine Prüfsumme ist {}, erwartet ist {}.", id, opened->sha256, std::string_view(named)), file.string()});
  }
  if (auto broken = check_evidence(*parsed, opened->text); !broken.empty()) return tl::unexpected(std::move(broken));
  store::StoredPaper paper{opened->sha256, opened->name, opened->text, workspace.now()};
  workspace.commit([&](store::Store& store) {
    store.drafts().keep(paper);
    return Workspace::Change{"papier.ablegen", id, paper.sha256};
  });
  return paper;
}

}  // namespace zielwerk::app
