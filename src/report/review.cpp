#include "report/review.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "report/marked_text.h"
#include "report/review_tables.h"

namespace zielwerk::report {
namespace {

// Outermost first.
struct Look {
  Layer layer;
  const char* open;
  const char* close;
  const char* colour;
};
constexpr std::array<Look, 3> looks = {{{Passage, "‹", "›", "4"}, {Open, "{", "}", "31"}, {Value, "[", "]", "1;32"}}};

// While a line is broken into shorter ones, its colours are format characters, which take no room.
constexpr std::array<const char*, 8> signs = {"\U000E0020", "\U000E0021", "\U000E0022", "\U000E0023", "\U000E0024", "\U000E0025", "\U000E0026", "\U000E0027"};

std::string with_signs(const std::vector<MarkedPiece>& pieces, bool colour) {
  std::string text;
  unsigned now = 0;
  const auto change = [&](unsigned next) {
    if (colour && next != now) text += signs[next];
    for (auto look = looks.rbegin(); !colour && look != looks.rend(); ++look) {
      if ((now & look->layer) != 0 && (next & look->layer) == 0) text += look->close;
    }
    for (const auto& look : looks) {
      if (!colour && (now & look.layer) == 0 && (next & look.layer) != 0) text += look.open;
    }
    now = next;
  };
  for (const auto& piece : pieces) {
    change(piece.layers);
    text += piece.text;
  }
  change(0);
  return text;
}

std::string escape(unsigned layers) {
  std::string codes = "0";
  for (const auto& look : looks) {
    if ((layers & look.layer) != 0) codes += std::string(";") + look.colour;
  }
  return "\x1b[" + codes + "m";
}

// Signs -> colours, which do not go on behind the end of a line.
std::string coloured(std::string line, unsigned& layers) {
  std::string text = layers == 0 ? "" : escape(layers);
  for (std::size_t at = 0; at < line.size();) {
    bool sign = false;
    for (unsigned i = 0; i < signs.size() && !sign; ++i) {
      sign = std::string_view(line).substr(at).starts_with(signs[i]);
      if (!sign) continue;
      layers = i;
      text += escape(i);
      at += std::string_view(signs[i]).size();
    }
    if (!sign) text += line[at++];
  }
  return layers == 0 ? text : text + escape(0);
}

std::string marked_text(const Review& review, const TextStyle& style) {
  constexpr std::size_t margin = 14;
  constexpr std::size_t left = 5 + 1 + margin + 3;
  const std::size_t width = style.width == 0 ? std::string::npos : std::max<std::size_t>(style.width, left + 20) - left;
  std::string text;
  for (const auto& line : marked_lines(review.document.text, review.reading.marks, review.reading.open_points)) {
    auto names = base::wrap(line.margin, margin);
    const auto parts = base::wrap(with_signs(line.pieces, style.colour), width);
    unsigned layers = 0;
    for (std::size_t i = 0; i < std::max(parts.size(), names.size()); ++i) {
      const auto name = i < names.size() ? names[i] : std::string();
      text += fmt::format("{:>5} {}{} │ {}\n", i == 0 ? std::to_string(line.number) : "", in_colour(name, Tone::Good, style.colour && !name.empty()),
                          std::string(margin - std::min(margin, base::display_width(name)), ' '), i < parts.size() ? coloured(parts[i], layers) : "");
    }
  }
  return text;
}

std::string heading(const Review& review) {
  const auto& agreement = review.reading.draft.at("agreement").as_object();
  const auto* title = agreement.if_contains("title");
  const auto* words = title && title->is_object() ? title->get_object().if_contains("value") : nullptr;
  return fmt::format("{} · {}", review.document.name, words && words->is_string() && !words->get_string().empty() ? std::string(words->get_string()) : "ohne Titel");
}

std::vector<std::string> warnings(const Review& review) {
  std::vector<std::string> all = review.document.remarks;
  for (const auto& problem : review.obstacles) all.push_back(fmt::format("Vor dem Bestätigen zu ergänzen: {} ({})", problem.message, problem.where));
  return all;
}

std::string in_html(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&') safe += "&amp;";
    else if (c == '<') safe += "&lt;";
    else if (c == '>') safe += "&gt;";
    else if (c == '"') safe += "&quot;";
    else safe += c;
  }
  return safe;
}

std::string cell_in_html(const Column& column, const Cell& cell) {
  const auto words = column.key != "zeile" || cell.shown.empty() ? in_html(base::printable(cell.shown)) : fmt::format("<a href=\"#z{0}\">{0}</a>", in_html(cell.shown));
  return fmt::format("<td data-spalte=\"{}\">{}</td>", in_html(column.heading), words);
}

std::string table_in_html(const Table& table, const std::string& caption) {
  std::string html = fmt::format("<section><h2>{}</h2>\n", in_html(caption));
  if (!table.rows.empty()) {
    html += "<table><thead><tr>";
    for (const auto& column : table.columns) html += fmt::format("<th scope=\"col\">{}</th>", in_html(column.heading));
    html += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      html += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) html += cell_in_html(table.columns[i], row[i]);
      html += "</tr>\n";
    }
    html += "</tbody></table>\n";
  }
  for (const auto& note : table.notes) html += fmt::format("<p>{}</p>\n", in_html(note));
  return html + "</section>\n";
}

