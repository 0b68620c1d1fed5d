// XML inside a ZIP file (the parts of XLSX and the like) from strangers: inflated and parsed in pieces, never as a whole in memory,
// without entities, DTD or network. One budget covers all parts of a file, so a bomb ends where it becomes one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace zielwerk::documents {

class XmlPart {
 public:
  enum class Token { Begin, End, Text };

  ~XmlPart();
  // The next token; false at the end of the part, or when it is damaged: then failure() says why. An empty element <v/> gives Begin
  // and End.
  bool next();
  Token token() const;
  std::string_view name() const;  // of Begin and End, without prefix; valid until next()
  std::string_view text() const;
  // Attribute of a Begin by its name without prefix.
  std::optional<std::string> attribute(std::string_view name) const;
  const std::string& failure() const;  // German; empty: nothing failed
  bool too_large() const;              // it failed at a limit

 private:
  friend class ZipFile;
  struct State;
  explicit XmlPart(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// What all parts of one file may cost together.
struct ZipLimits {
  std::uint64_t bytes_inflated = std::uint64_t{512} << 20;
  std::uint64_t tokens = 50'000'000;                     // some twenty seconds; five million cells need 25 million
  std::string_view kind = "Arbeitsmappe mit Kennzahlen"; // no such thing is as large as that
};

class ZipFile {
 public:
  // Problem file_unreadable if the bytes are no ZIP file.
  static base::Result<ZipFile> open(std::string bytes, const ZipLimits& limits = {});
  ZipFile(ZipFile&&) noexcept;
  ~ZipFile();

  bool contains(const std::string& part) const;  // upper and lower case are the same, as OPC demands
  // nullptr if there is no such part.
  std::unique_ptr<XmlPart> xml(const std::string& part);

 private:
  struct State;
  explicit ZipFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace zielwerk::documents
