// What people write into headings and how a profile describes it: "Berichtsmonat {monat} (Datenstand: *)". No regular expressions:
// a controller writes this.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/month.h"

namespace zielwerk::intake {

// A cell's text as a label: footnote marks (" 1)", " 2) 4)", "¹", "*)") dropped from its end, blanks trimmed and collapsed.
std::string label_text(std::string_view cell);
// Blanks at the front (no-break spaces and tabs too): the depth of a label in its hierarchy.
std::size_t leading_blanks(std::string_view cell);
// Blanks and line breaks collapsed, trimmed; footnote marks stay.
std::string collapse_blanks(std::string_view text);

// Months between 2000 and 2099 only: what is read elsewhere as a month ("42064", a telephone number) is none.
std::optional<base::Month> month_of_serial(std::string_view number, bool days_count_from_1904);

struct Captured {
  std::optional<base::Month> month;  // {monat}
  std::optional<base::Month> state;  // {datenstand}
  int month_name = 0;                // {monatsname}, 1 … 12
  int year = 0;                      // {jahr}
  std::string provider;              // {traeger}
  std::optional<int> number;         // {zahl}

  std::optional<base::Month> stated_month() const;  // {monat}, or {monatsname} and {jahr} together
  void add(const Captured& other);                  // of another header level
};

class TextPattern {
 public:
  // In {braces}: monat, datenstand (a month both), monatsname, jahr, traeger, zahl. Anything is "*".
  enum class Piece { Literal, Anything, Month, State, MonthName, Year, Provider, Number };

  // nullopt if a placeholder is unknown or a brace is not closed. Literals are compared after collapse_blanks().
  static std::optional<TextPattern> parse(std::string_view text);

  static TextPattern literal(std::string_view text);  // without placeholders

  // The whole text, which must be collapsed already; only its first 1,000 bytes are looked at.
  std::optional<Captured> match(std::string_view text) const;
  bool has(Piece piece) const;
  bool is_only(Piece piece) const { return pieces_.size() == 1 && pieces_[0].kind == piece; }
  const std::string& text() const { return text_; }

 private:
  struct Part {
    Piece kind = Piece::Literal;
    std::string literal;
  };
  static std::size_t take(const Part& part, std::string_view text, std::size_t at, Captured& found);

  std::string text_;
  std::vector<Part> pieces_;
};

}  // namespace zielwerk::intake
