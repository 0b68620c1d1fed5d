#include "report/early_page.h"

#include <algorithm>

#include <fmt/format.h>

namespace zielwerk::report {
namespace {

constexpr int width = 880, height = 300, left = 90, right = 20, top = 20, bottom = 50;

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '<') safe += "&lt;";
    else if (c == '>') safe += "&gt;";
    else if (c == '&') safe += "&amp;";
    else if (c == '"') safe += "&quot;";
    else safe += c;
  }
  return safe;
}

constexpr const char* style =
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:62rem;margin:1.5rem auto;padding:0 1rem;color:#171a1c;background:#fff}"
    "table{border-collapse:collapse;margin:.5rem 0}th,td{padding:.2rem .8rem;border-bottom:1px solid #8a9299;text-align:right}"
    "th[scope=row],td:first-child{text-align:left}caption{text-align:left;font-weight:600}svg{max-width:100%;height:auto}"
    ".own{stroke:#a03000;fill:none;stroke-width:2.5;stroke-dasharray:7 4}.official{stroke:#0b4f8a;fill:none;stroke-width:2.5}"
    ".dot-own{fill:#fff;stroke:#a03000;stroke-width:2}.dot-official{fill:#0b4f8a}.axis{stroke:#4a5157}.bar{fill:#a03000}"
    ".note{border-left:.4rem solid #a03000;padding:.3rem .8rem;background:#fdf3ee}text{font-size:14px;fill:#171a1c}";

// Positions are whole pixels: nothing is computed from them.
struct Frame {
  base::Exact lowest, highest;
  int months = 1;
  int x(int index) const { return left + (width - left - right) * index / std::max(1, months - 1); }
  int y(const base::Exact& value) const {
    const base::Exact share = (value - lowest) * (height - top - bottom) / (highest - lowest);
    return height - bottom - static_cast<int>(base::floor(share));
  }
};

using Member = EarlyValue EarlyPoint::*;

Frame frame_of(const EarlySeries& series) {
  Frame frame;
  bool any = false;
  for (const auto& point : series.points) {
    for (const Member member : {&EarlyPoint::own, &EarlyPoint::official}) {
      const auto& number = (point.*member).number;
      if (!number) continue;
      frame.lowest = any ? std::min(frame.lowest, *number) : *number;
      frame.highest = any ? std::max(frame.highest, *number) : *number;
      any = true;
    }
  }
  // A tenth of air, and never a frame of no height; stocks do not start at 0, the axis says where.
  const base::Exact air = std::max<base::Exact>((frame.highest - frame.lowest) / 10, 1);
  frame.lowest = std::max<base::Exact>(0, frame.lowest - air);
  frame.highest += air;
  frame.months = series.points.empty() ? 1 : series.points.back().month - series.points.front().month + 1;
  return frame;
}

// A line over the months with a value; a missing month interrupts it.
std::string line(const EarlySeries& series, const Frame& frame, Member member, const char* kind) {
  std::string path, dots;
  std::optional<base::Month> before;
  for (const auto& point : series.points) {
    const auto& number = (point.*member).number;
    if (!number) continue;
    const int x = frame.x(point.month - series.points.front().month), y = frame.y(*number);
    path += fmt::format("{}{} {} ", before && *before + 1 == point.month ? "L" : "M", x, y);
    dots += fmt::format("<circle class=\"dot-{}\" cx=\"{}\" cy=\"{}\" r=\"3\"/>", kind, x, y);
    before = point.month;
  }
  return fmt::format("<path class=\"{}\" d=\"{}\"/>{}", kind, path, dots);
}

std::string in_words(const EarlySeries& series) {
  const EarlyPoint *own = nullptr, *official = nullptr;
  for (const auto& point : series.points) {
    if (point.own.number) own = &point;
    if (point.official.number) official = &point;
  }
  std::string words;
  if (own) words += fmt::format("Neueste eigene Zahl: {} im {}. ", own->own.text, own->month.german_text());
  words += official ? fmt::format("Neueste amtliche Zahl: {} im {}.", official->official.text, official->month.german_text()) : "Amtliche Zahlen liegen nicht vor.";
  return words;
}

