// Use cases of a negotiation: make an offer out of last year's agreement or the last round, compare rounds, and turn the agreed and signed
// text into the agreement of the store. What a person does not see (another side's own room) is not there for any of these.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/steering.h"
#include "drafting/diff.h"
#include "steering/negotiation.h"

namespace zielwerk::app {

struct OfferWanted {
  std::string from;                            // last, round, a round (R2); empty: the last round, else the agreement, else last year's
  std::optional<std::string> document;         // an exchange document to begin with instead
  std::map<std::string, std::string> values;   // T1 -> 3.5
  std::map<std::string, std::string> reasons;  // T1 -> words
  std::string note;
  bool own = false;  // first for the own side only
};
// The document of the offer. Problems: round_unknown, last_year_missing, those of drafting::with_values and of the exchange format.
base::Checked<std::string> offer_document(const Workspace& workspace, const SteeringFile& file, const OfferWanted& wanted);
// The terms that an offer begins with: of the last round, the agreement, or last year's; empty if there is none of them.
domain::TargetAgreement next_offer(const Workspace& workspace, const SteeringFile& file);
// Keeps it as an act. Problems: also those of app::act.
base::Checked<domain::Act> make_offer(Workspace& workspace, const Person& person, const std::string& id, const OfferWanted& wanted);

// Between two rounds ("R1", "R2"), or a round and the agreement in force ("vereinbarung") or last year's ("vorjahr"), or another
// agreement's id that the person may see. Problem round_unknown.
base::Checked<std::vector<drafting::Difference>> compare_rounds(const Workspace& workspace, const Person& person, const SteeringFile& file, const std::string& before, const std::string& after);

// What an offered document cannot be: year_unfit, jobcenter_unfit, sides_missing (fewer than two, or not the own one), parties_differ
// (an amendment changes what was agreed, not who agreed), and what the exchange format lacks.
base::Problems offer_problems(const Workspace& workspace, const SteeringFile& file, const std::string& document, const std::string& side);

// Inside the commit of an act: if every side agreed on a round and every party has signed it, the text with these signatures becomes the
// agreement of the store. Says "33148-2022@1", or nothing if it is not that far or was done before.
std::optional<std::string> conclude(store::Store& store, const Workspace& workspace, const SteeringFile& file);

}  // namespace zielwerk::app
