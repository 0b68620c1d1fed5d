// Sheets of cells as an XLSX file, in memory.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace zielwerk::documents {

struct WrittenCell {
  std::string text;             // a number in plain notation where `places` is given
  std::optional<int> places = {};  // decimals it is shown with: the cell is a number
  std::string unit = {};           // shown behind the number: "%" (the number itself stays 3.1)
};

struct WrittenSheet {
  std::string name;  // at most 31 characters
  std::vector<std::string> headings;
  std::vector<std::vector<WrittenCell>> rows;
  std::vector<std::string> notes;  // below the table
  std::string footer = {};         // of each printed page, at most 200 characters; the page number follows
};

// Texts are texts: nothing in them becomes a formula. EnvironmentError if memory or the scratch folder do not take it.
std::string workbook_of(const WrittenSheet& sheet);
// The same sheets give the same bytes; `title` goes into the properties.
std::string workbook_of(const std::vector<WrittenSheet>& sheets, const std::string& title);

}  // namespace zielwerk::documents
