#include "app/drafts.h"

#include <algorithm>
#include <array>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/corrections.h"
#include "app/new_entry.h"
#include "app/rights.h"
#include "base/text.h"
#include "documents/input_file.h"
#include "report/json_text.h"

namespace zielwerk::app {
namespace {

namespace json = boost::json;
using base::Checked;
using base::Result;
using domain::SecondPerson;
using domain::Side;
using domain::StoredDraft;

constexpr std::size_t longest_words = 2000;

bool in_reach(const Workspace& workspace, const Person& person, const StoredDraft& draft, const domain::DraftVersion& version) {
  if (version.whose.empty()) return draft.versions.front().by == person.account.name;
  const auto number = domain::ProviderNumber::parse(version.whose);
  return number ? person.scope.covers(*number, workspace.directory()) : person.scope.covers_land(version.whose);
}

const domain::DraftShare* newest_share(const StoredDraft& draft, const Side& side) {
  const domain::DraftShare* newest = nullptr;
  for (const auto& one : draft.shares) {
    if (one.with == side && (!newest || one.version > newest->version)) newest = &one;
  }
  return newest;
}

// Cuts down to what the person may see; false: nothing.
bool cut_down(const Workspace& workspace, const Person& person, StoredDraft& draft) {
  const auto side = person.side();
  if (!side) return false;
  std::erase_if(draft.comments, [&](const auto& one) { return one.side != *side && !one.shared; });
  if (draft.side == *side) return in_reach(workspace, person, draft, draft.versions.back());
  const auto* share = newest_share(draft, *side);
  if (!share) return false;
  draft.versions.resize(static_cast<std::size_t>(share->version));
  if (!in_reach(workspace, person, draft, draft.versions.back())) return false;
  for (auto& version : draft.versions) version.why.clear();
  std::erase_if(draft.shares, [&](const auto& one) { return one.with != *side; });
  return true;
}

std::string title_of(const json::object& document) {
  const auto* title = document.at("agreement").as_object().if_contains("title");
  const auto* value = title && title->is_object() ? title->get_object().if_contains("value") : nullptr;
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// Nobody can guess it, and it says nothing about how many there are.
std::string new_id(const Workspace& workspace, const std::string& text) {
  return "E" + documents::sha256(fmt::format("{} {} {} {}", workspace.store().audit_head().hash, workspace.actor(), workspace.now(), text)).substr(0, 16);
}

base::Problem ended() { return {"draft_ended", "Der Entwurf ist abgeschlossen; er lässt sich nicht mehr ändern.", ""}; }

base::Problem outdated() { return {"version_outdated", "Der Entwurf wurde inzwischen geändert; bitte die neue Fassung ansehen und dann bestätigen.", ""}; }

Result<std::string> whose_in_scope(const Workspace& workspace, const Person& person, const std::string& traeger) {
  const auto number = domain::ProviderNumber::parse(traeger);
  if (!number || !workspace.directory().find(*number)) return base::problem("jobcenter_unknown", fmt::format("{} ist keine bekannte Trägernummer; erwartet sind fünf Ziffern eines Jobcenters.", base::quoted(traeger)), "traeger");
  if (!person.scope.covers(*number, workspace.directory())) return base::problem("scope_missing", "Dieses Jobcenter liegt außerhalb der eigenen Zuständigkeit.", "traeger");
  return number->text();
}

// What hinders a draft from being an agreement, by what it is and not by the line it stands in.
base::Problems obstacles_of(const json::object& document) {
  const auto parsed = intake::parse_agreement("Entwurf", report::json_text(document));
  return parsed ? base::Problems() : parsed.error();
}

std::string about(const base::Problem& problem) { return problem.code + " " + problem.message + " " + problem.where.substr(std::min(problem.where.find('('), problem.where.size())); }

json::object with_agreement(json::object document, json::value agreement) {
  document["agreement"] = std::move(agreement);
  return document;
}

std::size_t open_points(const json::object& document) { return document.at("document").at("reading").at("open_points").as_array().size(); }

std::string point_name(std::size_t number) { return fmt::format("open_points[{}]", number); }

bool weighs(const domain::Correction& one) {
  constexpr std::array<std::string_view, 4> binding = {"targets", "milestones", "forecasts", "budgets"};
  return std::any_of(binding.begin(), binding.end(), [&](std::string_view list) { return one.path.starts_with(list); });
}

// Agencies and municipalities take over what they are a party to; the ministry and the Jobcenter what lies in their Zuständigkeit.
bool party_to(const Side& side, std::string_view kind) {
  if (side.kind == Side::Agency) return kind == "GE";
  return side.kind != Side::Municipality || !kind.starts_with("BMAS");
}

// Somebody changed or ended the draft between looking and confirming.
struct Moved {};

struct Made {
  domain::DraftVersion version;
  base::Problems problems;
};

Made made_of(const Workspace& workspace, const Person& person, const StoredDraft& draft, const DraftEdit& edit) {
  Made made{{draft.versions.back().version + 1, person.account.name, workspace.now(), edit.why, draft.versions.back().whose, {}, {}}, {}};
  if (base::trim(edit.why).empty() || edit.why.size() > longest_words) made.problems.push_back({"why_missing", fmt::format("Es fehlt, warum; erwartet ist ein Grund mit höchstens {} Zeichen.", longest_words), "grund"});
  const auto before = draft_document(draft);
  auto after = before.at("agreement");
  auto problems = apply(edit, after.as_object(), std::string_view(before.at("document").at("text").as_string()));
  made.problems.insert(made.problems.end(), problems.begin(), problems.end());
  if (edit.whose) {
    const auto whose = whose_in_scope(workspace, person, *edit.whose);
    if (!whose) made.problems.push_back(whose.error());
    else if (*whose != made.version.whose) made.version.changes.push_back({"traeger", made.version.whose, *whose}), made.version.whose = *whose;
  }
  for (const auto number : edit.settled) {
    if (number >= open_points(before)) made.problems.push_back({"open_point_unknown", fmt::format("Einen offenen Punkt {} gibt es nicht.", number + 1), "geklaert"});
    else made.version.changes.push_back({point_name(number), "offen", "geklärt"});
  }
  if (!made.problems.empty()) return made;
  std::set<std::string> known;
  for (const auto& one : obstacles_of(before)) known.insert(about(one));
  for (auto& one : obstacles_of(with_agreement(before, after))) {
    if (!known.contains(about(one))) made.problems.push_back(std::move(one));
  }
  for (auto& one : corrections(before.at("agreement"), after)) made.version.changes.push_back(std::move(one));
  made.version.agreement = report::json_text(after);
  return made;
}

}  // namespace

bool own_room(const Person& person, const StoredDraft& draft) { return person.side() == draft.side; }

std::optional<StoredDraft> find_draft(const Workspace& workspace, const Person& person, const std::string& id) {
  auto draft = workspace.store().drafts().find(id);
  if (draft && !cut_down(workspace, person, *draft)) draft.reset();
  return draft;
}

std::vector<StoredDraft> list_drafts(const Workspace& workspace, const Person& person) {
  auto all = workspace.store().drafts().heads();
  std::erase_if(all, [&](StoredDraft& one) { return !cut_down(workspace, person, one); });
  return all;
}

json::object draft_document(const StoredDraft& draft) { return with_agreement(json::parse(draft.document).as_object(), json::parse(draft.versions.back().agreement)); }

Result<StoredDraft> keep_draft(Workspace& workspace, const Person& person, std::string text, const std::optional<std::string>& traeger) {
  auto parsed = intake::parse_json("Entwurf", std::move(text));
  if (!parsed) return tl::unexpected(parsed.error());
  if (const auto paper = paper_of(*parsed); !paper) return tl::unexpected(paper.error());
  auto& document = parsed->value.as_object();
  name_entries(document.at("agreement").as_object());
  std::string whose;
  if (traeger) {
    auto said = whose_in_scope(workspace, person, *traeger);
    if (!said) return tl::unexpected(said.error());
    whose = *said;
  } else if (const auto file = intake::parse_agreement("Entwurf", parsed->text)) {
    whose = whose_agreement(workspace, *file, {}).value_or("");
  }
  const auto agreement = report::json_text(document.at("agreement"));
  StoredDraft draft{new_id(workspace, parsed->text), *person.side(), std::string(document.at("document").at("file").as_string()), title_of(document), report::json_text(document), {}, {}, {}, {}};
  draft.versions.push_back({1, person.account.name, workspace.now(), "", whose, agreement, {}});
  if (!in_reach(workspace, person, draft, draft.versions.back())) return base::problem("scope_missing", "Diese Vereinbarung liegt außerhalb der eigenen Zuständigkeit.", draft.source);
  workspace.commit([&](store::Store& store) {
    store.drafts().keep(draft);
    return Workspace::Change{"entwurf.anlegen", draft.id, std::string(document.at("document").at("sha256").as_string())};
  });
  return draft;
}

Checked<Edited> edit_draft(Workspace& workspace, const Person& person, const std::string& id, const DraftEdit& edit) {
  for (;;) {
    auto draft = find_draft(workspace, person, id);
    base::ensure(draft && own_room(person, *draft), "only the own room is edited");
    if (draft->end) return base::problems(ended());
    if (edit.version != draft->versions.back().version) {
      std::vector<domain::DraftVersion> meanwhile;
      for (const auto& one : draft->versions) {
        if (one.version > edit.version) meanwhile.push_back(one);
      }
      return Edited{std::move(*draft), std::move(meanwhile)};
    }
    auto made = made_of(workspace, person, *draft, edit);
    if (!made.problems.empty()) return tl::unexpected(std::move(made.problems));
    if (made.version.changes.empty()) return Edited{std::move(*draft), {}};
    try {
      workspace.commit([&](store::Store& store) {
        store.drafts().keep(id, made.version);
        return Workspace::Change{"entwurf.korrigieren", fmt::format("{}@{}", id, made.version.version), documents::sha256(made.version.agreement)};
      });
    } catch (const store::AlreadyKept&) {
      continue;  // somebody was quicker; the next round tells what they did
    }
    draft->versions.push_back(std::move(made.version));
    return Edited{std::move(*draft), {}};
  }
}

std::vector<Side> other_sides(const Workspace& workspace, const StoredDraft& draft) {
  const auto& whose = draft.versions.back().whose;
  const auto number = domain::ProviderNumber::parse(whose);
  const auto* jobcenter = number ? workspace.directory().find(*number) : nullptr;
  const std::string land = number ? (jobcenter ? jobcenter->land : "") : whose;
  std::vector<Side> all;
  if (!land.empty() && land != "DE") all.push_back({Side::Ministry, land});
  all.push_back({Side::Ministry, "DE"});
  for (const auto kind : {Side::Agency, Side::Municipality, Side::Jobcenter}) all.push_back({kind});
  std::erase(all, draft.side);
  return all;
}

Result<domain::DraftShare> share_draft(Workspace& workspace, const Person& person, const StoredDraft& draft, const std::string& with) {
  const auto side = domain::parse_side(with);
  const auto others = other_sides(workspace, draft);
  if (!side || std::find(others.begin(), others.end(), *side) == others.end()) {
    std::vector<std::string> codes;
    for (const auto& one : others) codes.push_back(domain::code(one));
    return base::problem("side_unknown", fmt::format("{} ist keine andere Seite; erwartet ist {}.", base::quoted(with), base::join(codes, ", ")), "seite");
  }
  if (draft.end) return tl::unexpected(ended());
  const domain::DraftShare share{*side, draft.versions.back().version, person.account.name, workspace.now()};
  workspace.commit([&](store::Store& store) {
    store.drafts().keep(draft.id, share);
    return Workspace::Change{"entwurf.freigeben", fmt::format("{}@{}", draft.id, share.version), with};
  });
  return share;
}

Result<domain::DraftComment> comment_draft(Workspace& workspace, const Person& person, const StoredDraft& draft, const std::string& field, const std::string& words, bool shared) {
  if (base::trim(words).empty() || words.size() > longest_words || field.size() > 200) {
    return base::problem("comment_invalid", fmt::format("Eine Anmerkung hat 1 bis {} Zeichen.", longest_words), "text");
  }
  domain::DraftComment comment{1, *person.side(), shared, person.account.name, workspace.now(), field, words};
  workspace.commit([&](store::Store& store) {
    comment.number = static_cast<int>(store.drafts().find(draft.id)->comments.size()) + 1;
    store.drafts().keep(draft.id, comment);
    return Workspace::Change{"entwurf.anmerken", draft.id, shared ? "geteilt" : "eigene Seite"};
  });
  return comment;
}

Result<domain::DraftEnd> drop_draft(Workspace& workspace, const Person& person, const StoredDraft& draft) {
  if (draft.end) return tl::unexpected(ended());
  const domain::DraftEnd end{"", 0, person.account.name, workspace.now()};
  workspace.commit([&](store::Store& store) {
    store.drafts().keep(draft.id, end);
    return Workspace::Change{"entwurf.verwerfen", draft.id, ""};
  });
  return end;
}

DraftState state_of(const Workspace& workspace, const StoredDraft& draft, SecondPerson rule) {
  DraftState state;
  const auto document = draft_document(draft);
  if (const auto parsed = intake::parse_agreement("Entwurf", report::json_text(document))) {
    state.findings = evaluation::check(parsed->agreement, {workspace.vocabulary(), workspace.declared()});
    if (draft.versions.back().whose.empty()) state.obstacles.push_back({"jobcenter_not_found", "Aus dem Namen folgt nicht, um welches Jobcenter es geht; bitte die Trägernummer angeben.", "traeger"});
  } else {
    state.obstacles = parsed.error();
  }
  std::set<std::string> settled;
  for (const auto& version : draft.versions) {
    for (const auto& one : version.changes) settled.insert(one.path);
  }
  for (std::size_t i = 0; i < open_points(document); ++i) {
    if (!settled.contains(point_name(i))) state.open.push_back(i);
  }
  state.corrections = corrections(json::parse(draft.document).at("agreement"), document.at("agreement"));
  state.second_person_needed = rule == SecondPerson::Always || (rule == SecondPerson::Corrected && std::any_of(state.corrections.begin(), state.corrections.end(), weighs));
  return state;
}

Checked<ImportedAgreement> confirm_draft(Workspace& workspace, const Person& person, const StoredDraft& draft, int version, SecondPerson rule) {
  if (draft.end) return base::problems(ended());
  if (draft.versions.back().version != version) return base::problems(outdated());
  const auto state = state_of(workspace, draft, rule);
  auto problems = state.obstacles;
  if (!state.open.empty()) problems.push_back({"open_points_left", fmt::format("Offene Punkte: {}. Jeder ist zu korrigieren oder als geklärt zu kennzeichnen.", state.open.size()), ""});
  if (state.second_person_needed && draft.versions.back().by == person.account.name) {
    problems.push_back({"second_person_needed", "Die letzte Änderung stammt von Ihnen; bestätigen muss diesen Entwurf eine zweite Person der eigenen Seite.", ""});
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  const auto text = report::json_text(draft_document(draft));
  auto file = intake::parse_agreement(draft.source + ".json", text);
  if (!file) return tl::unexpected(file.error());
  if (!party_to(draft.side, file->agreement.kind)) return base::problems({"not_a_party", fmt::format("Die Seite {} ist an dieser Vereinbarung nicht beteiligt und kann sie nicht bestätigen.", domain::in_words(draft.side)), ""});
  const auto parsed = intake::parse_json(draft.source, text);
  const auto paper = paper_of(*parsed);
  if (!paper) return base::problems(paper.error());
  if (auto broken = check_evidence(*parsed, paper->text); !broken.empty()) return tl::unexpected(std::move(broken));
  std::vector<std::string> why;
  for (const auto& one : draft.versions) {
    if (!one.why.empty()) why.push_back(fmt::format("{} ({}): {}", one.by, one.at.substr(0, 10), one.why));
  }
  const domain::Confirmation confirmation{person.account.person, base::join(why, "\n"), state.corrections};
  const auto& whose = draft.versions.back().whose;
  const auto number = domain::ProviderNumber::parse(whose) ? std::optional(whose) : std::nullopt;
  const auto end = [&](const ImportedAgreement& taken) { return domain::DraftEnd{taken.id, taken.version, person.account.name, workspace.now()}; };
  const auto close = [&](store::Store& store, const ImportedAgreement& made) {
    const auto now = store.drafts().find(draft.id);
    if (now->end || now->versions.size() != draft.versions.size()) throw Moved();
    store.drafts().keep(draft.id, end(made));
  };
  try {
    auto taken = take_agreement(workspace, *file, number, confirmation, false, close);
    if (taken && taken->already_known) {
      workspace.commit([&](store::Store& store) {
        close(store, *taken);
        return Workspace::Change{"entwurf.abschliessen", draft.id, fmt::format("{}@{}", taken->id, taken->version)};
      });
    }
    return taken;
  } catch (const Moved&) {
    return base::problems(outdated());
  }
}

}  // namespace zielwerk::app
