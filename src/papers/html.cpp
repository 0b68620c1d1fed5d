#include <fmt/format.h>

#include "base/text.h"
#include "papers/render.h"
#include "papers/svg.h"

namespace zielwerk::papers {
namespace {

constexpr const char* style =
    "body{font:1rem/1.5 'Fira Sans',system-ui,sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem;color:#1b2a3a;background:#fff}"
    "h1{margin-bottom:.2rem}.unit{font-size:1.15rem;margin:.1rem 0}.basis,.note,footer{color:#4c5762;font-size:.9rem}"
    "table{border-collapse:collapse;margin:.4rem 0 1rem}caption{text-align:left;font-weight:600}th,td{padding:.25rem .6rem;border-bottom:1px solid #b4bcc4;text-align:left;vertical-align:top}"
    ".n{text-align:right;font-variant-numeric:tabular-nums}tbody th{font-weight:400}.wide{overflow-x:auto}figure{margin:1rem 0}figcaption{font-weight:600}svg{max-width:100%;height:auto}"
    ".m li{margin:.4rem 0;padding-left:.6rem;border-left:3px solid #56616c}.m .gut{border-color:#1a6b3c}.m .schlecht{border-color:#a3231f}.m .offen{border-color:#8a5a00}"
    "dt{font-weight:600}dd{margin:0 0 .4rem 1.2rem}.hash{font-family:monospace;overflow-wrap:anywhere}.sign{margin-top:2.5rem}.sign span{display:block;border-top:1px solid #56616c;width:20rem;margin-top:2.5rem}"
    "@media print{.page{break-before:page}}";

// Lines, and **bold** words.
std::string rich(std::string_view text) {
  std::string html;
  bool bold = false;
  for (const auto& line : base::split(text, '\n')) {
    if (!html.empty()) html += "<br>";
    std::string_view rest = line;
    for (auto at = rest.find("**"); at != std::string_view::npos; at = rest.find("**")) {
      html += escaped(rest.substr(0, at)) + (bold ? "</strong>" : "<strong>");
      bold = !bold;
      rest.remove_prefix(at + 2);
    }
    html += escaped(rest);
  }
  return bold ? html + "</strong>" : html;
}

std::string table(const Table& one) {
  std::string html = fmt::format("<div class=\"wide\"><table><caption>{}</caption><thead><tr>", escaped(one.caption));
  for (const auto& column : one.columns) html += fmt::format("<th scope=\"col\"{}>{}</th>", column.number ? " class=\"n\"" : "", escaped(column.heading));
  html += "</tr></thead><tbody>";
  for (const auto& row : one.rows) {
    html += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == 0) html += fmt::format("<th scope=\"row\">{}</th>", rich(row[i].text));
      else html += fmt::format("<td{}>{}</td>", i < one.columns.size() && one.columns[i].number ? " class=\"n\"" : "", rich(row[i].text));
    }
    html += "</tr>";
  }
  html += "</tbody></table></div>";
  return one.note.empty() ? html : html + fmt::format("<p class=\"note\">{}</p>", escaped(one.note));
}

struct AsHtml {
  int& charts;
  bool& new_page;

  std::string operator()(const Heading& one) const {
    const bool page = std::exchange(new_page, false);
    return fmt::format("<h{0}{2}>{1}</h{0}>", one.level, escaped(one.text), page ? " class=\"page\"" : "");
  }
  std::string operator()(const Paragraph& one) const { return fmt::format("<p>{}</p>", rich(one.text)); }
  std::string operator()(const Messages& one) const {
    std::string html = "<ol class=\"m\">";
    for (const auto& message : one.all) {
      const char* tone = message.tone == Tone::Good ? "gut" : message.tone == Tone::Bad ? "schlecht" : message.tone == Tone::Open ? "offen" : "hinweis";
      html += fmt::format("<li class=\"{}\">{}</li>", tone, rich(message.text));
    }
    return html + "</ol>";
  }
  std::string operator()(const Items& one) const {
    std::string html = "<ul>";
    for (const auto& item : one.all) html += fmt::format("<li>{}</li>", rich(item));
    return html + "</ul>";
  }
  std::string operator()(const Terms& one) const {
    std::string html = "<dl>";
    for (const auto& [word, text] : one.all) html += fmt::format("<dt>{}</dt><dd>{}</dd>", escaped(word), rich(text));
    return html + "</dl>";
  }
  std::string operator()(const Table& one) const { return table(one); }
  std::string operator()(const Chart& one) const {
    return fmt::format("<figure><figcaption>{}</figcaption>{}</figure>{}", escaped(one.title), svg(one, fmt::format("d{}", charts++)), table(one.table));
  }
  std::string operator()(const Signatures& one) const {
    std::string html;
    for (const auto& line : one.all) {
      html += fmt::format("<div class=\"sign\">{}<span><strong>{}</strong><br>{}</span></div>", line.place_date.empty() ? "Ort, Datum:" : escaped(line.place_date), escaped(line.party), escaped(line.person));
    }
    return html;
  }
  std::string operator()(const PageBreak&) const {
    new_page = true;
    return {};
  }
};

}  // namespace

std::string as_html(const Paper& paper) {
  const auto title = fmt::format("{} – {}", paper.title, paper.unit);
  std::string html = fmt::format("<!doctype html><html lang=\"de\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"zielwerk-sha256\" content=\"{}\">"
                                 "<title>{}</title><style>{}</style></head><body><main><h1>{}</h1><p class=\"unit\">{}</p>",
                                 content_hash(paper), escaped(title), style, escaped(paper.title), escaped(paper.unit));
  if (!paper.basis.empty()) html += fmt::format("<p class=\"basis\">{} · Vereinbarung {}</p>", escaped(paper.basis), escaped(paper.agreement));
  int charts = 0;
  bool new_page = false;
  for (const auto& block : paper.blocks) html += std::visit(AsHtml{charts, new_page}, block);
  html += fmt::format("</main><footer><p>{}</p>", escaped(running_line(paper)));
  if (!paper.sources.empty()) html += fmt::format("<p>Quelle der Zahlen: {}</p>", escaped(base::join(paper.sources, ", ")));
  return html + fmt::format("<p class=\"hash\">Inhalt SHA-256 {}</p></footer></body></html>\n", content_hash(paper));
}

}  // namespace zielwerk::papers
