// One agreement while it is put into words. Reading a field counts as saying it; what nobody read is a problem at the end. Beside that
// the blocks of the paper, in order.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <boost/json.hpp>

#include "base/exact.h"
#include "base/problem.h"
#include "drafting/draft.h"

namespace zielwerk::drafting {

class Manuscript;

// An object of the exchange document. A part that is not there has only empty fields.
class Part {
 public:
  Part(Manuscript& manuscript, const boost::json::object* object, std::string where) : manuscript_(&manuscript), object_(object), where_(std::move(where)) {}

  explicit operator bool() const { return object_ != nullptr; }
  bool has(std::string_view name) const;  // neither missing, null nor empty; does not count as said
  std::string text(std::string_view name) const;
  std::optional<base::Decimal> number(std::string_view name) const;
  std::optional<int> whole(std::string_view name) const;
  bool flag(std::string_view name) const;
  Part part(std::string_view name) const;
  std::vector<Part> parts(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;  // of an array; numbers as digits

  std::string json(std::string_view name) const;                // whatever it is; empty if there is nothing

  // The words of the code in a field, e.g. words("aim", "code"); a code without words is a problem. Empty for a missing field.
  std::string words(std::string_view kind, std::string_view name) const;
  std::vector<std::string> all_words(std::string_view kind, std::string_view name) const;  // the same for an array of codes
  void problem(std::string code, std::string message, std::string_view field = {}) const;

 private:
  const boost::json::value* value(std::string_view name) const;  // marks it as said

  Manuscript* manuscript_;
  const boost::json::object* object_;
  std::string where_;
};

class Manuscript {
 public:
  Manuscript(const boost::json::object& document, Template form);

  const Part& agreement() const { return agreement_; }
  Template form() const { return form_; }
  int year() const { return year_; }
  std::string percent() const { return form_ == Template::Nrw || form_ == Template::Land ? "Prozent" : "%"; }

  // "code_without_words" unless rules/draft_phrases.txt knows it.
  std::string words(std::string_view kind, const std::string& code, const std::string& where);

  // The party with an id as the paper calls it: its abbreviation, else its name.
  std::string party(const std::string& id, bool dative = false) const;
  std::string title_of_document(const std::string& id) const;

  // A heading, unless nothing follows it; says whether something did.
  bool section(int level, const std::string& title, const std::function<void()>& body);
  void heading(int level, const std::string& text);  // 1 … 6
  void paragraph(const std::string& text);           // nothing if empty
  void items(const std::vector<std::string>& items);
  void table(const std::vector<std::vector<std::string>>& rows);  // the first row is the head

  // The text, or every problem.
  base::Checked<std::string> finished();

 private:
  friend class Part;
  void unsaid(const boost::json::value& value, const std::string& where);

  const boost::json::value& root_;
  Template form_;
  std::unordered_set<const boost::json::value*> said_;
  Part agreement_;
  int year_ = 0;
  base::Problems problems_;
  std::string text_;
};

}  // namespace zielwerk::drafting
