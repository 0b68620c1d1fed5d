// Qualitative goals and programmes: what the agreement asks for in words, how far it is, and what both sides say to it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "steering/record.h"

namespace zielwerk::steering {

// A step or a criterion as the agreement words it, with the newest thing said about it.
struct Item {
  int number = 1;
  std::string words;
  std::string state;     // offen, begonnen, erledigt; of a criterion ja, nein; empty: nothing said yet
  std::string date;
  std::string report;
  std::string evidence;  // checksum of a kept file
  std::string by;
  bool done() const { return state == "erledigt" || state == "ja"; }
};

struct View {
  std::string side;
  std::string verdict;  // erreicht, teilweise, nicht_erreicht
  std::string reason;
  bool shared = false;
};

// Qualitatives Ziel. Reached only if every criterion is fulfilled and the sides have judged it so together: no program can judge it, and
// criteria alone are no judgement.
struct Quality {
  std::string id;
  std::string title;
  std::vector<Item> steps;
  std::vector<Item> criteria;
  std::vector<View> views;          // of the sides, as far as the reader sees them
  const Entry* joint = nullptr;     // the newest joint assessment, in force or not
  std::vector<std::string> missing; // sides whose second person has not agreed to it
  bool judged = false;              // it counts
  bool fulfilled() const;           // all criteria; without criteria all steps
  bool contradicts() const;         // judged as reached although not everything is fulfilled
  std::string result() const;       // erreicht, teilweise, nicht_erreicht, offen
};
std::vector<Quality> qualities(const Record& record, const domain::TargetAgreement& terms);

// Programm at one site: places and occupied places month by month over the agreement's year. A month nobody reported is absent, not zero.
struct Site {
  std::string programme;
  std::string name;
  std::string location;
  std::string responsible;  // the party whose goal it is
  struct Month {
    base::Month month;
    std::optional<base::Exact> places;
    std::string source;  // "Vereinbarung: from 2020-Q2, gradually" or "Vorgang 12"
    std::optional<base::Exact> occupied;
  };
  std::vector<Month> months;
};
std::vector<Site> sites(const Record& record, const domain::TargetAgreement& terms);

}  // namespace zielwerk::steering
