#include "server/rows.h"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace zielwerk::server {
namespace {

namespace json = boost::json;

json::value standing(const std::optional<app::Standing>& before) {
  if (!before) return nullptr;
  return {{"monat", before->month.text()}, {"ladestand", before->state.loaded.text()}, {"status", before->status}, {"abstand", or_null(before->change)}};
}

}  // namespace

json::value or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }
json::value or_null(const std::optional<std::string>& text) { return text ? json::value(*text) : json::value(nullptr); }

json::array texts(const std::vector<std::string>& all) {
  json::array array;
  for (const auto& one : all) array.emplace_back(one);
  return array;
}

std::vector<app::Agreement> visible_agreements(const Call& call) {
  auto all = app::all_agreements(call.workspace);
  std::erase_if(all, [&](const app::Agreement& one) { return !app::covers(call.scope, call.workspace, one.stored, one.terms); });
  return all;
}

json::object heading(const Call& call, const app::Agreement& agreement) {
  const auto& directory = call.workspace.directory();
  const auto* jobcenter = agreement.stored.jobcenter ? directory.find(*agreement.stored.jobcenter) : nullptr;
  const auto form = jobcenter ? jobcenter->form_in(agreement.terms.year) : std::nullopt;
  return {{"agreement", agreement.stored.id},
          {"fassung", agreement.stored.version},
          {"jahr", agreement.terms.year},
          {"titel", agreement.terms.title},
          {"art", agreement.terms.kind},
          {"traeger", agreement.stored.jobcenter ? json::value(agreement.stored.jobcenter->text()) : json::value(nullptr)},
          {"name", jobcenter ? jobcenter->name : agreement.terms.state.empty() ? "Bund" : agreement.terms.state},
          {"land", or_null(jobcenter ? jobcenter->land : agreement.terms.state)},
          {"form", or_null(form ? domain::text(*form) : "")}};
}

json::object row(const app::TargetLine& line) {
  auto object = report::to_json(line.line);
  object["zielfeld"] = line.words.goal;
  object["wortlaut"] = line.words.target;
  object["veraenderung"] = line.words.change;
  object["vormonat"] = standing(line.last_month);
  object["seit_lieferung"] = standing(line.last_known);
  return object;
}

json::object month_of(const Call& call, const app::AgreementLines& lines, bool unequal) {
  report::EvaluationReport report;
  report.head = lines.head;
  auto object = report::to_json(report);
  for (const auto& [key, value] : heading(call, lines.agreement)) object[key] = value;
  json::array rows;
  for (const auto& line : lines.lines) rows.emplace_back(row(line));
  object["ziele"] = std::move(rows);
  object["anmerkungen"] = texts(lines.notes);
  object["ungleiche_ladestaende"] = unequal;
  return object;
}

Response download(const report::Table& table, const std::string& format, const std::string& name) {
  Response response;
  if (format == "csv") {
    response.type = "text/csv; charset=utf-8";
    response.body = report::as_spreadsheet_csv(table);
  } else if (format == "xlsx") {
    response.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.body = report::as_workbook(table);
  } else {
    return problem_response(422, "format_invalid", "format ist csv oder xlsx; ohne Angabe kommt JSON.");
  }
  response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", name, format));
  return response;
}

}  // namespace zielwerk::server