std::string chart(const EarlySeries& series, std::size_t number) {
  const auto frame = frame_of(series);
  std::string svg = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"t{} d{}\"><title id=\"t{}\">{}</title><desc id=\"d{}\">{} Alle Werte stehen in der Tabelle darunter.</desc>", width, height, number, number,
                                number, escaped(series.title), number, escaped(in_words(series)));
  svg += fmt::format("<path class=\"axis\" fill=\"none\" d=\"M{} {} V{} H{}\"/>", left, top, height - bottom, width - right);
  for (const auto& value : {frame.lowest, frame.highest}) {
    svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", left - 8, frame.y(value) + 5, base::round_half_away(value, 0).german());
  }
  const auto first = series.points.front().month, last = series.points.back().month;
  svg += fmt::format("<text x=\"{}\" y=\"{}\">{}</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", left, height - 25, first.german_text(), width - right, height - 25, last.german_text());
  svg += line(series, frame, &EarlyPoint::official, "official") + line(series, frame, &EarlyPoint::own, "own");
  svg += fmt::format("<text x=\"{}\" y=\"{}\">durchgezogen, voller Punkt: amtlich · gestrichelt, hohler Punkt: eigene Berechnung</text></svg>", left, height - 6);
  return svg;
}

std::string table(const EarlySeries& series) {
  std::string html = fmt::format("<details><summary>Tabelle: {}</summary><table><caption>{} ({})</caption><thead><tr><th scope=\"col\">Berichtsmonat</th><th scope=\"col\">eigene Berechnung</th>"
                                 "<th scope=\"col\">Ladestand</th><th scope=\"col\">amtlich</th><th scope=\"col\">Ladestand</th></tr></thead><tbody>",
                                 escaped(series.title), escaped(series.title), escaped(series.code));
  for (const auto& point : series.points) {
    const auto cell = [](const EarlyValue& value) { return fmt::format("<td>{}</td><td>{}</td>", value.text.empty() ? "fehlt" : escaped(value.text), escaped(value.state)); };
    html += fmt::format("<tr><th scope=\"row\">{}</th>{}{}</tr>", point.month.german_text(), cell(point.own), cell(point.official));
  }
  return html + "</tbody></table></details>";
}

std::string outlook(const std::vector<OutlookBar>& bars) {
  std::int64_t highest = 1;
  for (const auto& bar : bars) highest = std::max(highest, bar.persons.value_or(0));
  const int step = (width - left - right) / static_cast<int>(bars.size());
  std::string svg = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"to do\"><title id=\"to\">Hineinwachsen in den Langzeitleistungsbezug</title>"
                                "<desc id=\"do\">Säulen: Personen, die im jeweiligen Monat Langzeitleistungsbeziehende werden, wenn sie im Bestand bleiben. Alle Werte stehen in der Tabelle darunter.</desc>",
                                width, height);
  svg += fmt::format("<path class=\"axis\" fill=\"none\" d=\"M{} {} V{} H{}\"/>", left, top, height - bottom, width - right);
  std::string rows;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const auto& bar = bars[i];
    const int x = left + step * static_cast<int>(i) + step / 6;
    const int tall = static_cast<int>((height - top - bottom - 20) * bar.persons.value_or(0) / highest);
    const auto shown = bar.persons ? base::Decimal{*bar.persons, 0}.german() : std::string("*");
    if (bar.persons) svg += fmt::format("<rect class=\"bar\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>", x, height - bottom - tall, step * 2 / 3, tall);
    svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text><text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>", x + step / 3, height - bottom - tall - 6, shown, x + step / 3, height - 25, bar.month.text());
    rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>", bar.month.german_text(), shown);
  }
  return "<h2>Ausblick: Hineinwachsen</h2><p>Personen, die Langzeitleistungsbeziehende werden, wenn sie im Bestand bleiben (21 von 24 Monaten). Jede von ihnen kann vorher noch ausscheiden.</p>" + svg +
         "</svg><details open><summary>Tabelle: Hineinwachsen</summary><table><caption>Hineinwachsen nach Monat</caption><thead><tr><th scope=\"col\">Monat</th><th scope=\"col\">Personen</th></tr></thead><tbody>" + rows +
         "</tbody></table></details>";
}

}  // namespace

std::string as_html(const EarlyPage& page) {
  const auto title = fmt::format("Eigene frühe Zahlen · {} {}", page.traeger, escaped(page.jobcenter));
  std::string html = fmt::format("<!doctype html><html lang=\"de\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{}</title><style>{}</style></head><body><main><h1>{}</h1>", title, style, title);
  html += fmt::format("<p class=\"note\"><strong>Eigene Berechnung, keine amtliche Statistik.</strong> {}. Zahlen von 1 und 2 Personen sind mit * verdeckt.</p>", escaped(page.note));
  for (std::size_t i = 0; i < page.series.size(); ++i) {
    html += fmt::format("<h2>{}</h2><p>{}</p>", escaped(page.series[i].title), escaped(in_words(page.series[i]))) + chart(page.series[i], i) + table(page.series[i]);
  }
  if (!page.outlook.empty()) html += outlook(page.outlook);
  return html + "</main></body></html>\n";
}

}  // namespace zielwerk::report
