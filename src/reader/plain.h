// Text evened out for matching (blanks, soft hyphens, line ends, ligatures, markup), and for every byte of it the place in the document it
// came from. Rules match the even text; evidence quotes the document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zielwerk::reader {

// Bytes [begin, end) of a text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const { return begin >= end; }
  bool covers(const Span& other) const { return begin <= other.begin && other.end <= end; }
  bool meets(const Span& other) const { return begin < other.end && other.begin < end; }
  std::size_t distance(const Span& other) const { return end <= other.begin ? other.begin - end : other.end <= begin ? begin - other.end : 0; }
  friend bool operator==(const Span&, const Span&) = default;
};

class Plain {
 public:
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  std::size_t size() const { return text_.size(); }

  Span raw(Span part) const;  // where the part stands in the document; markup inside belongs to it
  Span raw() const { return raw({0, text_.size()}); }
  // The part of this text that came from a place in the document.
  Span plain(Span in_document) const;
  Plain part(Span part) const;

  // Appends the line [line.begin, line.end) of the document, joined to what is there: a blank, or nothing where a word was divided.
  void append(std::string_view document, Span line);
  void trim();

 private:
  void push(std::string_view bytes, std::size_t from, std::size_t until);
  std::string text_;
  std::vector<std::uint32_t> from_;   // for each byte of text_: begin of its character in the document
  std::vector<std::uint32_t> until_;  // and its end
  bool soft_ = false;  // the last line ended with a soft hyphen
};

// Places in the document as the exchange format counts them.
class Positions {
 public:
  explicit Positions(std::string_view document);
  std::size_t code_points(std::size_t byte) const;
  int line(std::size_t byte) const;  // from 1

 private:
  std::string_view document_;
  std::vector<std::uint32_t> blocks_;  // code points before every 256th byte
  std::vector<std::uint32_t> lines_;   // byte offsets of line begins
};

}  // namespace zielwerk::reader
