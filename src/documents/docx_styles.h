// What a DOCX says elsewhere about its paragraphs: which styles are headings or bold, and how lists are numbered.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>

#include "documents/xml_part.h"

namespace zielwerk::documents {

bool is_on(const XmlPart& part);                  // w:val of an on/off property; absent means on
int number_or(const std::optional<std::string>& text, int otherwise);

struct ParagraphStyle {
  int heading = 0;  // 1 to 6; 0: none
  bool bold = false;
  std::string list;  // w:numId; empty: none
  int list_level = 0;
};

class Styles {
 public:
  explicit Styles(XmlPart* part);  // nullptr: no styles
  ParagraphStyle paragraph(const std::string& id) const;
  bool bold_characters(const std::string& id) const;

 private:
  struct Entry {
    ParagraphStyle own;
    std::string parent;
  };
  std::map<std::string, Entry> entries_;
};

class Numbering {
 public:
  explicit Numbering(XmlPart* part);  // nullptr: no lists
  // Counts on and gives the number as printed ("1.", "a)", "2.3"); empty for a bullet; nullopt if the list is none.
  std::optional<std::string> next(const std::string& list, int level);

 private:
  static constexpr std::size_t levels = 9;
  struct Level {
    std::string format = "decimal";
    std::string text;
    int start = 1;
  };
  using Levels = std::array<Level, levels>;
  void read_level(XmlPart& part, Levels& into);

  std::map<std::string, Levels> kinds_;         // w:abstractNum
  std::map<std::string, std::string> lists_;    // w:num -> w:abstractNum
  std::map<std::string, std::map<std::size_t, int>> restarts_;
  std::map<std::string, std::array<int, levels>> counted_;  // per kind; 0: not yet
  std::map<std::string, bool> begun_;
};

}  // namespace zielwerk::documents
