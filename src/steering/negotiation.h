// The life of an agreement, read off its file: rounds of offers, the one all agreed on, who has signed, what it waits for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "steering/record.h"

namespace zielwerk::steering {

// Runde: an offer, whose it is and why. An offer in an own room is a round for that side alone until it is made again in the shared room.
struct Round {
  const Entry* offer = nullptr;
  std::string subject;                                      // R1; of an own room R1-jobcenter
  bool shared = false;
  std::vector<std::pair<std::string, std::string>> reasons;  // target -> words
  const Entry* consent = nullptr;                            // the newest Einigung about it
  std::vector<std::string> missing;                          // sides that have not agreed to it with two persons
  bool agreed = false;
};
std::vector<Round> rounds(const Record& record);  // in the order they were made
// The newest round that every side agreed on; nullptr if there is none.
const Round* agreed_round(const std::vector<Round>& rounds);
// The round whose text speaks for the negotiation: the agreed one, else the newest shared one, else the newest own one.
const Round* governing_round(const std::vector<Round>& rounds);

// Unterschrift of one party. A signature of the file belongs to the round agreed before it.
struct Signed {
  std::string party;  // id
  std::string name;
  std::string signer;
  std::string function;
  std::string place;
  std::string date;   // as written; partial stays partial
  bool on_behalf = false;
  std::string file;   // checksum of the signed paper, if it was kept
  bool on_paper = false;             // the agreement's own paper bears it
  std::vector<std::string> missing;  // the side whose second person has not confirmed it yet
  bool counts = false;
};
// Of every party, in the order of the text. Without an agreed round those of the paper.
std::vector<Signed> signatures(const Record& record, const domain::TargetAgreement& terms);
bool all_signed(const std::vector<Signed>& signatures);

enum class Stage { Nothing, Offered, Agreed, InForce, Amended, Settled, Archived };
std::string code(Stage stage);
std::string in_words(Stage stage);  // "in Verhandlung"

// `versions`: of the agreement in the store; 0 before there is one.
Stage stage(const Record& record, const domain::TargetAgreement& terms, int versions);

// Anlage with its versions; the last one holds.
struct Annex {
  std::string subject;  // A1
  std::string title;
  std::string type;     // planungsdokument …
  struct Version {
    std::string name;   // "2.0"
    std::string file;   // checksum
    std::string by;
    std::string at;
  };
  std::vector<Version> versions;
  bool shared = false;
};
std::vector<Annex> annexes(const Record& record);
// Documents that are part of the agreement (INTEGRAL_PART) and that no shared annex holds.
std::vector<domain::NamedDocument> missing_parts(const Record& record, const domain::TargetAgreement& terms);

// What one act cannot be because of what the agreement and the file already say. Problems: round_own, round_signed, nothing_to_sign,
// step_unknown, criterion_unknown, shift_to_itself, amount_invalid, month_outside_year.
base::Problems beyond_fields(const Record& record, const domain::TargetAgreement& terms, bool in_store, const Intent& intent);

}  // namespace zielwerk::steering
