// What each route answers. Handlers compute nothing: they ask one use case and print its value.
#pragma once

#include "server/routes.h"

namespace zielwerk::server {

// --- the server itself
Response health(Call& call);   // the process answers
Response ready(Call& call);    // and its store can be read
Response metrics(Call& call);  // with the token, or from this machine
Response contract(Call& call);  // the OpenAPI file

// --- session
Response begin_session(Call& call);
Response show_session(Call& call);
Response end_session(Call& call);
Response change_own_password(Call& call);
Response login_ways(Call& call);  // what the log-in page may offer
Response begin_oidc(Call& call);        // away to another house …
Response return_from_oidc(Call& call);  // … and back
// A new session for who has just shown who they are; an older one of the same browser ends. Sets the cookie.
void begin_session_of(Call& call, const domain::Account& account, Response& response);

// --- for everybody, without a log-in
Response public_figures(Call& call);
Response public_figure(Call& call);

// --- keys with which programs work as the account that made them
Response list_access_keys(Call& call);
Response make_access_key(Call& call);
Response end_access_key(Call& call);

// --- figures and agreements
Response overview(Call& call);
Response show_jobcenter(Call& call);
Response list_agreements(Call& call);
Response show_agreement(Call& call);
Response evaluate_agreement(Call& call);
Response course_of_agreement(Call& call);
Response explain_target(Call& call);
Response early_figures(Call& call);  // own figures beside official ones, and the outlook
Response list_figures(Call& call);
Response compare(Call& call);
Response completeness(Call& call);
Response text_of_agreement(Call& call);         // its paper with what became of it
Response differences_of_agreement(Call& call);  // against another one
Response agreement_as_docx(Call& call);

// --- drafts: the agreement desk
Response list_drafts(Call& call);
Response read_draft(Call& call);  // a paper becomes a draft of the own room
Response show_draft(Call& call);
Response edit_draft(Call& call);
Response drop_draft(Call& call);
Response document_of_draft(Call& call);
Response draft_as_docx(Call& call);
Response differences_of_draft(Call& call);
Response share_draft(Call& call);
Response comment_draft(Call& call);
Response confirm_draft(Call& call);  // a draft becomes an agreement

// --- the steering year
Response list_act_kinds(Call& call);
Response show_steering_file(Call& call);
Response take_act(Call& call);
Response download_annex(Call& call);
Response list_duties(Call& call);
Response duty_feed(Call& call);
Response steering_calendar(Call& call);
Response take_offer(Call& call);       // a round made of other values
Response show_references(Call& call);  // beside the values, and what they mean together
Response compare_offers(Call& call);
Response show_cascade(Call& call);
Response list_papers(Call& call);
Response paper_of_agreement(Call& call);

// --- deliveries
Response list_deliveries(Call& call);
Response show_delivery(Call& call);  // and what it changed
Response list_profiles(Call& call);  // layout profiles for workbooks
Response check_delivery(Call& call);
Response take_delivery(Call& call);

// --- record and accounts
Response list_audit(Call& call);
Response list_accounts(Call& call);
Response make_account(Call& call);
Response change_account(Call& call);
Response give_first_password(Call& call);
Response end_sessions_of_account(Call& call);

}  // namespace zielwerk::server
