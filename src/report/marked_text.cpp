#include "report/marked_text.h"

#include <algorithm>
#include <set>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
#include "report/review_words.h"

namespace zielwerk::report {
namespace {

using reader::Span;

struct Layered {
  Span span;
  Layer layer;
  std::string name;    // "T1 Wert"
  std::string margin;  // "T1"
  std::string path;    // "targets[T1].value"
};

// "targets[T1]", "value" of "targets[T1].value"; the second is empty for a whole entry.
std::pair<std::string, std::string> parts(const std::string& field) {
  const auto bracket = field.find("].");
  const auto point = bracket == std::string::npos ? field.find('.') : bracket + 1;
  return point == std::string::npos ? std::pair{field, std::string()} : std::pair{field.substr(0, point), field.substr(point + 1)};
}

// "targets[T1]" -> "Ziel T1", which commands call it; "parties[P2]" -> "Partei 2"; "framework[EQUALITY …]" -> "Rahmen".
std::string entry_name(const std::string& entry) {
  const auto open = entry.find('[');
  const auto id = open == std::string::npos ? std::string() : entry.substr(open + 1, entry.find(']') - open - 1);
  const auto list = entry.substr(0, open);
  const auto digits = id.find_first_of("0123456789");
  if (list == "targets") return fmt::format("{} {}", field_in_words(list), id);
  if (!id.empty() && id.size() <= 5 && digits != std::string::npos) return fmt::format("{} {}", field_in_words(list), id.substr(digits));
  return field_in_words(id) == id ? field_in_words(list) : field_in_words(id);
}

std::vector<Layered> layered(const std::vector<reader::Mark>& marks, const std::vector<reader::OpenPoint>& open_points) {
  std::vector<Layered> all;
  std::set<std::tuple<std::string, std::size_t, std::size_t>> marked;
  for (const auto& mark : marks) marked.insert({mark.field, mark.raw.begin, mark.raw.end});
  for (const auto& mark : marks) {
    if (mark.raw.empty()) continue;
    const auto [entry, member] = parts(mark.field);
    const bool whole = member.empty() || marked.contains({entry, mark.raw.begin, mark.raw.end});
    if (whole && !member.empty()) continue;  // inferred from the passage; the table of fields says so
    all.push_back({mark.raw, whole ? Passage : Value, short_name(mark.field), entry_name(entry), mark.field});
  }
  for (std::size_t i = 0; i < open_points.size(); ++i) {
    if (!open_points[i].raw.empty()) all.push_back({open_points[i].raw, Open, "offen", "?", fmt::format("open_points[{}]", i)});
  }
  return all;
}

// "Monitoring 1, 2, 3" -> "Monitoring 1–3": names with numbers in a row.
std::string joined(std::vector<std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size();) {
    std::size_t last = i;
    const auto next_of = [](const std::string& name) {
      const auto digits = name.find_first_of("0123456789");
      return digits == std::string::npos || name.size() - digits > 4 || name.find_first_not_of("0123456789", digits) != std::string::npos ? std::string()
                                                                                                  : name.substr(0, digits) + std::to_string(std::stoi(name.substr(digits)) + 1);
    };
    while (last + 1 < names.size() && names[last + 1] == next_of(names[last])) ++last;
    text += (text.empty() ? "" : " ") + names[i] + (last > i ? (last > i + 1 ? "–" : " ") + names[last].substr(names[last].rfind(' ') + 1) : "");
    i = last + 1;
  }
  return text;
}

// Nobody reads a margin of more than a thousand names; a whole paper in one line would have them.
void add_unless_there(std::vector<std::string>& names, const std::string& name) {
  if (names.size() < 1000 && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

MarkedLine marked(std::string_view text, Span line, std::span<const Layered> all) {
  MarkedLine result;
  std::vector<std::string> margin;
  std::vector<const Layered*> here;
  std::vector<std::size_t> cuts{line.begin, line.end};
  for (const auto& one : all) {
    if (!one.span.meets(line)) continue;
    here.push_back(&one);
    for (const auto cut : {one.span.begin, one.span.end}) {
      if (line.begin < cut && cut < line.end) cuts.push_back(cut);
    }
    if (one.span.begin >= line.begin) add_unless_there(margin, one.margin);
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<const Layered*> open;  // those that lie over the piece; a line may be as long as the paper
  std::size_t next = 0;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const Span piece{cuts[i], cuts[i + 1]};
    std::erase_if(open, [&](const Layered* one) { return one->span.end <= piece.begin; });
    while (next < here.size() && here[next]->span.begin < piece.end) open.push_back(here[next++]);
    MarkedPiece made;
    made.text = base::printable(text.substr(piece.begin, piece.end - piece.begin));
    std::vector<std::string> names;
    for (const auto* one : open) {
      made.layers |= one->layer;
      add_unless_there(names, one->name);
      add_unless_there(made.paths, one->path);
    }
    made.fields = base::join(names, ", ");
    result.pieces.push_back(std::move(made));
  }
  result.margin = joined(std::move(margin));
  return result;
}

}  // namespace

std::string short_name(const std::string& field) {
  const auto [entry, member] = parts(field);
  return member.empty() ? entry_name(entry) : fmt::format("{} {}", entry_name(entry), field_in_words(member));
}

std::vector<MarkedLine> marked_lines(std::string text, const std::vector<reader::Mark>& marks, const std::vector<reader::OpenPoint>& open_points) {
  std::replace(text.begin(), text.end(), '\t', ' ');
  std::replace(text.begin(), text.end(), '\f', ' ');
  auto all = layered(marks, open_points);
  std::stable_sort(all.begin(), all.end(), [](const Layered& a, const Layered& b) { return a.span.begin < b.span.begin; });
  std::vector<MarkedLine> lines;
  int number = 0;
  std::size_t from = 0;
  std::size_t until = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    ++number;
    Span line{begin, end};
    begin = end + 1;
    if (line.end > line.begin && text[line.end - 1] == '\r') --line.end;
    if (base::trim(std::string_view(text).substr(line.begin, line.end - line.begin)).empty()) continue;
    while (until < all.size() && all[until].span.begin < line.end) ++until;
    lines.push_back(marked(text, line, std::span(all).subspan(from, until - from)));
    while (from < until && all[from].span.end <= line.end) ++from;
    lines.back().number = number;
  }
  return lines;
}

}  // namespace zielwerk::report
