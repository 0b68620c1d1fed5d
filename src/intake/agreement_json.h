// The exchange document of one agreement (docs/formats/agreement.schema.json) -> TargetAgreement.
#pragma once

#include <filesystem>

#include "base/problem.h"
#include "domain/agreement.h"

namespace zielwerk::intake {

struct AgreementFile {
  domain::TargetAgreement agreement;
  std::string document;  // the JSON as it came
  std::string source;    // file name
  std::string sha256;    // of the file
  bool draft = false;    // the program read it from a paper (document.reading); binds nobody before a person confirms it
};

// Every problem of the file at once: json_invalid, encoding_invalid, type_invalid, value_invalid, value_missing, field_unknown,
// id_twice, reference_unknown, number_too_long. Throws base::EnvironmentError if the file cannot be read.
base::Checked<AgreementFile> read_agreement(const std::filesystem::path& file);

// The same for a document already in memory (of the store, where it was checked before).
base::Checked<AgreementFile> parse_agreement(std::string name, std::string text);

}  // namespace zielwerk::intake
