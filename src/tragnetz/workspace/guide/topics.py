"""Which section of the handbook belongs to which page: „Hilfe“ leads there. A test holds both to each other."""

from collections.abc import Mapping

from tragnetz.workspace.guide.book import START

# Page and anchor of the handbook -> names of addresses below `workspace:`.
_TOPICS: Mapping[str, str] = {
    "README": "home",
    "README#hilfe-im-programm": "help help_page help_picture",
    "README#tasten": "help_keyboard",
    "README#etwas-klappt-nicht-oder-sie-haben-eine-idee": "remark",
    "telefon#so-nehmen-sie-einen-anruf-auf": "desk enquiry",
    "telefon#so-erreichen-wir-menschen-sicher": "safe_contact",
    "telefon#so-melden-sie-sich-am-telefon-an-und-ab": "presence",
    "telefon#so-rufen-sie-zurueck": "callbacks callback",
    "telefon#so-fuehren-sie-die-warteliste": "waiting waiting_edit waiting_end",
    "telefon#so-gehen-nachrichten-hinaus": (
        "messages message_letters message_calls message_problems messages_sent message"
    ),
    "telefon#so-melden-sie-jemanden-zu-einer-gruppe-an": "group_register group_leave",
    "telefon#so-finden-sie-eine-stelle-die-zustaendig-ist": "responsible",
    "telefon#so-finden-sie-eine-person-wieder": "find",
    "telefon#so-fragen-sie-nach-dolmetschen": "booking_interpreter interpreters interpreter",
    "beratung#so-beginnt-ihr-tag": "day task",
    "beratung#so-vereinbaren-sie-einen-termin": "booking follow_up",
    "beratung#so-oeffnen-sie-einen-fall": "case household level timeline event event_drop",
    "beratung#so-finden-sie-einen-fall-oder-eine-person": "cases released released_pdf released_json",
    "beratung#so-rechnen-sie-was-zusteht": "check",
    "beratung#so-sehen-sie-was-sich-bald-aendert": "outlooks outlook outlook_drop foreseen",
    "beratung#so-halten-sie-ein-gespraech-fest": "contact ratings rating text_templates text_template",
    "beratung#so-vereinbaren-sie-ziele-und-schritte": ("goals goal goal_new plans plan agreement step finish"),
    "beratung#so-zeichnen-sie-wer-zum-haushalt-gehoert": "net tie",
    "beratung#so-begleiten-sie-in-arbeit": (
        "coachings coaching coaching_profile application_new application placement_new placement"
        " career career_applicant career_entries career_entry career_skills career_skill resume resume_pdf resume_docx"
        " cover_new cover cover_answers cover_pdf cover_docx folder_pdf"
    ),
    "beratung#so-verpassen-sie-keine-frist": ("deadlines deadline_new deadline case_letter deadline_calculator letter"),
    "beratung#so-kommt-ein-antrag-bis-zum-geld": "claims claim_new claim papers paper_list",
    "beratung#so-gehen-sie-mit-unterlagen-um": "files file_seen file file_content file_letter",
    "beratung#so-schreiben-sie-einen-brief": (
        "letters letter_new letter_page letter_edit letter_pdf letter_docx letter_wordings letter_wording"
    ),
    "beratung#so-holen-sie-eine-freigabe": (
        "consents consent_notice_pdf consent_notice consent_new consent_blank consent_given consent_withdraw"
        " consent_sign receipt"
    ),
    "beratung#so-vermitteln-sie-an-eine-andere-stelle": (
        "case_referrals referral_new referral referral_edit referral_sheet referrals referrals_in referral_in"
    ),
    "beratung#so-bekommt-die-person-ihre-eigene-seite": "own_access own_sheet",
    "beratung#so-nehmen-sie-jemanden-in-ein-projekt-auf": (
        "participations participation_new participation participation_sheet participation_answers missing"
    ),
    "beratung#so-enden-projekte-ohne-dass-die-hilfe-abreisst": "project_end_case",
    "beratung#so-enden-uebergeben-vertreten-sie": (
        "case_team task_new deputy handover closing merge split emergency discussion feedback feedback_answers"
    ),
    "beratung#so-halten-sie-ihre-schluessel-offen": "keys",
    "beratung#zusaetzlich-fuer-die-leitung": "organisation_keys emergencies emergency_settle consents_due",
    "planung#so-aendern-sie-dienste": (
        "planning planning_shift_new planning_shift planning_absence_new planning_absence planning_closure_new"
        " planning_closure planning_leave planning_call planning_preview planning_settings"
    ),
    "planung#so-haben-sie-termine-in-ihrem-kalender": "calendar",
    "planung#so-planen-sie-wer-abnimmt": "line_plan announcement duty_end",
    "planung#so-planen-sie-eine-gruppe": (
        "groups group_new group group_edit group_state group_dates certificates group_date attendance attendance_add"
        " arrival_sheet"
    ),
    "planung#so-lange-warten-menschen": "waits",
    "planung#so-sehen-sie-die-auslastung": "caseload capacity",
    "planung#stunden-fuer-projekte": (
        "timesheets project_shares project_share_end timesheet_begin timesheet timesheet_pdf timesheet_csv"
    ),
    "verzeichnis#so-sehen-sie-was-zu-tun-ist": (
        "catalogue catalogue_gaps catalogue_report catalogue_confirm catalogue_seen"
    ),
    "verzeichnis#so-aendern-sie-einen-eintrag": (
        "catalogue_entries catalogue_new catalogue_entry catalogue_edit catalogue_undo readability prerequisites"
    ),
    "verzeichnis#so-pruefen-sie-uebersetzungen": "catalogue_translations catalogue_translate",
    "verzeichnis#so-pflegen-sie-traeger-orte-und-stellen": (
        "catalogue_organisations catalogue_organisation_new catalogue_organisation catalogue_link catalogue_link_end"
        " catalogue_site catalogue_organisation_undo catalogue_organisation_confirm catalogue_site_edit"
        " catalogue_site_undo catalogue_site_confirm catalogue_office catalogue_office_confirm catalogue_office_undo"
    ),
    "verzeichnis#so-legen-sie-fest-wer-zustaendig-ist": "office",
    "verzeichnis#so-lesen-und-geben-sie-listen-aus": "catalogue_import catalogue_export",
    "projekt#so-sehen-sie-wie-weit-das-projekt-ist": "figures figures_council figures_council_docx",
    "projekt#so-sehen-sie-was-fehlt": "projects project_records",
    "projekt#so-berichten-sie-zu-einem-stichtag": (
        "snapshots figures_report snapshot snapshot_verify snapshot_changes snapshot_rows snapshot_file snapshot_erase"
    ),
    "projekt#so-finden-sie-luecken-der-stadt": "figures_gaps",
    "projekt#so-sehen-sie-was-die-hilfe-bewirkt": "outcomes outcomes_part outcomes_pdf",
    "projekt#so-endet-ein-projekt": "project_end project_end_plan",
    "verwaltung#so-laden-sie-jemanden-ein": "team team_invite team_invitation team_member",
    "verwaltung#so-endet-ein-zugang": "team_end team_factor",
    "verwaltung#so-beantworten-sie-rueckmeldungen": "remarks remark_settle",
    "datenschutz#so-sehen-sie-was-ansteht": "privacy",
    "datenschutz#so-pruefen-sie-wer-was-gelesen-hat": "audit_log audit_file audit_verify trail trail_print",
    "datenschutz#so-erfuellen-sie-ein-recht": (
        "privacy_requests privacy_request_new privacy_contact privacy_request privacy_review privacy_preview"
        " privacy_correct privacy_copy privacy_act"
    ),
    "datenschutz#so-loeschen-sie-was-abgelaufen-ist": "retention retention_hold deletion",
    "datenschutz#so-legen-sie-fristen-fest": "retention_periods",
}
TOPICS: Mapping[str, str] = {name: place for place, names in _TOPICS.items() for name in names.split()}
# Pages that have no address below `workspace:`: the state of the system, and all of the own account.
STATE = {"state": "verwaltung#so-sehen-sie-wie-es-dem-programm-geht"}
ACCOUNT = "README#fuer-alle-anmelden"


def place_of(view_name: str) -> tuple[str, str]:
    """Return page and anchor of the handbook for a page of the site; for one without a section, the first page."""
    namespace, _colon, name = view_name.rpartition(":")
    place = TOPICS.get(name, START) if namespace == "workspace" else STATE.get(view_name, ACCOUNT)
    page, _hash, anchor = place.partition("#")
    return page, anchor
