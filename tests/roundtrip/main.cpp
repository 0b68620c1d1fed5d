// read(draft(x)) = x over invented agreements.
//   roundtrip [--seed=1] [--count=10000]     drafts, reads and compares; what differs, by field, with the first examples
//   roundtrip --field="Ziele · Wert"         all differences whose field begins so
//   roundtrip --seed=1 --show=17             the 17th agreement (JSON), its draft and what reading makes of it
//   roundtrip --drafts [--count=…]           only: every agreement fits the schema and can be drafted
#include <cstring>
#include <iostream>
#include <map>

#include <fmt/format.h>

#include "base/resource.h"
#include "compare.h"
#include "documents/document.h"
#include "drafting/draft.h"
#include "generate.h"
#include "intake/json_schema.h"
#include "reader/reader.h"
#include "report/json_text.h"

namespace {

using namespace zielwerk;

struct Call {
  std::uint64_t seed = 1;
  std::uint64_t count = 10'000;
  std::uint64_t show = 0;
  std::string field;
  bool showing = false;
  bool drafts_only = false;
};

Call parse(int argc, char** argv) {
  Call call;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const auto value = [&] { return std::stoull(std::string(word.substr(word.find('=') + 1))); };
    if (word.starts_with("--seed=")) call.seed = value();
    if (word.starts_with("--count=")) call.count = value();
    if (word == "--drafts") call.drafts_only = true;
    if (word.starts_with("--field=")) call.field = word.substr(8);
    if (word.starts_with("--show=")) {
      call.show = value();
      call.showing = true;
    }
  }
  return call;
}

std::vector<roundtrip::Mismatch> problems(const std::string& kind, const base::Problems& found) {
  std::vector<roundtrip::Mismatch> all;
  for (const auto& one : found) all.push_back({kind + " · " + one.code, one.where + ": " + one.message});
  return all;
}

base::Result<boost::json::object> read(const std::string& paper) {
  documents::Document document;
  document.name = "erfunden.md";
  document.sha256 = std::string(64, '0');
  document.bytes = paper.size();
  document.media = "text/markdown";
  document.text = paper;
  auto reading = reader::read(document);
  if (!reading) return tl::unexpected(reading.error());
  return std::move(reading->draft);
}

std::vector<roundtrip::Mismatch> round_trip(const Call& call, std::uint64_t number, bool show) {
  const auto agreement = roundtrip::generate(call.seed, number);
  const auto text = report::json_text(agreement);
  const auto document = intake::parse_json(fmt::format("{}", number), text);
  if (!document) return problems("Schema", {document.error()});
  static const auto schema = boost::json::parse(base::resource("docs/formats/agreement.schema.json"));
  if (const auto unfit = intake::check_schema(*document, schema); !unfit.empty()) return problems("Schema", unfit);
  const auto paper = drafting::draft(document->value.as_object(), roundtrip::template_of(number));
  if (!paper) return problems("Entwurf", paper.error());
  if (show) std::cout << text << "\n" << *paper << "\n";
  if (call.drafts_only) return {};
  const auto again = read(*paper);
  if (!again) return problems("Lesen", {again.error()});
  if (show) std::cout << report::json_text(again->at("agreement")) << "\n";
  return roundtrip::compare(document->value.as_object(), *again);
}

int run(const Call& call) {
  if (call.showing) {
    for (const auto& one : round_trip(call, call.show, true)) std::cout << one.field << " | " << one.words << "\n";
    return 0;
  }
  struct Field {
    std::uint64_t count = 0;
    std::string example;
  };
  std::map<std::string, Field> fields;
  std::uint64_t equal = 0;
  for (std::uint64_t number = 0; number < call.count; ++number) {
    const auto found = round_trip(call, number, false);
    equal += found.empty() ? 1 : 0;
    for (const auto& one : found) {
      if (!call.field.empty() && one.field.starts_with(call.field)) std::cout << fmt::format("{} {} | {}\n", number, one.field, one.words);
      auto& field = fields[one.field];
      if (field.count++ == 0) field.example = fmt::format("--show={} {}", number, one.words);
    }
  }
  for (const auto& [name, field] : fields) std::cout << fmt::format("{:6} {} | {}\n", field.count, name, field.example);
  std::cout << fmt::format("Startwert {}: {} von {} gleich\n", call.seed, equal, call.count);
  return equal == call.count ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) { return run(parse(argc, argv)); }
