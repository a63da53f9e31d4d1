"""Addresses of the staff site."""

from django.urls import path

from tragnetz.workspace.appointments import views as appointments
from tragnetz.workspace.calendar import views as calendar
from tragnetz.workspace.callbacks import views as callbacks
from tragnetz.workspace.career import covers
from tragnetz.workspace.career import printed as career_printed
from tragnetz.workspace.career import profile as career_profile
from tragnetz.workspace.career import views as career
from tragnetz.workspace.caseload import views as caseload
from tragnetz.workspace.catalogue import editing, exchange, offices, organisations, overview, readability, sites
from tragnetz.workspace.catalogue import views as catalogue
from tragnetz.workspace.catalogue.prerequisites import views as prerequisites
from tragnetz.workspace.claims import papers as claim_papers
from tragnetz.workspace.claims import printed as paper_lists
from tragnetz.workspace.claims import views as claims
from tragnetz.workspace.coaching import applications, placements
from tragnetz.workspace.coaching import views as coaching
from tragnetz.workspace.consents import released
from tragnetz.workspace.consents import views as consents
from tragnetz.workspace.counselling import casecheck
from tragnetz.workspace.counselling import views as counselling
from tragnetz.workspace.counselling.closing import views as closing
from tragnetz.workspace.counselling.contacts import views as contacts
from tragnetz.workspace.counselling.goals import printed as agreements
from tragnetz.workspace.counselling.goals import views as goals
from tragnetz.workspace.counselling.ratings import views as ratings
from tragnetz.workspace.counselling.team import views as team
from tragnetz.workspace.counselling.timeline import views as timeline
from tragnetz.workspace.deadlines import letters as letter_reading
from tragnetz.workspace.deadlines import views as deadlines
from tragnetz.workspace.desk import views as desk
from tragnetz.workspace.emergency import views as emergency
from tragnetz.workspace.ending import case as ending_case
from tragnetz.workspace.ending import plan as ending_plan
from tragnetz.workspace.ending import views as ending
from tragnetz.workspace.exports import views as exports
from tragnetz.workspace.figures import views as figures
from tragnetz.workspace.files import pages as file_pages
from tragnetz.workspace.files import views as files
from tragnetz.workspace.finding import views as finding
from tragnetz.workspace.groups import attendance, dates, printed
from tragnetz.workspace.groups import views as groups
from tragnetz.workspace.guide import views as guide
from tragnetz.workspace.home import home
from tragnetz.workspace.interpreters import views as interpreters
from tragnetz.workspace.keys import views as keys
from tragnetz.workspace.letters import letter as one_letter
from tragnetz.workspace.letters import views as letters
from tragnetz.workspace.letters import wordings as letter_wordings
from tragnetz.workspace.lines import presence
from tragnetz.workspace.lines import views as lines
from tragnetz.workspace.messages import views as messages
from tragnetz.workspace.networkmap import views as networkmap
from tragnetz.workspace.outcomes import views as outcomes
from tragnetz.workspace.outlook import views as outlook
from tragnetz.workspace.own_access import views as own_access
from tragnetz.workspace.participation import projects
from tragnetz.workspace.participation import sheet as participation_sheet
from tragnetz.workspace.participation import views as participation
from tragnetz.workspace.planning import preview as planning_preview
from tragnetz.workspace.planning import settings as planning_settings
from tragnetz.workspace.planning import views as planning
from tragnetz.workspace.plans import views as plans
from tragnetz.workspace.privacy import requests as privacy_requests
from tragnetz.workspace.privacy import retention
from tragnetz.workspace.privacy import views as privacy
from tragnetz.workspace.referrals import preparing as referral_preparing
from tragnetz.workspace.referrals import views as referrals
from tragnetz.workspace.remarks import views as remarks
from tragnetz.workspace.responsibility import offices as office_rules
from tragnetz.workspace.responsibility import views as responsibility
from tragnetz.workspace.team import views as people
from tragnetz.workspace.timesheets import printed as printed_sheets
from tragnetz.workspace.timesheets import shares as project_shares
from tragnetz.workspace.timesheets import views as timesheets
from tragnetz.workspace.waiting import views as waiting
from tragnetz.workspace.waits import views as waits