std::string text_in_html(const Review& review) {
  std::string html = "<section><h2>Text</h2>\n<p>Unterstrichen: <mark class=\"l1\">gelesene Stelle</mark>, kräftig: <mark class=\"l4\">Wert</mark>, gestrichelt: <mark class=\"l2\">offen</mark>. Links steht, als was die Stelle gelesen wurde.</p>\n";
  for (const auto& line : marked_lines(review.document.text, review.reading.marks, review.reading.open_points)) {
    html += fmt::format("<p class=\"zeile\" id=\"z{0}\"><span class=\"nr\">{0}</span> <span class=\"rand\">{1}</span> <span class=\"text\">", line.number, in_html(line.margin));
    for (const auto& piece : line.pieces) {
      html += piece.layers == 0 ? in_html(piece.text) : fmt::format("<mark class=\"l{}\" title=\"{}\">{}</mark>", piece.layers, in_html(piece.fields), in_html(piece.text));
    }
    html += "</span></p>\n";
  }
  return html + "</section>\n";
}

// Shape and weight say what colour says. On a narrow screen a row of a table becomes a card with the columns' names before the values.
constexpr const char* page_style = R"(body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:1rem auto;padding:0 1rem;color:#111;background:#fff;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.25rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:#eee}td{hyphens:auto}th,td[data-spalte=Sicherheit],td[data-spalte=Zeile]{white-space:nowrap}td[data-spalte=Teil],td[data-spalte=Wert]{min-width:9rem}
td[data-spalte=Feld]{min-width:6rem}td[data-spalte=Hinweis],td[data-spalte=Wortlaut],td[data-spalte=Stelle]{min-width:11rem}
a{color:#00468b}.zeile{display:grid;grid-template-columns:2.5rem 8.5rem 1fr;column-gap:.5rem;margin:0 0 .3rem}.nr{color:#555}.rand{font-weight:bold;color:#00468b}
mark{background:none;color:inherit;text-decoration:underline}mark.l4,mark.l5,mark.l6,mark.l7{background:#fff3b0;font-weight:bold}
mark.l2,mark.l3,mark.l6,mark.l7{outline:2px dashed #b00020}.zeile:target{background:#e6f0ff;outline:2px solid #00468b}
@media(max-width:60rem){table,tbody,tr,td{display:block}thead{position:absolute;left:-200rem}tr{border:1px solid #767676;margin:0 0 .6rem;padding:.3rem .5rem}
td{border:0;padding:.1rem 0}td:empty{display:none}td::before{content:attr(data-spalte) ": ";font-weight:bold}
.zeile{display:block;margin:0 0 .6rem}.nr,.rand{margin-right:.3rem}})";

}  // namespace

std::string review_text(const Review& review, const TextStyle& style, bool short_form) {
  const auto& reading = review.reading;
  std::string text;
  const auto paragraph = [&](const std::string& words) {
    for (const auto& line : base::wrap(base::printable(words), style.width == 0 ? std::string::npos : style.width)) text += line + "\n";
  };
  paragraph(heading(review));
  text += "\n";
  if (!short_form) {
    paragraph(style.colour ? "Unterstrichen: gelesene Stelle, grün: Wert, rot: offen. Am Rand das Feld, „?“ bei offenen Punkten."
                           : "‹gelesene Stelle› [Wert] {offen}. Am Rand das Feld, „?“ bei offenen Punkten.");
    text += "\n" + marked_text(review, style) + "\n";
  }
  auto fields = fields_table(reading, short_form);
  if (!short_form) fields.title = "Gelesene Felder";
  text += as_text(fields, style) + "\n";
  const auto open = open_points_table(reading);
  if (open.rows.empty()) paragraph("Offene Punkte: keine.");
  if (!open.rows.empty()) text += as_text(open, style) + "\n";
  paragraph(number_balance(reading) + ".");
  if (!short_form) paragraph("Erklärt: " + number_reasons(reading));
  if (!short_form) text += "\n" + as_text(findings_table(review.document.name, review.findings), style);
  if (short_form && !review.findings.empty()) paragraph(fmt::format("{} Befunde der Prüfung.", review.findings.size()));
  for (const auto& warning : warnings(review)) paragraph("! " + warning);
  if (!review.next.empty()) paragraph("Weiter: " + review.next);
  return text;
}

std::string review_page(const Review& review) {
  const auto title = in_html(base::printable(heading(review)));
  std::string html = fmt::format("<!DOCTYPE html>\n<html lang=\"de\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{0}</title>\n<style>{1}</style></head>\n<body><main>\n<h1>{0}</h1>\n",
                                 title, page_style);
  for (const auto& warning : warnings(review)) html += fmt::format("<p><strong>{}</strong></p>\n", in_html(base::printable(warning)));
  html += table_in_html(fields_table(review.reading, false), "Gelesene Felder") + table_in_html(open_points_table(review.reading), "Offene Punkte");
  html += fmt::format("<p>{}. Erklärt: {}.</p>\n", in_html(number_balance(review.reading)), in_html(base::printable(number_reasons(review.reading))));
  html += table_in_html(findings_table(review.document.name, review.findings), "Prüfung vor der Unterschrift") + text_in_html(review);
  if (!review.next.empty()) html += fmt::format("<p>Weiter: <code>{}</code></p>\n", in_html(base::printable(review.next)));
  return html + "</main></body></html>\n";
}

}  // namespace zielwerk::report
