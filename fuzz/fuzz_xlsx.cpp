// Any bytes as a workbook: never a crash, a leak or a hang, and no value without a place. Bytes that begin with "PK" are the file
// itself; all others become the XML of its only sheet, so that the fuzzer need not invent checksums.
#include <fmt/format.h>
#include <unistd.h>
#include <zip.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

#include "intake/profile.h"
#include "intake/workbook.h"

namespace {

namespace fs = std::filesystem;
using namespace zielwerk;

constexpr const char* layout = R"(name = "fuzz"
traeger = {fest = "33148"}
berichtsmonat = {zelle = "A1", muster = "*{monat}*"}
datenstand = {zelle = "B1"}
wartezeit = {zelle = "C1"}
[[blatt]]
muster = "*"
kopfzeilen = [2, 4]
beschriftung = ["A", "B"]
spalte = [{kopf = ["*", "Männer"], geschlecht = "M", fehlt_erlaubt = true}, {kopf = ["{monat}", "{datenstand}"], fehlt_erlaubt = true}, {kopf = "Anzahl"}]
zeile = [{text = "ELB", messgroesse = "ELB"}, {text = "Männer", unter = "ELB", messgroesse = "INT", fehlt_erlaubt = true}]
)";

fs::path temporary(const std::string& name) { return fs::temp_directory_path() / fmt::format("zielwerk_fuzz_{}_{}", ::getpid(), name); }

void write_workbook(const fs::path& path, const std::string& sheet) {
  static const std::string book = R"(<workbook><sheets><sheet name="Z" id="r1"/></sheets></workbook>)";
  static const std::string related =
      R"(<r><Relationship Id="r1" Type="/worksheet" Target="s.xml"/><Relationship Id="r2" Type="/sharedStrings" Target="t.xml"/></r>)";
  static const std::string texts = "<sst><si><t>ELB</t></si><si><t>Anzahl</t></si><si><t>März 2015</t></si><si><t>  Männer 1)</t></si></sst>";
  auto* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  const auto add = [&](const char* name, const std::string& content) {
    zip_file_add(archive, name, zip_source_buffer(archive, content.data(), content.size(), 0), 0);
  };
  add("xl/workbook.xml", book);
  add("xl/_rels/workbook.xml.rels", related);
  add("xl/t.xml", texts);
  add("xl/s.xml", sheet);
  if (zip_close(archive) != 0) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const domain::Vocabulary vocabulary;
  static const domain::Directory directory({{*domain::ProviderNumber::parse("33148"), "Lippe", "NW", {}, {}, "", ""}}, {});
  static const auto profile = [] {
    std::ofstream(temporary("profil.toml")) << layout;
    auto read = intake::read_profile(temporary("profil.toml"), vocabulary);
    fs::remove(temporary("profil.toml"));
    return read ? *read : throw base::Bug("the fuzzer's profile");
  }();
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto path = temporary("t33148.xlsx");
  if (bytes.starts_with("PK")) {
    std::ofstream(path, std::ios::binary) << bytes;
  } else {
    write_workbook(path, bytes);
  }
  const auto file = intake::read_workbook(path, *profile, {vocabulary, directory});
  fs::remove(path);
  if (!file && file.error().empty()) std::abort();
  for (std::size_t i = 0; file && i < file->table.rows.size(); ++i) {
    if (!file->table.rows[i].place().is_cell()) std::abort();
  }
  return 0;
}