app_name = "workspace"
urlpatterns = [
    path("", counselling.day, name="day"),
    path("start/", home, name="home"),
    path("hilfe/", guide.start, name="help"),
    path("hilfe/tasten/", guide.keyboard, name="help_keyboard"),
    path("hilfe/bilder/<slug:name>.png", guide.picture, name="help_picture"),
    path("hilfe/<slug:key>/", guide.page, name="help_page"),
    path("telefon/", desk.sheet, name="desk"),
    path("nachrichten/", messages.waiting, name="messages"),
    path("nachrichten/briefe/", messages.letters, name="message_letters"),
    path("nachrichten/anrufe/", messages.calls, name="message_calls"),
    path("nachrichten/probleme/", messages.problems, name="message_problems"),
    path("nachrichten/gesendet/", messages.sent, name="messages_sent"),
    path("nachrichten/kontakt/<uuid:contact_id>/", messages.contact, name="safe_contact"),
    path("nachrichten/<uuid:message_id>/", messages.settle, name="message"),
    path("rueckrufe/", callbacks.callbacks, name="callbacks"),
    path("rueckrufe/<uuid:callback_id>/", callbacks.settle, name="callback"),
    path("telefonplan/", lines.plan, name="line_plan"),
    path("telefonplan/ansage/", lines.announcement, name="announcement"),
    path("telefonplan/<uuid:duty_id>/", lines.end, name="duty_end"),
    path("telefonplan/<slug:key>/", presence.presence, name="presence"),
    path("warteliste/", waiting.waiting, name="waiting"),
    path("warteliste/<uuid:entry_id>/", waiting.edit, name="waiting_edit"),
    path("warteliste/<uuid:entry_id>/beenden/", waiting.end, name="waiting_end"),
    path("zustaendig/", responsibility.responsible, name="responsible"),
    path("zustaendig/stellen/<uuid:office_id>/", office_rules.rule, name="office"),
    path("planung/", planning.week, name="planning"),
    path("planung/dienst/neu/", planning.shift_new, name="planning_shift_new"),
    path("planung/dienst/<uuid:roster_id>/", planning.shift, name="planning_shift"),
    path("planung/abwesend/", planning.absence_new, name="planning_absence_new"),
    path("planung/abwesend/<uuid:absence_id>/", planning.absence_end, name="planning_absence"),
    path("planung/schliessung/", planning.closure_new, name="planning_closure_new"),
    path("planung/schliessung/<uuid:closure_id>/", planning.closure_end, name="planning_closure"),
    path("planung/geht/<uuid:membership_id>/", planning.leave, name="planning_leave"),
    path("planung/anrufen/<uuid:booking_id>/", planning.call, name="planning_call"),
    path("planung/vorschau/", planning_preview.apply, name="planning_preview"),
    path("planung/einstellungen/", planning_settings.settings, name="planning_settings"),
    path("termine/<uuid:booking_id>/", appointments.booking, name="booking"),
    path("termine/<uuid:booking_id>/dolmetschen/", interpreters.at_booking, name="booking_interpreter"),
    path("dolmetschen/", interpreters.listing, name="interpreters"),
    path("dolmetschen/<uuid:interpreter_id>/", interpreters.one, name="interpreter"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("notfall/", emergency.take, name="emergency"),
    path("notfall/liste/", emergency.listing, name="emergencies"),
    path("notfall/liste/<uuid:access_id>/", emergency.settle, name="emergency_settle"),
    path("schluessel/", keys.keys, name="keys"),
    path("schluessel/organisation/", keys.organisation_keys, name="organisation_keys"),
    path("zahlen/", figures.figures, name="figures"),
    path("zahlen/luecken/", figures.gaps, name="figures_gaps"),
    path("zahlen/vorlage.pdf", figures.council_pdf, name="figures_council"),
    path("zahlen/vorlage.docx", figures.council_docx, name="figures_council_docx"),
    path("wartezeiten/", waits.waits, name="waits"),
    path("zahlen/stichtage/", exports.snapshots, name="snapshots"),
    path("zahlen/stichtage/bericht/", exports.report, name="figures_report"),
    path("zahlen/stichtage/<uuid:snapshot_id>/", exports.snapshot, name="snapshot"),
    path("zahlen/stichtage/<uuid:snapshot_id>/loeschen/", exports.erase, name="snapshot_erase"),
    path("zahlen/stichtage/<uuid:snapshot_id>/pruefen/", exports.verify, name="snapshot_verify"),
    path("zahlen/stichtage/<uuid:snapshot_id>/seither/", exports.changes, name="snapshot_changes"),
    path("zahlen/stichtage/<uuid:snapshot_id>/liste/<slug:measure>/", exports.rows, name="snapshot_rows"),
    path("zahlen/stichtage/<uuid:snapshot_id>/datei/<slug:kind>/", exports.file, name="snapshot_file"),
    path("zahlen/wirkung/", outcomes.outcomes, name="outcomes"),
    path("zahlen/wirkung/wirkung.pdf", outcomes.printed, name="outcomes_pdf"),
    path("zahlen/wirkung/<slug:key>/", outcomes.part, name="outcomes_part"),
    path("stunden/", timesheets.sheets, name="timesheets"),
    path("stunden/anteile/", project_shares.shares, name="project_shares"),
    path("stunden/anteile/<uuid:share_id>/", project_shares.end, name="project_share_end"),
    path("stunden/<int:year>-<int:month>/", timesheets.begin, name="timesheet_begin"),
    path("stunden/<uuid:sheet_id>/", timesheets.sheet, name="timesheet"),
    path("stunden/<uuid:sheet_id>/stundennachweis.pdf", printed_sheets.pdf, name="timesheet_pdf"),
    path("stunden/<uuid:sheet_id>/stundennachweis.csv", printed_sheets.table, name="timesheet_csv"),
    path("anfragen/<uuid:enquiry_id>/", counselling.enquiry, name="enquiry"),
    path("suche/", finding.find, name="find"),
    path("faelle/", counselling.cases, name="cases"),
    path("faelle/<uuid:case_id>/", counselling.case, name="case"),
    path("faelle/<uuid:case_id>/gespraech/", contacts.contact, name="contact"),
    path("faelle/<uuid:case_id>/stufe/", counselling.level, name="level"),
    path("faelle/<uuid:case_id>/projekt/", participation.participations, name="participations"),
    path(
        "faelle/<uuid:case_id>/projekt/neu/<slug:key>/<uuid:person_id>/", participation.entry, name="participation_new"
    ),
    path("faelle/<uuid:case_id>/projekt/<uuid:participation_id>/", participation.participation, name="participation"),
    path(
        "faelle/<uuid:case_id>/projekt/<uuid:participation_id>/merkblatt/",
        participation_sheet.sheet,
        name="participation_sheet",
    ),
    path(
        "faelle/<uuid:case_id>/projekt/<uuid:participation_id>/<slug:slug>/",
        participation.answers,
        name="participation_answers",
    ),
    path("projekte/fehlt/", projects.missing, name="missing"),
    path("projekte/", projects.listing, name="projects"),
    path("projekte/<slug:key>/ende/", ending.overview, name="project_end"),
    path("projekte/<slug:key>/ende/plan.pdf", ending_plan.pdf, name="project_end_plan"),
    path("projekte/<slug:key>/ende/faelle/<uuid:case_id>/", ending_case.one, name="project_end_case"),
    path("projekte/<slug:key>/teilnahmen/", projects.records, name="project_records"),
    path("faelle/<uuid:case_id>/verlauf/", timeline.timeline, name="timeline"),
    path("faelle/<uuid:case_id>/verlauf/ereignis/", timeline.event, name="event"),
    path("faelle/<uuid:case_id>/verlauf/ereignis/<uuid:event_id>/", timeline.drop, name="event_drop"),
    path("faelle/<uuid:case_id>/lebenslagen/", ratings.ratings, name="ratings"),
    path("faelle/<uuid:case_id>/lebenslagen/neu/", ratings.rating, name="rating"),
    path("faelle/<uuid:case_id>/ziele/", goals.goals, name="goals"),
    path("faelle/<uuid:case_id>/ziele/neu/", goals.new, name="goal_new"),
    path("faelle/<uuid:case_id>/ziele/vorlagen/", plans.choose, name="plans"),
    path("faelle/<uuid:case_id>/ziele/vorlagen/<slug:key>/", plans.plan, name="plan"),
    path("faelle/<uuid:case_id>/ziele/vereinbarung.pdf", agreements.agreement, name="agreement"),
    path("faelle/<uuid:case_id>/ziele/<uuid:goal_id>/", goals.goal, name="goal"),
    path("faelle/<uuid:case_id>/antraege/", claims.claims, name="claims"),
    path("faelle/<uuid:case_id>/antraege/neu/", claims.new, name="claim_new"),
    path("faelle/<uuid:case_id>/antraege/<uuid:claim_id>/", claims.claim, name="claim"),
    path("faelle/<uuid:case_id>/antraege/unterlagen/", claim_papers.papers, name="papers"),
    path("faelle/<uuid:case_id>/antraege/unterlagen/liste.pdf", paper_lists.paper_list, name="paper_list"),
    path("faelle/<uuid:case_id>/fristen/", deadlines.deadlines, name="deadlines"),
    path("faelle/<uuid:case_id>/fristen/neu/", deadlines.new, name="deadline_new"),
    path("faelle/<uuid:case_id>/fristen/brief/", letter_reading.case_letter, name="case_letter"),
    path("faelle/<uuid:case_id>/fristen/<uuid:deadline_id>/", deadlines.deadline, name="deadline"),
    path("faelle/<uuid:case_id>/unterlagen/", files.files, name="files"),
    path("faelle/<uuid:case_id>/unterlagen/gesehen/", files.seen, name="file_seen"),
    path("faelle/<uuid:case_id>/unterlagen/<uuid:file_id>/", file_pages.file, name="file"),
    path("faelle/<uuid:case_id>/unterlagen/<uuid:file_id>/datei/", file_pages.content, name="file_content"),
    path("faelle/<uuid:case_id>/unterlagen/<uuid:file_id>/brief/", file_pages.letter, name="file_letter"),
    path("faelle/<uuid:case_id>/briefe/", letters.letters, name="letters"),
    path("faelle/<uuid:case_id>/briefe/neu/<slug:kind>/", letters.new, name="letter_new"),
    path("faelle/<uuid:case_id>/briefe/<uuid:letter_id>/", one_letter.letter, name="letter_page"),
    path("faelle/<uuid:case_id>/briefe/<uuid:letter_id>/aendern/", letters.edit, name="letter_edit"),
    path(
        "faelle/<uuid:case_id>/briefe/<uuid:letter_id>/brief.pdf",
        one_letter.as_file,
        {"form": "pdf"},
        name="letter_pdf",
    ),
    path(
        "faelle/<uuid:case_id>/briefe/<uuid:letter_id>/brief.docx",
        one_letter.as_file,
        {"form": "docx"},
        name="letter_docx",
    ),
    path("briefvorlagen/", letter_wordings.wordings, name="letter_wordings"),
    path("briefvorlagen/<slug:kind>/<slug:sender>/", letter_wordings.wording, name="letter_wording"),
    path("faelle/<uuid:case_id>/vermittlungen/", referrals.case_referrals, name="case_referrals"),
    path("faelle/<uuid:case_id>/vermittlungen/neu/", referral_preparing.new, name="referral_new"),
    path("faelle/<uuid:case_id>/vermittlungen/<uuid:referral_id>/", referrals.referral, name="referral"),
    path(
        "faelle/<uuid:case_id>/vermittlungen/<uuid:referral_id>/entwurf/",
        referral_preparing.edit,
        name="referral_edit",
    ),
    path("faelle/<uuid:case_id>/vermittlungen/<uuid:referral_id>/blatt.pdf", referrals.sheet, name="referral_sheet"),
    path("vermittlungen/", referrals.listing, name="referrals"),
    path("vermittlungen/eingang/", referrals.incoming, name="referrals_in"),
    path("vermittlungen/eingang/<uuid:referral_id>/", referrals.incoming_one, name="referral_in"),
    path("fristen/", deadlines.calculator, name="deadline_calculator"),
    path("fristen/brief/", letter_reading.letter, name="letter"),
    path("faelle/<uuid:case_id>/team/", team.team, name="case_team"),
    path("faelle/<uuid:case_id>/team/aufgabe/", team.give, name="task_new"),
    path("faelle/<uuid:case_id>/team/vertretung/", team.deputy, name="deputy"),
    path("faelle/<uuid:case_id>/team/uebergabe/", team.handover, name="handover"),
    path("faelle/<uuid:case_id>/abschluss/", closing.closing, name="closing"),
    path("faelle/<uuid:case_id>/zusammenlegen/", closing.merge, name="merge"),
    path("faelle/<uuid:case_id>/teilen/", closing.split, name="split"),
    path("faelle/<uuid:case_id>/schritt/", counselling.step, name="step"),
    path("faelle/<uuid:case_id>/schritt/<uuid:step_id>/", counselling.finish, name="finish"),
    path("faelle/<uuid:case_id>/haushalt/", counselling.household, name="household"),
    path("faelle/<uuid:case_id>/rechnen/", casecheck.check, name="check"),
    path("bald/", outlook.listing, name="outlooks"),
    path("faelle/<uuid:case_id>/bald/", outlook.of_case, name="outlook"),
    path("faelle/<uuid:case_id>/bald/loeschen/", outlook.drop, name="outlook_drop"),
    path("faelle/<uuid:case_id>/bald/<uuid:entry_id>/", outlook.entry, name="foreseen"),
    path("faelle/<uuid:case_id>/termine/", appointments.follow_up, name="follow_up"),
    path("aufgaben/<uuid:task_id>/", team.settle, name="task"),
    path("textbausteine/", contacts.templates, name="text_templates"),
    path("textbausteine/<uuid:template_id>/", contacts.template, name="text_template"),
    path("rueckmeldung/", closing.feedback, name="feedback"),
    path("rueckmeldung/ergebnis/", closing.answers, name="feedback_answers"),
    path("einwilligungen/", consents.due, name="consents_due"),
    path("freigegeben/", released.released, name="released"),
    path("faelle/<uuid:case_id>/freigegeben.pdf", released.released_pdf, name="released_pdf"),
    path("faelle/<uuid:case_id>/freigegeben.json", released.released_json, name="released_json"),
    path("faelle/<uuid:case_id>/einwilligungen/", consents.consents, name="consents"),
    path("faelle/<uuid:case_id>/einwilligungen/datenschutz.pdf", consents.notice_pdf, name="consent_notice_pdf"),
    path("faelle/<uuid:case_id>/einwilligungen/hinweise/<uuid:person_id>/", consents.notice, name="consent_notice"),
    path("faelle/<uuid:case_id>/einwilligungen/neu/<uuid:person_id>/<slug:kind>/", consents.new, name="consent_new"),
    path(
        "faelle/<uuid:case_id>/einwilligungen/neu/<uuid:person_id>/<slug:kind>/vordruck.pdf",
        consents.blank,
        name="consent_blank",
    ),
    path("faelle/<uuid:case_id>/einwilligungen/<uuid:given_id>/", consents.given, name="consent_given"),
    path(
        "faelle/<uuid:case_id>/einwilligungen/<uuid:given_id>/widerrufen/", consents.withdraw, name="consent_withdraw"
    ),
    path("faelle/<uuid:case_id>/einwilligungen/<uuid:given_id>/unterschrift/", consents.sign, name="consent_sign"),
    path("faelle/<uuid:case_id>/einwilligungen/<uuid:given_id>/quittung.pdf", consents.receipt_pdf, name="receipt"),
    path("auslastung/", caseload.caseload, name="caseload"),
    path("auslastung/kapazitaet/", caseload.capacity, name="capacity"),
    path("faelle/<uuid:case_id>/besprechung/", caseload.discussion, name="discussion"),
    path("faelle/<uuid:case_id>/eigene-seite/", own_access.own_access, name="own_access"),
    path("faelle/<uuid:case_id>/eigene-seite/blatt.pdf", own_access.sheet, name="own_sheet"),
    path("faelle/<uuid:case_id>/netz/", networkmap.net, name="net"),
    path("netz/<uuid:tie_id>/", networkmap.tie, name="tie"),
    path("faelle/<uuid:case_id>/coaching/", coaching.coachings, name="coachings"),
    path("coaching/<uuid:coaching_id>/", coaching.coaching, name="coaching"),
    path("coaching/<uuid:coaching_id>/profil/", coaching.profile, name="coaching_profile"),
    path("coaching/<uuid:coaching_id>/bewerbung/", coaching.apply, name="application_new"),
    path("coaching/<uuid:coaching_id>/beginn/", placements.begin, name="placement_new"),
    path("coaching/bewerbung/<uuid:application_id>/", applications.application, name="application"),
    path("coaching/arbeit/<uuid:placement_id>/", placements.placement, name="placement"),
    path("coaching/<uuid:coaching_id>/unterlagen/", career.career, name="career"),
    path("coaching/<uuid:coaching_id>/unterlagen/person/", career.applicant, name="career_applicant"),
    path("coaching/<uuid:coaching_id>/unterlagen/stationen/", career_profile.entries, name="career_entries"),
    path("coaching/<uuid:coaching_id>/unterlagen/kenntnisse/", career_profile.skills, name="career_skills"),
    path("coaching/<uuid:coaching_id>/unterlagen/lebenslauf/", career.resume, name="resume"),
    path("coaching/<uuid:coaching_id>/unterlagen/lebenslauf.pdf", career_printed.resume, name="resume_pdf"),
    path("coaching/<uuid:coaching_id>/unterlagen/lebenslauf.docx", career_printed.resume_file, name="resume_docx"),
    path("coaching/<uuid:coaching_id>/unterlagen/anschreiben/", covers.cover_new, name="cover_new"),
    path("coaching/station/<uuid:entry_id>/", career_profile.entry, name="career_entry"),
    path("coaching/kenntnis/<uuid:skill_id>/", career_profile.skill, name="career_skill"),
    path("coaching/anschreiben/<uuid:letter_id>/", covers.cover, name="cover"),
    path("coaching/anschreiben/<uuid:letter_id>/angaben/", covers.cover_answers, name="cover_answers"),
    path("coaching/anschreiben/<uuid:letter_id>/anschreiben.pdf", career_printed.cover, name="cover_pdf"),
    path("coaching/anschreiben/<uuid:letter_id>/anschreiben.docx", career_printed.cover_file, name="cover_docx"),
    path("coaching/anschreiben/<uuid:letter_id>/bewerbung.pdf", career_printed.folder, name="folder_pdf"),
    path("datenschutz/", privacy.privacy, name="privacy"),
    path("datenschutz/protokoll/", privacy.log, name="audit_log"),
    path("datenschutz/protokoll.csv", privacy.log_file, name="audit_file"),
    path("datenschutz/protokoll/pruefen/", privacy.verify, name="audit_verify"),
    path("datenschutz/zugriffe/<uuid:case_id>/", privacy.trail, name="trail"),
    path("datenschutz/zugriffe/<uuid:case_id>/blatt.pdf", privacy.trail_print, name="trail_print"),
    path("datenschutz/antraege/", privacy_requests.listing, name="privacy_requests"),
    path("datenschutz/antraege/neu/<uuid:case_id>/", privacy_requests.new, name="privacy_request_new"),
    path("datenschutz/antraege/kontakt/<uuid:contact_id>/", privacy_requests.new_without_case, name="privacy_contact"),
    path("datenschutz/antraege/<uuid:request_id>/", privacy_requests.one, name="privacy_request"),
    path("datenschutz/antraege/<uuid:request_id>/durchsehen/", privacy_requests.review, name="privacy_review"),
    path("datenschutz/antraege/<uuid:request_id>/vorschau/", privacy_requests.preview, name="privacy_preview"),
    path("datenschutz/antraege/<uuid:request_id>/berichtigen/", privacy_requests.correct, name="privacy_correct"),
    path("datenschutz/antraege/<uuid:request_id>/kopie.<slug:kind>", privacy_requests.copy, name="privacy_copy"),
    path("datenschutz/antraege/<uuid:request_id>/<slug:deed>/", privacy_requests.act, name="privacy_act"),
    path("datenschutz/loeschen/", retention.due, name="retention"),
    path("datenschutz/loeschen/aufschieben/", retention.hold, name="retention_hold"),
    path("datenschutz/loeschen/fristen/", retention.periods, name="retention_periods"),
    path("datenschutz/loeschen/<uuid:deletion_id>/", retention.deletion, name="deletion"),
    path("gruppen/", groups.listing, name="groups"),
    path("gruppen/neu/", groups.new, name="group_new"),
    path("gruppen/<uuid:group_id>/", groups.group, name="group"),
    path("gruppen/<uuid:group_id>/bearbeiten/", groups.edit, name="group_edit"),
    path("gruppen/<uuid:group_id>/stand/", groups.state, name="group_state"),
    path("gruppen/<uuid:group_id>/termine/", dates.dates, name="group_dates"),
    path("gruppen/<uuid:group_id>/anmelden/", groups.register, name="group_register"),
    path("gruppen/<uuid:group_id>/bescheinigungen.pdf", printed.certificates, name="certificates"),
    path("gruppen/abmelden/<uuid:registration_id>/", groups.leave, name="group_leave"),
    path("gruppen/termin/<uuid:session_id>/", dates.date, name="group_date"),
    path("gruppen/termin/<uuid:session_id>/liste/", attendance.attendance, name="attendance"),
    path("gruppen/termin/<uuid:session_id>/dazu/", attendance.add, name="attendance_add"),
    path("gruppen/termin/<uuid:session_id>/aushang.pdf", printed.arrival_sheet, name="arrival_sheet"),
    path("melden/", remarks.tell, name="remark"),
    path("meldungen/", remarks.listing, name="remarks"),
    path("meldungen/<uuid:remark_id>/", remarks.settle, name="remark_settle"),
    path("team/", people.people, name="team"),
    path("team/einladen/", people.invite, name="team_invite"),
    path("team/einladung/<uuid:invitation_id>/", people.invitation, name="team_invitation"),
    path("team/<uuid:membership_id>/", people.member, name="team_member"),
    path("team/<uuid:membership_id>/ende/", people.end, name="team_end"),
    path("team/<uuid:membership_id>/zweiter-faktor/", people.second_factor, name="team_factor"),
    path("verzeichnis/", catalogue.work, name="catalogue"),
    path("verzeichnis/eintraege/", catalogue.entries, name="catalogue_entries"),
    path("verzeichnis/neu/", editing.new, name="catalogue_new"),
    path("verzeichnis/uebersetzungen/", overview.translations, name="catalogue_translations"),
    path("verzeichnis/einlesen/", exchange.read, name="catalogue_import"),
    path("verzeichnis/ausgeben/<slug:kind>/", exchange.write, name="catalogue_export"),
    path("verzeichnis/luecken/", overview.gaps, name="catalogue_gaps"),
    path("verzeichnis/organisationen/", organisations.listing, name="catalogue_organisations"),
    path("verzeichnis/organisationen/neu/", organisations.new, name="catalogue_organisation_new"),
    path(
        "verzeichnis/organisationen/<uuid:organisation_id>/", organisations.organisation, name="catalogue_organisation"
    ),
    path("verzeichnis/organisationen/<uuid:organisation_id>/link/", organisations.link, name="catalogue_link"),
    path("verzeichnis/organisationen/<uuid:organisation_id>/ort/", organisations.site, name="catalogue_site"),
    path(
        "verzeichnis/organisationen/<uuid:organisation_id>/zurueck/<int:number>/",
        organisations.organisation_undo,
        name="catalogue_organisation_undo",
    ),
    path(
        "verzeichnis/organisationen/<uuid:organisation_id>/bestaetigen/",
        organisations.confirm,
        name="catalogue_organisation_confirm",
    ),
    path("verzeichnis/orte/<uuid:site_id>/bestaetigen/", sites.confirm, name="catalogue_site_confirm"),
    path("verzeichnis/orte/<uuid:site_id>/", sites.edit, name="catalogue_site_edit"),
    path("verzeichnis/orte/<uuid:site_id>/zurueck/<int:number>/", sites.undo, name="catalogue_site_undo"),
    path("verzeichnis/stellen/<uuid:office_id>/", offices.edit, name="catalogue_office"),
    path("verzeichnis/stellen/<uuid:office_id>/bestaetigen/", offices.confirm, name="catalogue_office_confirm"),
    path("verzeichnis/stellen/<uuid:office_id>/zurueck/<int:number>/", offices.undo, name="catalogue_office_undo"),
    path("verzeichnis/link/<uuid:link_id>/", organisations.end_link, name="catalogue_link_end"),
    path("verzeichnis/meldungen/<uuid:report_id>/", catalogue.settle, name="catalogue_report"),
    path("verzeichnis/<uuid:service_id>/", catalogue.entry, name="catalogue_entry"),
    path("verzeichnis/<uuid:service_id>/bearbeiten/", editing.edit, name="catalogue_edit"),
    path("verzeichnis/<uuid:service_id>/bestaetigen/", catalogue.confirm, name="catalogue_confirm"),
    path("verzeichnis/<uuid:service_id>/gesehen/", catalogue.seen, name="catalogue_seen"),
    path("verzeichnis/<uuid:service_id>/zurueck/<int:number>/", catalogue.take_back, name="catalogue_undo"),
    path("verzeichnis/<uuid:service_id>/sprache/<slug:language>/", editing.translate, name="catalogue_translate"),
    path("verzeichnis/lesbarkeit/", readability.readability, name="readability"),
    path("verzeichnis/<uuid:service_id>/voraussetzungen/", prerequisites.prerequisites, name="prerequisites"),
]
