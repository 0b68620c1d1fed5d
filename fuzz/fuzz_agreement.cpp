// Exchange JSON of an agreement: parsed, checked before signing, evaluated on no facts.
#include "evaluation/evaluation.h"
#include "evaluation/plausibility.h"
#include "intake/agreement_json.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace zielwerk;
  static const domain::Vocabulary vocabulary;
  static const indicators::Declared declared;
  auto file = intake::parse_agreement("fuzz.json", std::string(reinterpret_cast<const char*>(data), size));
  if (!file) {
    if (file.error().empty()) __builtin_trap();
    return 0;
  }
  static_cast<void>(evaluation::check(file->agreement, {vocabulary, declared}));
  const domain::FactHistory nothing;
  const domain::StoredAgreement stored{"33148-2021", 1, domain::ProviderNumber::parse("33148"), "", "", "", ""};
  for (const int month : {6, 12}) {
    const auto evaluation =
        evaluation::evaluate(stored, file->agreement, {base::Month(file->agreement.year, month), std::nullopt, true}, {vocabulary, declared, nothing});
    for (const auto& row : evaluation.rows) {
      if (evaluation::is_verdict(row.status)) __builtin_trap();  // no facts, no verdict
    }
  }
  return 0;
}
