#include "documents/xml_part.h"

#include <fmt/format.h>
#include <libxml/xmlreader.h>
#include <zip.h>

#include <array>

#include "base/text.h"

namespace zielwerk::documents {
namespace {

std::string_view view(const xmlChar* text) { return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view(); }

}  // namespace

struct ZipFile::State {
  std::string bytes;
  zip_t* archive = nullptr;
  ZipLimits limits;
  ZipLimits left;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (archive) zip_discard(archive);
  }
};

struct XmlPart::State {
  std::string part;
  const ZipLimits* limits = nullptr;
  ZipLimits* left = nullptr;
  bool too_large = false;
  zip_file_t* file = nullptr;
  xmlTextReaderPtr reader = nullptr;
  Token token = Token::Begin;
  bool end_of_empty_element_is_next = false;
  bool over = false;
  std::string failure;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (reader) xmlFreeTextReader(reader);
    if (file) zip_fclose(file);
  }

  // Bytes inflated, or -1.
  int inflate(char* buffer, int size) {
    const auto got = zip_fread(file, buffer, static_cast<zip_uint64_t>(size));
    if (got < 0) {
      fail(fmt::format("Die Datei ist beschädigt: der Teil {} lässt sich nicht entpacken.", part));
      return -1;
    }
    if (static_cast<std::uint64_t>(got) > left->bytes_inflated) {
      too_large = true;
      fail(fmt::format("Die Datei ist entpackt größer als {} MiB; so groß ist keine {}.", limits->bytes_inflated >> 20, limits->kind));
      return -1;
    }
    left->bytes_inflated -= static_cast<std::uint64_t>(got);
    return static_cast<int>(got);
  }

  bool fail(std::string message) {
    if (failure.empty()) failure = std::move(message);
    over = true;
    return false;
  }

  static int inflate_for(void* state, char* buffer, int size) { return static_cast<State*>(state)->inflate(buffer, size); }

  // libxml2 speaks English and to the terminal; the first error is told in German by fail().
  static void note_error(void* state, xmlErrorPtr error) {
    if (error->level < XML_ERR_ERROR) return;
    auto& self = *static_cast<State*>(state);
    self.fail(fmt::format("Die Datei ist beschädigt: der Teil {} ist kein gültiges XML (Zeile {}, Spalte {}).", self.part, error->line, error->int2));
  }

  // The checksum of a part is compared when its last byte has been read.
  bool finish() {
    std::array<char, 4096> rest;
    int got = 1;
    while (failure.empty() && got > 0) got = inflate(rest.data(), static_cast<int>(rest.size()));
    over = true;
    return false;
  }
};

XmlPart::XmlPart(std::unique_ptr<State> state) : state_(std::move(state)) {}
XmlPart::~XmlPart() = default;

XmlPart::Token XmlPart::token() const { return state_->token; }
std::string_view XmlPart::name() const { return view(xmlTextReaderConstLocalName(state_->reader)); }
std::string_view XmlPart::text() const { return view(xmlTextReaderConstValue(state_->reader)); }
const std::string& XmlPart::failure() const { return state_->failure; }
bool XmlPart::too_large() const { return state_->too_large; }

std::optional<std::string> XmlPart::attribute(std::string_view name) const {
  std::optional<std::string> value;
  while (!value && xmlTextReaderMoveToNextAttribute(state_->reader) == 1) {
    if (view(xmlTextReaderConstLocalName(state_->reader)) == name) value = view(xmlTextReaderConstValue(state_->reader));
  }
  xmlTextReaderMoveToElement(state_->reader);
  return value;
}

bool XmlPart::next() {
  auto& s = *state_;
  if (s.over) return false;
  if (s.end_of_empty_element_is_next) {
    s.end_of_empty_element_is_next = false;
    s.token = Token::End;
    return true;
  }
  for (;;) {
    const int read = xmlTextReaderRead(s.reader);
    if (!s.failure.empty()) return false;
    if (read < 0) return s.fail(fmt::format("Die Datei ist beschädigt: der Teil {} ist kein gültiges XML.", s.part));
    if (read == 0) return s.finish();
    if (s.left->tokens-- == 0) {
      s.left->tokens = 0;
      s.too_large = true;
      return s.fail(
          fmt::format("Die Datei hat mehr als {} Millionen XML-Elemente; so groß ist keine {}.", s.limits->tokens / 1'000'000, s.limits->kind));
    }
    switch (xmlTextReaderNodeType(s.reader)) {
      case XML_READER_TYPE_ELEMENT:
        s.token = Token::Begin;
        s.end_of_empty_element_is_next = xmlTextReaderIsEmptyElement(s.reader) == 1;
        return true;
      case XML_READER_TYPE_END_ELEMENT: s.token = Token::End; return true;
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_WHITESPACE:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE: s.token = Token::Text; return true;
      case XML_READER_TYPE_DOCUMENT_TYPE:
      case XML_READER_TYPE_ENTITY_REFERENCE:
        return s.fail(fmt::format("Der Teil {} enthält eine DTD oder eigene Entitäten; das gibt es in keiner {}.", s.part, s.limits->kind));
      default: break;
    }
  }
}

ZipFile::ZipFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipFile::ZipFile(ZipFile&&) noexcept = default;
ZipFile::~ZipFile() = default;

base::Result<ZipFile> ZipFile::open(std::string bytes, const ZipLimits& limits) {
  auto state = std::make_unique<State>();
  state->limits = state->left = limits;
  state->bytes = std::move(bytes);
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(state->bytes.data(), state->bytes.size(), 0, &error);
  if (source) state->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (source && !state->archive) zip_source_free(source);
  zip_error_fini(&error);
  if (!state->archive) {
    return base::problem("file_unreadable", fmt::format("Die Datei ist kein vollständiges ZIP-Archiv (das ist jede XLSX-Datei); sie beginnt mit {}.",
                                                        base::quoted(std::string_view(state->bytes).substr(0, 16))));
  }
  return ZipFile(std::move(state));
}

bool ZipFile::contains(const std::string& part) const { return zip_name_locate(state_->archive, part.c_str(), ZIP_FL_NOCASE) >= 0; }

std::unique_ptr<XmlPart> ZipFile::xml(const std::string& part) {
  xmlInitParser();
  // Errors of conversion between encodings know no reader and would be printed; the parse that follows fails and is reported.
  xmlSetStructuredErrorFunc(nullptr, [](void*, xmlErrorPtr) {});
  const auto index = zip_name_locate(state_->archive, part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return nullptr;
  auto state = std::make_unique<XmlPart::State>();
  state->part = part;
  state->limits = &state_->limits;
  state->left = &state_->left;
  state->file = zip_fopen_index(state_->archive, static_cast<zip_uint64_t>(index), 0);
  if (!state->file) {
    state->fail(fmt::format("Die Datei ist beschädigt oder mit einem Kennwort geschützt: der Teil {} lässt sich nicht öffnen.", part));
    return std::unique_ptr<XmlPart>(new XmlPart(std::move(state)));
  }
  // Neither XML_PARSE_HUGE nor NOENT: libxml2's own limits on depth, text and entities stay on.
  state->reader = xmlReaderForIO(&XmlPart::State::inflate_for, nullptr, state.get(), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_COMPACT);
  if (!state->reader) {
    state->fail(fmt::format("Die Datei ist beschädigt: der Teil {} ist leer oder nicht lesbar.", part));
  } else {
    xmlTextReaderSetStructuredErrorHandler(state->reader, &XmlPart::State::note_error, state.get());
  }
  return std::unique_ptr<XmlPart>(new XmlPart(std::move(state)));
}

}  // namespace zielwerk::documents
