"""Who may open what: persona x page x expected status. A page without a row is an error: nothing is open by oversight."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.allowed import release
from tests.outlooks import foreseen
from tests.personas import EMAILS, actor_of, booked_enquiry, client_of, group_with_people
from tragnetz.appointments.calls.commands import promise_callback
from tragnetz.appointments.interpreters.commands import InterpreterDetails, keep_interpreter
from tragnetz.appointments.lines.commands import plan_duty
from tragnetz.appointments.models import Absence, Closure, Roster
from tragnetz.appointments.waiting.commands import put_on_list
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.casework.career.commands import Ability, Stretch, add_entry, add_skill
from tragnetz.casework.career.enums import EntryKind, Situation, SkillKind, Source
from tragnetz.casework.career.letters import LetterDetails, begin_letter
from tragnetz.casework.claims.commands import ClaimDetails, plan_claim
from tragnetz.casework.coaching.commands import Job, add_application, begin_work, start_coaching
from tragnetz.casework.coaching.enums import WorkKind
from tragnetz.casework.commands import open_case
from tragnetz.casework.contacts.commands import keep_template
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.emergency.commands import settle_emergency, take_emergency_access
from tragnetz.casework.files.commands import FileDetails, keep_file
from tragnetz.casework.goals.commands import GoalDetails, add_step, agree_goal
from tragnetz.casework.letters.book import kinds
from tragnetz.casework.letters.commands import start_letter
from tragnetz.casework.letters.queries import first_draft
from tragnetz.casework.networkmap.commands import TieDetails, add_tie
from tragnetz.casework.networkmap.enums import Sphere, Strength
from tragnetz.casework.teamwork.commands import give_task
from tragnetz.casework.timeline.commands import add_event
from tragnetz.clients.commands import add_contact
from tragnetz.clients.recipients import recipient_of
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now, today
from tragnetz.directory.models import Office, Service
from tragnetz.directory.truth.links import make_link
from tragnetz.directory.truth.reports import take_report
from tragnetz.messaging.commands import notify
from tragnetz.network.actors import resident
from tragnetz.network.enums import Role
from tragnetz.network.models import Hotline, Membership, Organisation, Programme, Site
from tragnetz.privacy.models import Deletion
from tragnetz.privacy.rights.commands import Demand, take_request
from tragnetz.referrals.commands import Details, draft_referral, send_referral
from tragnetz.reporting.participation.commands import Entry, enter
from tragnetz.reporting.snapshots.commands import fix
from tragnetz.reporting.timesheets.commands import begin_sheet
from tragnetz.reporting.timesheets.sharing import ShareDetails, agree_share
from tragnetz.screening.outlook.models import Foreseen
from tragnetz.staff.commands import invite
from tragnetz.staff.enums import RemarkKind
from tragnetz.staff.remarks.commands import Said, tell_remark

NOBODY = "00000000-0000-0000-0000-000000000000"
HSDS = {
    "services": "services", "places": "service_at_locations", "organizations": "organizations",
    "taxonomies": "taxonomies", "terms": "taxonomy_terms",
}  # fmt: skip
HSDS_ONE = {
    "service": "services", "place": "service_at_locations", "organization": "organizations",
    "taxonomy": "taxonomies", "term": "taxonomy_terms",
}  # fmt: skip
# Name of the page -> (method, path below the language, expected status) for a visitor without an account;
# a path that begins with a slash has no language before it.
MATRIX = {
    "health": ("get", "/health/", 200),
    "security": ("get", "/.well-known/security.txt", 404),
    "api:check": ("post", "/api/check", 400),
    "api:openapi-json": ("get", "/api/openapi.json", 200),
    "api:api-root": ("get", "/api/", 404),
    "hsds:root": ("get", "/hsds/", 200),
    "hsds:profile": ("get", "/hsds/profile", 200),
    "hsds:openapi-json": ("get", "/hsds/openapi.json", 200),
    "hsds:api-root": ("get", "/hsds/", 200),
    **{f"hsds:{name}": ("get", f"/hsds/{path}", 200) for name, path in HSDS.items()},
    **{f"hsds:{name}": ("get", f"/hsds/{path}/{NOBODY}", 404) for name, path in HSDS_ONE.items()},
    "calendar_feed": ("get", "/kalender/kein-kalender.ics", 404),
    "portal:start": ("get", "", 200),
    "portal:place": ("get", "zustaendig/?ort=Hauptstr.+5", 200),
    "portal:search": ("get", "suche/?q=Miete", 200),
    "portal:situation": ("get", "situation/power-cut/", 200),
    "portal:finder": ("get", "wegweiser/", 200),
    "portal:result": ("post", "wegweiser/ergebnis/", 200),
    "portal:check": ("get", "rechnen/", 200),
    "portal:takeaway": ("post", "mitnehmen/", 200),
    "portal:sheet": ("post", "merkzettel.pdf", 200),
    "portal:my_answers": ("get", "mein-code/", 200),
    "portal:booking": ("get", "termin/", 200),
    "portal:my_booking": ("get", "mein-termin/", 200),
    "portal:my_calendar": ("post", "mein-termin/termin.ics", 422),
    "portal:proposal": ("get", "termin/vorschlag/kein-link/", 404),
    "portal:callback": ("get", "rueckruf/", 200),
    "portal:waiting": ("get", "warteliste/", 200),
    "portal:my_waiting": ("get", "mein-platz/", 200),
    "portal:own": ("get", "meine-begleitung/", 200),
    "portal:own_leave": ("post", "meine-begleitung/ende/", 302),
    "portal:own_step": ("post", "meine-begleitung/schritt/", 401),
    "portal:own_message": ("post", "meine-begleitung/nachricht/", 401),
    "portal:own_letter": ("get", "meine-begleitung/brief/", 302),
    "portal:own_told": ("post", "meine-begleitung/hilfe/", 401),
    "portal:reply": ("get", "antwort/kein-link/", 404),
    "portal:helped": ("get", "geholfen/kein-link/", 404),
    "portal:asked": ("get", "frage/kein-link/", 404),
    "portal:own_asked": ("get", "meine-begleitung/frage/six_months/", 302),
    "portal:own_rate": ("get", "meine-begleitung/lebenslagen/", 302),
    "portal:own_withdraw": ("get", "meine-begleitung/widerruf/", 302),
    "portal:own_booking": ("get", "meine-begleitung/termin/", 302),
    "portal:own_json": ("get", "meine-begleitung/daten.json", 302),
    "portal:own_pdf": ("get", "meine-begleitung/daten.pdf", 302),
    "portal:own_resume": ("get", "meine-begleitung/lebenslauf.pdf", 302),
    "portal:own_resume_file": ("get", "meine-begleitung/lebenslauf.docx", 302),
    "portal:own_cover": ("get", "meine-begleitung/bewerbung.pdf", 302),
    "portal:offers": ("get", "angebote/", 200),
    "portal:offer": ("get", "angebote/frauenhaus-herne/", 200),
    "portal:news": ("get", "neu/", 200),
    "portal:open_data": ("get", "daten/", 200),
    "portal:open_data_file": ("get", "daten/anfragen/2025.csv", 404),
    "portal:feed": ("get", "feeds/angebote.atom", 200),
    "portal:partners": ("get", "einbetten/", 200),
    "portal:frame_search": ("get", "rahmen/suche/", 200),
    "portal:frame_offers": ("get", "rahmen/angebote/", 200),
    "portal:frame_offer": ("get", "rahmen/angebot/wohngeld/", 200),
    "portal:report": ("get", "angebote/wohngeld/stimmt-nicht/", 200),
    "portal:provider": ("get", "pruefen/kein-link/", 404),
    "portal:provider_entry": ("get", "pruefen/kein-link/00000000-0000-7000-8000-000000000000/", 404),
    "portal:leaflet": ("get", "angebote/wohngeld/blatt.pdf", 200),
    "portal:calendar": ("get", "angebote/frauenhaus-herne.ics", 404),
    "portal:week": ("get", "offen/", 200),
    "portal:map": ("get", "stadtplan/", 200),
    "portal:groups": ("get", "gruppen/", 200),
    "portal:group_feed": ("get", "gruppen/kalender.ics", 200),
    "portal:group": ("get", "gruppen/keine/", 404),
    "portal:group_register": ("get", "gruppen/keine/anmelden/", 404),
    "portal:group_file": ("get", "gruppen/keine.ics", 404),
    "portal:group_arrive": ("get", "gruppen/da/kein-termin/", 404),
    "portal:my_group": ("get", "meine-gruppe/", 200),
    "portal:about": ("get", "ueber/", 200),
    "portal:accessibility": ("get", "barrierefreiheit/", 200),
    "portal:barrier": ("get", "barrierefreiheit/melden/", 200),
    "portal:remark": ("get", "rueckmeldung/", 200),
    "portal:languages": ("get", "sprachen/", 200),
    # Of the demo alone: tests/demo/test_tour.py shows that no production has them.
    "demo:start": ("get", "demo/", 200),
    "demo:enter": ("post", "demo/ratsuchend/", 302),
    "demo:close": ("post", "demo/schliessen/", 302),
    "portal:privacy": ("get", "datenschutz/", 200),
    "portal:imprint": ("get", "impressum/", 200),
    "account_login": ("get", "konto/anmelden/", 200),
    "openid_connect_login": ("get", "konto/anmelden/organisation/", 404),
    "openid_connect_callback": ("get", "konto/anmelden/organisation/zurueck/", 404),
    "account_reset_password": ("get", "konto/passwort/vergessen/", 200),
    "account_reset_password_done": ("get", "konto/passwort/vergessen/unterwegs/", 200),
    "account_reset_password_from_key": ("get", "konto/passwort/neu/kein/link/", 200),
    "account_reset_password_from_key_done": ("get", "konto/passwort/neu/fertig/", 200),
    "invitation": ("get", "konto/einladung/kein-link/", 404),
}
# Log-in pages: name -> path. Without an account one is sent to the log-in.
ACCOUNT = {
    "account_logout": "konto/abmelden/",
    "account_reauthenticate": "konto/bestaetigen/",
    "account_change_password": "konto/passwort/",
    "account_set_password": "konto/passwort/setzen/",
    "mfa_login_webauthn": "konto/anmelden/passkey/",
    "mfa_list_webauthn": "konto/sicherheit/schluessel/",
    "mfa_add_webauthn": "konto/sicherheit/schluessel/neu/",
    "mfa_reauthenticate_webauthn": "konto/sicherheit/schluessel/bestaetigen/",
    "mfa_edit_webauthn": "konto/sicherheit/schluessel/1/",
    "mfa_remove_webauthn": "konto/sicherheit/schluessel/1/entfernen/",
    "sessions": "konto/sitzungen/",
    "notices": "konto/hinweise/",
    "awake": "konto/wach/",
    "mfa_index": "konto/sicherheit/",
    "mfa_authenticate": "konto/sicherheit/code/",
    "mfa_reauthenticate": "konto/sicherheit/bestaetigen/",
    "mfa_activate_totp": "konto/sicherheit/app/ein/",
    "mfa_deactivate_totp": "konto/sicherheit/app/aus/",
    "mfa_view_recovery_codes": "konto/sicherheit/notfall/",
    "mfa_generate_recovery_codes": "konto/sicherheit/notfall/neu/",
    "mfa_download_recovery_codes": "konto/sicherheit/notfall/datei/",
}
PERSONAS = ["counsellor", "colleague", "foreign", "intake", "programme", "catalogue", "dpo", "admin"]
# Name -> (method, path, statuses in the order of PERSONAS). `counsellor` owns the records and leads Caritas;
# `colleague` is of Caritas too, `foreign` leads the Red Cross: for them a foreign record does not exist.
WORK = {
    "workspace:day": ("get", "arbeit/", (200, 200, 200, 200, 302, 302, 302, 302)),  # on to their own first page
    "workspace:home": ("get", "arbeit/start/", (302, 302, 302, 302, 302, 302, 302, 302)),
    "workspace:desk": ("get", "arbeit/telefon/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:callbacks": ("get", "arbeit/rueckrufe/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:callback": ("post", "arbeit/rueckrufe/{callback}/", (302, 302, 404, 404, 403, 403, 403, 403)),
    "workspace:calendar": ("get", "arbeit/kalender/", (200, 200, 200, 403, 403, 403, 403, 403)),
    "workspace:projects": ("get", "arbeit/projekte/", (200, 200, 200, 403, 200, 403, 403, 403)),
    "workspace:missing": ("get", "arbeit/projekte/fehlt/", (200, 200, 200, 403, 403, 403, 403, 403)),
    # The project is of GBH and Caritas: not of the Red Cross; its management sees pseudonyms.
    "workspace:project_records": ("get", "arbeit/projekte/filou/teilnahmen/", (200, 200, 404, 403, 200, 403, 403, 403)),
    "workspace:project_end": ("get", "arbeit/projekte/filou/ende/", (200, 200, 404, 403, 200, 403, 403, 403)),
    "workspace:project_end_plan": ("get", "arbeit/projekte/filou/ende/plan.pdf", (200, 403, 404, 403, 200, 403, 403, 403)),
    "workspace:project_end_case": (
        "get", "arbeit/projekte/filou/ende/faelle/{case}/", (200, 404, 404, 403, 403, 403, 403, 403)
    ),
    "workspace:figures": ("get", "arbeit/zahlen/", (200, 200, 200, 403, 200, 403, 403, 403)),
    "workspace:figures_gaps": ("get", "arbeit/zahlen/luecken/", (200, 200, 200, 403, 200, 403, 403, 403)),
    "workspace:figures_council": ("get", "arbeit/zahlen/vorlage.pdf", (200, 200, 200, 403, 200, 403, 403, 403)),
    "workspace:figures_council_docx": ("get", "arbeit/zahlen/vorlage.docx", (200, 200, 200, 403, 200, 403, 403, 403)),
    "workspace:waits": ("get", "arbeit/wartezeiten/", (200, 403, 200, 403, 200, 403, 403, 403)),
    "workspace:snapshots": ("get", "arbeit/zahlen/stichtage/", (403, 403, 403, 403, 200, 403, 403, 403)),
    "workspace:figures_report": ("get", "arbeit/zahlen/stichtage/bericht/?projekt=filou&von=2026-01-01&bis=2026-06-30",
                                 (403, 403, 403, 403, 200, 403, 403, 403)),
    "workspace:snapshot": ("get", "arbeit/zahlen/stichtage/{snapshot}/", (403, 403, 403, 403, 200, 403, 403, 403)),
    "workspace:snapshot_erase": ("post", "arbeit/zahlen/stichtage/{snapshot}/loeschen/",
                                 (403, 403, 403, 403, 302, 403, 403, 403)),
    "workspace:snapshot_verify": ("get", "arbeit/zahlen/stichtage/{snapshot}/pruefen/",
                                  (403, 403, 403, 403, 200, 403, 403, 403)),
    "workspace:snapshot_changes": ("get", "arbeit/zahlen/stichtage/{snapshot}/seither/",
                                   (403, 403, 403, 403, 200, 403, 403, 403)),
    "workspace:snapshot_rows": ("get", "arbeit/zahlen/stichtage/{snapshot}/liste/teilnahmen/",
                                (403, 403, 403, 403, 200, 403, 403, 403)),
    "workspace:snapshot_file": ("get", "arbeit/zahlen/stichtage/{snapshot}/datei/teilnahmen-csv/",
                                (403, 403, 403, 403, 200, 403, 403, 403)),
    "workspace:outcomes": ("get", "arbeit/zahlen/wirkung/", (200, 200, 200, 403, 200, 403, 403, 403)),
    "workspace:outcomes_part": ("get", "arbeit/zahlen/wirkung/antraege/", (200, 200, 200, 403, 200, 403, 403, 403)),
    "workspace:outcomes_pdf": ("get", "arbeit/zahlen/wirkung/wirkung.pdf", (200, 200, 200, 403, 200, 403, 403, 403)),
    "workspace:timesheets": ("get", "arbeit/stunden/", (200, 200, 200, 200, 200, 403, 403, 403)),
    "workspace:project_shares": ("get", "arbeit/stunden/anteile/", (200, 403, 200, 403, 403, 403, 403, 403)),
    "workspace:project_share_end": (
        "post", "arbeit/stunden/anteile/{share}/", (302, 403, 404, 403, 403, 403, 403, 403)
    ),
    "workspace:timesheet_begin": ("post", "arbeit/stunden/2026-3/", (302, 302, 302, 302, 302, 403, 403, 403)),
    "workspace:timesheet": ("get", "arbeit/stunden/{sheet}/", (200, 404, 404, 404, 404, 403, 403, 403)),
    "workspace:timesheet_pdf": (
        "get", "arbeit/stunden/{sheet}/stundennachweis.pdf", (200, 404, 404, 404, 404, 403, 403, 403)
    ),
    "workspace:timesheet_csv": (
        "get", "arbeit/stunden/{sheet}/stundennachweis.csv", (200, 404, 404, 404, 404, 403, 403, 403)
    ),
    "workspace:messages": ("get", "arbeit/nachrichten/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:message_letters": ("get", "arbeit/nachrichten/briefe/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:message_calls": ("get", "arbeit/nachrichten/anrufe/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:message_problems": ("get", "arbeit/nachrichten/probleme/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:messages_sent": ("get", "arbeit/nachrichten/gesendet/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:safe_contact": (
        "get",
        "arbeit/nachrichten/kontakt/{contact}/",
        (200, 200, 404, 404, 403, 403, 403, 403),
    ),
    "workspace:message": ("post", "arbeit/nachrichten/{message}/", (302, 302, 404, 404, 403, 403, 403, 403)),
    "workspace:line_plan": ("get", "arbeit/telefonplan/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:announcement": ("get", "arbeit/telefonplan/ansage/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:presence": ("post", "arbeit/telefonplan/line-herne/", (302, 302, 302, 302, 403, 403, 403, 403)),
    "workspace:duty_end": ("post", "arbeit/telefonplan/{duty}/", (302, 403, 404, 403, 403, 403, 403, 403)),
    "workspace:waiting": ("get", "arbeit/warteliste/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:waiting_edit": ("get", "arbeit/warteliste/{waiting}/", (200, 200, 404, 404, 403, 403, 403, 403)),
    "workspace:waiting_end": ("post", "arbeit/warteliste/{waiting}/beenden/", (302, 302, 404, 404, 403, 403, 403, 403)),
    "workspace:interpreters": ("get", "arbeit/dolmetschen/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:interpreter": ("get", "arbeit/dolmetschen/{interpreter}/", (200, 403, 404, 403, 403, 403, 403, 403)),
    "workspace:booking_interpreter": (
        "post", "arbeit/termine/{booking}/dolmetschen/", (302, 404, 404, 404, 403, 403, 403, 403),
    ),
    "workspace:booking": ("post", "arbeit/termine/{booking}/", (302, 404, 404, 404, 403, 403, 403, 403)),
    "workspace:enquiry": ("get", "arbeit/anfragen/{enquiry}/", (200, 404, 404, 404, 403, 403, 403, 403)),
    "workspace:find": ("get", "arbeit/suche/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:cases": ("get", "arbeit/faelle/", (200, 200, 200, 403, 403, 403, 403, 403)),
    # Without a release a foreign case has neither consents nor anything released; the owner's own is no foreign one.
    "workspace:consents": ("get", "arbeit/faelle/{case}/einwilligungen/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:consent_notice_pdf": (
        "get", "arbeit/faelle/{case}/einwilligungen/datenschutz.pdf",
        (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:consent_notice": (
        "get", "arbeit/faelle/{case}/einwilligungen/hinweise/{person}/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:consent_new": (
        "get", "arbeit/faelle/{case}/einwilligungen/neu/{person}/freigabe/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:consent_blank": (
        "post", "arbeit/faelle/{case}/einwilligungen/neu/{person}/freigabe/vordruck.pdf",
        (422, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:consent_given": (
        "get", "arbeit/faelle/{case}/einwilligungen/{release}/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:consent_withdraw": (
        "get", "arbeit/faelle/{case}/einwilligungen/{release}/widerrufen/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:consent_sign": (
        "post", "arbeit/faelle/{case}/einwilligungen/{release}/unterschrift/",
        (422, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:receipt": (
        "get", "arbeit/faelle/{case}/einwilligungen/{release}/quittung.pdf", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:consents_due": ("get", "arbeit/einwilligungen/", (200, 403, 200, 403, 403, 403, 403, 403)),
    "workspace:released": ("get", "arbeit/freigegeben/", (200, 200, 200, 403, 403, 403, 403, 403)),
    "workspace:released_pdf": ("get", "arbeit/faelle/{case}/freigegeben.pdf", (404, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:released_json": (
        "get", "arbeit/faelle/{case}/freigegeben.json", (404, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:caseload": ("get", "arbeit/auslastung/", (200, 403, 200, 403, 403, 403, 403, 403)),
    "workspace:capacity": ("get", "arbeit/auslastung/kapazitaet/", (200, 403, 200, 403, 403, 403, 403, 403)),
    "workspace:discussion": ("get", "arbeit/faelle/{case}/besprechung/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:own_access": (
        "get", "arbeit/faelle/{case}/eigene-seite/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    # Without a code there is nothing to print: one is sent back to the page, or finds nobody.
    "workspace:own_sheet": (
        "post", "arbeit/faelle/{case}/eigene-seite/blatt.pdf", (404, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:net": ("get", "arbeit/faelle/{case}/netz/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:tie": ("get", "arbeit/netz/{tie}/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:coachings": ("get", "arbeit/faelle/{case}/coaching/", (302, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:coaching": ("get", "arbeit/coaching/{coaching}/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:coaching_profile": (
        "get", "arbeit/coaching/{coaching}/profil/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:application_new": (
        "post", "arbeit/coaching/{coaching}/bewerbung/", (422, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:placement_new": ("get", "arbeit/coaching/{coaching}/beginn/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:application": (
        "get", "arbeit/coaching/bewerbung/{application}/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:placement": ("get", "arbeit/coaching/arbeit/{placement}/", (200, 404, 404, 403, 403, 403, 403, 403)),
    **{
        f"workspace:{name}": ("get", f"arbeit/coaching/{path}", (200, 404, 404, 403, 403, 403, 403, 403))
        for name, path in {
            "career": "{coaching}/unterlagen/", "career_applicant": "{coaching}/unterlagen/person/",
            "career_entries": "{coaching}/unterlagen/stationen/", "career_skills": "{coaching}/unterlagen/kenntnisse/",
            "resume": "{coaching}/unterlagen/lebenslauf/", "resume_pdf": "{coaching}/unterlagen/lebenslauf.pdf",
            "resume_docx": "{coaching}/unterlagen/lebenslauf.docx", "cover_new": "{coaching}/unterlagen/anschreiben/",
            "career_entry": "station/{career_entry}/", "career_skill": "kenntnis/{career_skill}/",
            "cover": "anschreiben/{cover}/", "cover_answers": "anschreiben/{cover}/angaben/",
            "cover_pdf": "anschreiben/{cover}/anschreiben.pdf", "cover_docx": "anschreiben/{cover}/anschreiben.docx",
            "folder_pdf": "anschreiben/{cover}/bewerbung.pdf",
        }.items()
    },
    "workspace:groups": ("get", "arbeit/gruppen/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:group_new": ("get", "arbeit/gruppen/neu/", (200, 200, 200, 403, 403, 403, 403, 403)),
    "workspace:group": ("get", "arbeit/gruppen/{group}/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:group_edit": ("get", "arbeit/gruppen/{group}/bearbeiten/", (200, 200, 404, 403, 403, 403, 403, 403)),
    "workspace:group_state": ("post", "arbeit/gruppen/{group}/stand/", (302, 302, 404, 403, 403, 403, 403, 403)),
    "workspace:group_dates": ("get", "arbeit/gruppen/{group}/termine/", (200, 200, 404, 403, 403, 403, 403, 403)),
    "workspace:group_register": ("get", "arbeit/gruppen/{group}/anmelden/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:certificates": (
        "get", "arbeit/gruppen/{group}/bescheinigungen.pdf", (200, 200, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:group_date": ("get", "arbeit/gruppen/termin/{session}/", (200, 200, 404, 403, 403, 403, 403, 403)),
    "workspace:attendance": ("get", "arbeit/gruppen/termin/{session}/liste/", (200, 200, 404, 403, 403, 403, 403, 403)),
    "workspace:attendance_add": (
        "post", "arbeit/gruppen/termin/{session}/dazu/", (422, 422, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:arrival_sheet": (
        "get", "arbeit/gruppen/termin/{session}/aushang.pdf", (200, 200, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:group_leave": (
        "post", "arbeit/gruppen/abmelden/{registration}/", (302, 302, 404, 404, 403, 403, 403, 403),
    ),
    "workspace:emergency": ("get", "arbeit/notfall/", (200, 200, 200, 403, 403, 403, 403, 403)),
    "workspace:emergencies": ("get", "arbeit/notfall/liste/", (200, 403, 200, 403, 403, 403, 200, 403)),
    "workspace:emergency_settle": (
        "post", "arbeit/notfall/liste/{emergency}/", (302, 403, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:keys": ("get", "arbeit/schluessel/", (200, 200, 200, 403, 403, 403, 403, 403)),
    "workspace:organisation_keys": ("get", "arbeit/schluessel/organisation/", (200, 403, 200, 403, 403, 403, 403, 403)),
    "workspace:responsible": ("get", "arbeit/zustaendig/", (200, 200, 200, 200, 403, 200, 403, 403)),
    "workspace:claims": ("get", "arbeit/faelle/{case}/antraege/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:claim_new": ("get", "arbeit/faelle/{case}/antraege/neu/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:claim": ("get", "arbeit/faelle/{case}/antraege/{claim}/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:papers": ("get", "arbeit/faelle/{case}/antraege/unterlagen/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:paper_list": (
        "get", "arbeit/faelle/{case}/antraege/unterlagen/liste.pdf", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:participations": ("get", "arbeit/faelle/{case}/projekt/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:participation_new": (
        "get", "arbeit/faelle/{case}/projekt/neu/filou/{taker}/", (302, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:participation": (
        "get", "arbeit/faelle/{case}/projekt/{participation}/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:participation_answers": (
        "get", "arbeit/faelle/{case}/projekt/{participation}/austritt/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:participation_sheet": (
        "get", "arbeit/faelle/{case}/projekt/{participation}/merkblatt/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:deadlines": ("get", "arbeit/faelle/{case}/fristen/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:deadline_new": ("get", "arbeit/faelle/{case}/fristen/neu/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:case_letter": ("get", "arbeit/faelle/{case}/fristen/brief/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:deadline": (
        "get", "arbeit/faelle/{case}/fristen/{deadline}/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:files": ("get", "arbeit/faelle/{case}/unterlagen/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:file_seen": (
        "post", "arbeit/faelle/{case}/unterlagen/gesehen/", (422, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:file": ("get", "arbeit/faelle/{case}/unterlagen/{file}/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:file_content": (
        "get", "arbeit/faelle/{case}/unterlagen/{file}/datei/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:file_letter": (
        "post", "arbeit/faelle/{case}/unterlagen/{file}/brief/", (302, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:letters": ("get", "arbeit/faelle/{case}/briefe/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:letter_new": (
        "get", "arbeit/faelle/{case}/briefe/neu/status/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:letter_page": ("get", "arbeit/faelle/{case}/briefe/{written}/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:letter_edit": (
        "get", "arbeit/faelle/{case}/briefe/{written}/aendern/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:letter_pdf": (
        "get", "arbeit/faelle/{case}/briefe/{written}/brief.pdf", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:letter_docx": (
        "get", "arbeit/faelle/{case}/briefe/{written}/brief.docx", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:letter_wordings": ("get", "arbeit/briefvorlagen/", (200, 403, 200, 403, 403, 403, 403, 403)),
    "workspace:letter_wording": (
        "get", "arbeit/briefvorlagen/status/person/", (200, 403, 200, 403, 403, 403, 403, 403),
    ),
    "workspace:case_referrals": (
        "get", "arbeit/faelle/{case}/vermittlungen/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:referral_new": (
        "get", "arbeit/faelle/{case}/vermittlungen/neu/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:referral": (
        "get", "arbeit/faelle/{case}/vermittlungen/{referral}/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:referral_edit": (
        "get", "arbeit/faelle/{case}/vermittlungen/{referral_draft}/entwurf/",
        (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:referral_sheet": (
        "post", "arbeit/faelle/{case}/vermittlungen/{referral}/blatt.pdf", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:referrals": ("get", "arbeit/vermittlungen/", (200, 200, 200, 403, 403, 403, 403, 403)),
    "workspace:referrals_in": ("get", "arbeit/vermittlungen/eingang/", (200, 200, 200, 403, 403, 403, 403, 403)),
    # Referred to the Red Cross: the sender has it at the case.
    "workspace:referral_in": (
        "get", "arbeit/vermittlungen/eingang/{referral}/", (404, 404, 200, 403, 403, 403, 403, 403),
    ),
    "workspace:deadline_calculator": ("get", "arbeit/fristen/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:letter": ("get", "arbeit/fristen/brief/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:plans": ("get", "arbeit/faelle/{case}/ziele/vorlagen/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:plan": ("get", "arbeit/faelle/{case}/ziele/vorlagen/care/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:outlooks": ("get", "arbeit/bald/", (200, 200, 200, 403, 403, 403, 403, 403)),
    "workspace:outlook": ("get", "arbeit/faelle/{case}/bald/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:foreseen": ("post", "arbeit/faelle/{case}/bald/{foreseen}/", (302, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:outlook_drop": ("post", "arbeit/faelle/{case}/bald/loeschen/", (302, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:check": ("get", "arbeit/faelle/{case}/rechnen/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:case": ("get", "arbeit/faelle/{case}/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:follow_up": ("get", "arbeit/faelle/{case}/termine/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:contact": ("post", "arbeit/faelle/{case}/gespraech/", (422, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:event": ("post", "arbeit/faelle/{case}/verlauf/ereignis/", (422, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:event_drop": (
        "post", "arbeit/faelle/{case}/verlauf/ereignis/{event}/", (302, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:goal": ("get", "arbeit/faelle/{case}/ziele/{goal}/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:task_new": ("post", "arbeit/faelle/{case}/team/aufgabe/", (422, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:deputy": ("post", "arbeit/faelle/{case}/team/vertretung/", (302, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:handover": ("post", "arbeit/faelle/{case}/team/uebergabe/", (422, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:closing": ("get", "arbeit/faelle/{case}/abschluss/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:task": ("post", "arbeit/aufgaben/{task}/", (302, 404, 404, 404, 403, 403, 403, 403)),
    "workspace:text_templates": ("get", "arbeit/textbausteine/", (200, 200, 200, 403, 403, 403, 403, 403)),
    # The colleague's too: whoever comes second finds it gone.
    "workspace:text_template": ("post", "arbeit/textbausteine/{text}/", (302, 302, 404, 403, 403, 403, 403, 403)),
    "workspace:feedback": ("get", "arbeit/rueckmeldung/", (200, 200, 200, 403, 403, 403, 403, 403)),
    "workspace:feedback_answers": ("get", "arbeit/rueckmeldung/ergebnis/", (200, 200, 200, 403, 403, 403, 403, 403)),
    "workspace:step": ("post", "arbeit/faelle/{case}/schritt/", (302, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:finish": ("post", "arbeit/faelle/{case}/schritt/{step}/", (302, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:household": ("get", "arbeit/faelle/{case}/haushalt/", (200, 404, 404, 403, 403, 403, 403, 403)),
    "workspace:privacy": ("get", "arbeit/datenschutz/", (200, 403, 200, 403, 403, 403, 200, 403)),
    "workspace:audit_log": ("get", "arbeit/datenschutz/protokoll/", (403, 403, 403, 403, 403, 403, 200, 403)),
    "workspace:audit_file": ("get", "arbeit/datenschutz/protokoll.csv", (403, 403, 403, 403, 403, 403, 200, 403)),
    "workspace:audit_verify": (
        "post", "arbeit/datenschutz/protokoll/pruefen/", (403, 403, 403, 403, 403, 403, 302, 403),
    ),
    # The officer is of the city: records of Caritas do not exist for her.
    "workspace:trail": ("get", "arbeit/datenschutz/zugriffe/{case}/", (200, 404, 404, 403, 403, 403, 404, 403)),
    "workspace:trail_print": (
        "get", "arbeit/datenschutz/zugriffe/{case}/blatt.pdf", (200, 404, 404, 403, 403, 403, 404, 403),
    ),
    "workspace:privacy_requests": ("get", "arbeit/datenschutz/antraege/", (200, 403, 200, 403, 403, 403, 200, 403)),
    "workspace:privacy_request_new": (
        "get", "arbeit/datenschutz/antraege/neu/{case}/", (200, 404, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:privacy_contact": (
        "get", "arbeit/datenschutz/antraege/kontakt/{contact}/", (200, 200, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:privacy_request": (
        "get", "arbeit/datenschutz/antraege/{request}/", (200, 403, 404, 403, 403, 403, 404, 403),
    ),
    "workspace:privacy_review": (
        "get", "arbeit/datenschutz/antraege/{request}/durchsehen/", (200, 403, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:privacy_preview": (
        "get", "arbeit/datenschutz/antraege/{request}/vorschau/", (200, 403, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:privacy_copy": (  # not looked through yet: back to the request
        "get", "arbeit/datenschutz/antraege/{request}/kopie.pdf", (302, 403, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:privacy_correct": (
        "get", "arbeit/datenschutz/antraege/{correction}/berichtigen/", (200, 403, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:privacy_act": (
        "post", "arbeit/datenschutz/antraege/{request}/answer/", (422, 403, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:retention": ("get", "arbeit/datenschutz/loeschen/", (200, 403, 200, 403, 403, 403, 200, 403)),
    "workspace:retention_hold": (
        "post", "arbeit/datenschutz/loeschen/aufschieben/", (422, 403, 422, 403, 403, 403, 422, 403),
    ),
    "workspace:retention_periods": (
        "get", "arbeit/datenschutz/loeschen/fristen/", (200, 403, 200, 403, 403, 403, 200, 403),
    ),
    "workspace:deletion": (
        "get", "arbeit/datenschutz/loeschen/{deletion}/", (200, 403, 404, 403, 403, 403, 404, 403),
    ),
    "workspace:planning": ("get", "arbeit/planung/", (200, 200, 200, 200, 403, 403, 403, 403)),
    "workspace:planning_shift_new": ("get", "arbeit/planung/dienst/neu/", (200, 403, 200, 403, 403, 403, 403, 403)),
    "workspace:planning_shift": (
        "get", "arbeit/planung/dienst/{roster}/?tag={roster_day}", (200, 403, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:planning_absence_new": ("get", "arbeit/planung/abwesend/", (200, 200, 200, 403, 403, 403, 403, 403)),
    # The colleague's own: the lead ends it, too.
    "workspace:planning_absence": (
        "post", "arbeit/planung/abwesend/{absence}/", (200, 200, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:planning_closure_new": ("get", "arbeit/planung/schliessung/", (200, 403, 200, 403, 403, 403, 403, 403)),
    "workspace:planning_closure": (
        "post", "arbeit/planung/schliessung/{closure}/", (200, 403, 404, 403, 403, 403, 403, 403),
    ),
    "workspace:planning_leave": ("get", "arbeit/planung/geht/{membership}/", (200, 403, 404, 403, 403, 403, 403, 403)),
    "workspace:planning_call": ("post", "arbeit/planung/anrufen/{booking}/", (302, 403, 404, 403, 403, 403, 403, 403)),
    "workspace:planning_preview": ("post", "arbeit/planung/vorschau/", (404, 404, 404, 404, 403, 403, 403, 403)),
    "workspace:planning_settings": ("get", "arbeit/planung/einstellungen/", (200, 403, 200, 403, 403, 403, 403, 403)),
    "workspace:readability": ("post", "arbeit/verzeichnis/lesbarkeit/", (403, 403, 403, 403, 403, 200, 403, 403)),
    "workspace:office": ("get", "arbeit/zustaendig/stellen/{office}/", (403, 403, 403, 403, 403, 200, 403, 403)),
    "workspace:prerequisites": (
        "get",
        "arbeit/verzeichnis/{service}/voraussetzungen/",
        (403, 403, 403, 403, 403, 200, 403, 403),
    ),
} | {
    # Pages of a case: its counsellor's alone.
    f"workspace:{name}": ("get", f"arbeit/faelle/{{case}}/{path}", (200, 404, 404, 403, 403, 403, 403, 403))
    for name, path in (
        ("level", "stufe/"),
        ("timeline", "verlauf/"),
        ("ratings", "lebenslagen/"),
        ("rating", "lebenslagen/neu/"),
        ("goals", "ziele/"),
        ("goal_new", "ziele/neu/"),
        ("agreement", "ziele/vereinbarung.pdf"),
        ("case_team", "team/"),
        ("merge", "zusammenlegen/"),
        ("split", "teilen/"),
    )
} | {
    # The editors' pages: nobody else's. A POST with nothing to do is told so (404 or 422).
    f"workspace:{name}": (method, f"arbeit/verzeichnis/{path}", (403, 403, 403, 403, 403, status, 403, 403))
    for name, method, path, status in (
        ("catalogue", "get", "", 200),
        ("catalogue_entries", "get", "eintraege/", 200),
        ("catalogue_new", "get", "neu/", 200),
        ("catalogue_translations", "get", "uebersetzungen/", 200),
        ("catalogue_import", "get", "einlesen/", 200),
        ("catalogue_export", "get", "ausgeben/csv/", 200),
        ("catalogue_gaps", "get", "luecken/", 200),
        ("catalogue_organisations", "get", "organisationen/", 200),
        ("catalogue_organisation_new", "get", "organisationen/neu/", 200),
        ("catalogue_organisation", "get", "organisationen/{organisation}/", 200),
        ("catalogue_link", "post", "organisationen/{organisation}/link/", 200),
        ("catalogue_site", "post", "organisationen/{organisation}/ort/", 422),
        ("catalogue_organisation_undo", "post", "organisationen/{organisation}/zurueck/1/", 302),
        ("catalogue_organisation_confirm", "post", "organisationen/{organisation}/bestaetigen/", 302),
        ("catalogue_site_confirm", "post", "orte/{site}/bestaetigen/", 302),
        ("catalogue_site_edit", "get", "orte/{site}/", 200),
        ("catalogue_site_undo", "post", "orte/{site}/zurueck/1/", 302),
        ("catalogue_office", "get", "stellen/{office}/", 200),
        ("catalogue_office_confirm", "post", "stellen/{office}/bestaetigen/", 302),
        ("catalogue_office_undo", "post", "stellen/{office}/zurueck/1/", 302),
        ("catalogue_link_end", "post", "link/{link}/", 302),
        ("catalogue_report", "post", "meldungen/{report}/", 404),
        ("catalogue_entry", "get", "{service}/", 200),
        ("catalogue_edit", "get", "{service}/bearbeiten/", 200),
        ("catalogue_confirm", "post", "{service}/bestaetigen/", 302),
        ("catalogue_seen", "post", "{service}/gesehen/", 302),
        ("catalogue_undo", "post", "{service}/zurueck/1/", 302),
        ("catalogue_translate", "get", "{service}/sprache/tr/", 200),
    )
}  # fmt: skip
# What is wrong with the installation is for the administration.
WORK["state"] = ("get", "arbeit/zustand/", (403, 403, 403, 403, 403, 403, 403, 200))
# Nobody but the administration manages people.
WORK |= {
    f"workspace:{name}": (method, f"arbeit/team/{path}", (403, 403, 403, 403, 403, 403, 403, status))
    for name, method, path, status in (
        ("team", "get", "", 200),
        ("team_invite", "get", "einladen/", 200),
        ("team_invitation", "post", "einladung/{invitation}/", 302),
        ("team_member", "get", "{colleague}/", 200),
        ("team_end", "post", "{colleague}/ende/", 422),
        ("team_factor", "post", "{colleague}/zweiter-faktor/", 302),
    )
}
# The handbook, its pictures and the form for remarks are for everybody who works here; the answers are not.
WORK |= {
    f"workspace:{name}": ("get", f"arbeit/{path}", (200,) * 8)
    for name, path in (
        ("help", "hilfe/"),
        ("help_page", "hilfe/beratung/"),
        ("help_picture", "hilfe/bilder/desk.png"),
        ("help_keyboard", "hilfe/tasten/"),
        ("remark", "melden/"),
    )
}
WORK |= {
    "workspace:remarks": ("get", "arbeit/meldungen/", (403, 403, 403, 403, 403, 200, 403, 200)),
    "workspace:remark_settle": ("post", "arbeit/meldungen/{remark}/", (403, 403, 403, 403, 403, 302, 403, 302)),
}
SENT = {"do": "claim", "state": "done", "kind": "facts", "text": "Text", "owner": "person"}


def names(patterns, namespace: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            found |= names(pattern.url_patterns, namespace + inner)
        elif isinstance(pattern, URLPattern):
            found.add(f"{namespace}{pattern.name}")
    return found


def _entry(herne) -> dict[str, object]:
    """An entry of the directory, a report of it, the link of its organisation."""
    service = Service.objects.exclude(organisation=None).order_by("key").first()
    link, _secret = make_link(
        actor=actor_of(herne, "catalogue"), organisation=service.organisation, now=now(), address=str
    )
    report = take_report(service=service, kind="hours", text="", language="de", now=now())
    said = Said(RemarkKind.BARRIER, "Farbe")
    remark = tell_remark(actor=resident(herne), said=said, language="de", now=now())
    return {
        "remark": remark.pk, "service": service.pk, "organisation": service.organisation_id, "link": link.pk, "report": report.pk,
        "site": Site.objects.order_by("key").first().pk, "office": Office.objects.order_by("key").first().pk,
    }  # fmt: skip


def _plan(herne) -> dict[str, object]:
    """Hours of the owner, an absence of the colleague, a closure of their organisation."""
    owner, colleague = actor_of(herne, "counsellor"), actor_of(herne, "colleague")
    hours = Roster.objects.filter(membership=owner.membership_id).order_by("weekday", "starts").first()
    day = today(herne.zone) + timedelta(days=7)
    span = {"starts_at": now() + timedelta(days=300), "ends_at": now() + timedelta(days=301)}
    absence = Absence(network=herne, membership_id=colleague.membership_id, **span)
    absence.save()
    closure = Closure(network=herne, organisation_id=owner.organisation_id, **span)
    closure.save()
    return {
        "roster": hours.pk, "roster_day": day + timedelta(days=(hours.weekday - day.weekday()) % 7),
        "absence": absence.pk, "closure": closure.pk, "membership": owner.membership_id,
    }  # fmt: skip


def _group(herne) -> dict[str, object]:
    """A group of the counsellor's with somebody who was there."""
    session = group_with_people(herne, actor_of(herne, "counsellor"))
    return {
        "group": session.group_id, "session": session.pk, "registration": session.group.registrations.first().pk,
    }  # fmt: skip


def _message(owner, contact) -> object:
    """A call to make."""
    return notify(
        actor=owner, recipient=recipient_of(contact), key="booking:0:moved", template="moved", code="C", due_at=now(),
        params={"starts_at": (now() + timedelta(days=7)).isoformat(), "phone": "02323 16-9167", "link": ""},
    ).pk  # fmt: skip


def _work(herne, owner, case) -> dict[str, object]:
    """A goal, a task, an event, a deadline, a file of a case, and a short text."""
    day = today(herne.zone)
    goal = agree_goal(
        actor=owner, case=case, details=GoalDetails("Geheimnis Zitronenfalter", "Man sieht es", day + timedelta(days=90)),
        today=day,
    )  # fmt: skip
    task = give_task(
        actor=owner, case=case, assignee_id=owner.membership_id, text="Geheimnis Zitronenfalter", due_on=day, today=day
    )
    event = add_event(actor=owner, case=case, kind="moved", happened_on=day, text="Geheimnis Zitronenfalter", today=day)
    text = keep_template(actor=owner, kind="facts", title="Erstgespräch", text="Anlass, Haushalt, Einkommen")
    deadline = set_deadline(
        actor=owner, case=case, details=DeadlineDetails(day + timedelta(days=5), matter="Geheimnis Zitronenfalter"),
        now=now(),
    )  # fmt: skip
    file = keep_file(
        actor=owner, case=case, name="Geheimnis Zitronenfalter.txt", content=b"Geheimnis Zitronenfalter",
        details=FileDetails("letter", "Geheimnis Zitronenfalter"), request_key="f" * 32, now=now(),
    )  # fmt: skip
    draft = first_draft(case, kinds()["status"], "person", today=day)
    written = start_letter(
        actor=owner, case=case, kind="status", idempotency_key="e" * 32, now=now(),
        draft=replace(
            draft, to="Geheimnis Zitronenfalter", address="Weg 1",
            values={"worum": "Geheimnis Zitronenfalter", "antrag_vom": "2026-08-14"},
        ),
    )  # fmt: skip
    claim = plan_claim(
        actor=owner, case=case, details=ClaimDetails(title="Geheimnis Zitronenfalter", reference="Geheimnis Zitronenfalter"),
        idempotency_key="matrix", now=now(),
    )  # fmt: skip
    return _referrals(herne, owner, case) | _project(owner, case) | {
        "goal": goal.pk, "task": task.pk, "event": event.pk, "text": text.pk, "deadline": deadline.pk, "file": file.pk,
        "written": written.pk, "claim": claim.pk,
    }  # fmt: skip


def _project(owner, case) -> dict[str, object]:
    """Whose case it is takes part in a project."""
    programme, person = Programme.objects.get(key="filou"), case.household.people.get(relation="self")
    entry = Entry(programme, person, today(case.network.zone))
    row = enter(actor=owner, case=case, entry=entry, told={"gender": "w"}, request_key="p" * 32)
    return {"participation": row.pk, "taker": person.pk}


def _referrals(herne, owner, case) -> dict[str, object]:
    """One that was sent to the foreign organisation without a name, and a draft."""
    to = actor_of(herne, "foreign").organisation_id
    details = Details("anonymous", "Sucht einen Sprachkurs", Organisation.objects.get(pk=to))
    sent = draft_referral(actor=owner, case=case, details=details, request_key="r" * 32, now=now())
    send_referral(actor=owner, referral=sent, ticked=[], now=now())
    draft = draft_referral(actor=owner, case=case, details=details, request_key="d" * 32, now=now())
    return {"referral": sent.pk, "referral_draft": draft.pk}


def _interpreter(owner) -> dict[str, object]:
    """Somebody who interprets."""
    details = InterpreterDetails("person", "Samira Lang", ["ar"], phone="0234 1234567")
    return {"interpreter": keep_interpreter(actor=owner, details=details).pk}


def _emergency(herne, owner, case) -> dict[str, object]:
    """A colleague opened the case in an emergency, which has ended."""
    colleague = actor_of(herne, "colleague")
    at = now()
    access = take_emergency_access(actor=colleague, case_id=case.pk, reason="Anruf: Stromsperre heute", now=at)
    settle_emergency(actor=owner, access=access, now=at, ends=True)
    return {"emergency": access.pk}


def _coaching(owner, case) -> dict[str, object]:
    """Somebody on the way to work: an application, and work that began."""
    day = today(owner.network.zone)
    coaching = start_coaching(actor=owner, case=case, person=case.household.people.first(), today=day)
    application = add_application(
        actor=owner, coaching=coaching, employer="Korn", sent_on=day, today=day, request_key="4" * 32
    )
    placement = begin_work(actor=owner, coaching=coaching, job=Job("Korn", WorkKind.REGULAR, day), request_key="5" * 32)
    tie = add_tie(
        actor=owner, case=case, details=TieDetails("Oma", Sphere.FAMILY, Strength.SUPPORT), request_key="6" * 32
    )
    made = {"tie": tie.pk, "coaching": coaching.pk, "application": application.pk, "placement": placement.pk}
    return made | _career(owner, coaching)


def _career(owner, coaching) -> dict[str, object]:
    """A CV with one stretch of life and one strength, and a letter."""
    stretch = Stretch(EntryKind.JOB, "Geheimnis Zitronenfalter", date(2020, 1, 1))
    ability = Ability(SkillKind.STRENGTH, "Geheimnis Zitronenfalter")
    details = LetterDetails("Geheimnis Zitronenfalter", "Verkäuferin", Source.PHONE, Situation.WORKING)
    return {
        "career_entry": add_entry(actor=owner, coaching=coaching, stretch=stretch, request_key="7" * 32).pk,
        "career_skill": add_skill(actor=owner, coaching=coaching, ability=ability, request_key="8" * 32).pk,
        "cover": begin_letter(actor=owner, coaching=coaching, details=details, request_key="9" * 32).pk,
    }


def _calls(herne, owner, contact) -> dict[str, object]:
    """Somebody who waits, and somebody who is planned at a line."""
    listed = put_on_list(
        actor=owner, organisation_id=owner.organisation_id, contact=contact, wishes=Wishes(), urgency="normal",
        idempotency_key="2" * 32, now=now(),
    )  # fmt: skip
    duty = plan_duty(
        actor=owner, hotline=Hotline.objects.first(), membership=Membership.objects.get(pk=owner.membership_id),
        weekdays=[0], starts=time(8), ends=time(15), valid_from=today(herne.zone), valid_until=None,
    )  # fmt: skip
    return {"waiting": listed.entry.pk, "duty": duty[0].pk}


def _team(herne) -> dict[str, object]:
    """Somebody whom the administration has invited, and somebody of its organisation."""
    admin = actor_of(herne, "admin")
    invitation = invite(
        actor=admin, email="neu@demo.tragnetz.example", roles=[Role.INTAKE], languages=["de"], now=now(), address=str
    )
    colleague = Membership.objects.filter(organisation=admin.organisation_id).exclude(pk=admin.membership_id).first()
    return {"invitation": invitation.pk, "colleague": colleague.pk}


def _allowed(owner, case) -> dict[str, object]:
    """A release to an office outside: it opens nothing to anybody here."""
    person = case.household.people.get()
    return {"person": person.pk, "release": release(owner, person, to=None, outside="Dr. Meier").pk}


def _outlook(owner, case) -> dict[str, object]:
    """Something that is foreseen for the household of a case."""
    foreseen(owner, case)
    return {"foreseen": Foreseen.objects.get().pk}


def _hours(herne, owner) -> dict[str, object]:
    """A project pays a part of the owner's position, and a sheet of it was begun."""
    details = ShareDetails(Programme.objects.get(key="filou"), 50, 2340, date(2026, 1, 1), keeps_sheet=True)
    share = agree_share(actor=owner, membership=Membership.objects.get(pk=owner.membership_id), details=details)
    sheet = begin_sheet(actor=owner, month=date(2026, 1, 1), today=today(herne.zone))
    return {"share": share.pk, "sheet": sheet.pk}


def _privacy(herne, owner, case) -> dict[str, object]:
    """Requests of the person of a case, and a deletion that was proposed."""
    asked = {
        right: take_request(
            actor=owner, case_id=case.pk, person_id=None, idempotency_key=right, today=today(herne.zone),
            demand=Demand(right=right, way="visit", received_on=today(herne.zone), identity="known"),
        ).pk
        for right in ("access", "correction")
    }  # fmt: skip
    deletion = Deletion(
        network=herne, organisation_id=owner.organisation_id, key="case", state="proposed", records=1,
        proposed_by_id=owner.membership_id,
    )  # fmt: skip
    deletion.save()
    return {"request": asked["access"], "correction": asked["correction"], "deletion": deletion.pk}


def _snapshot(herne):
    """Fixed figures of a project."""
    return fix(
        actor=actor_of(herne, "programme"), programme=Programme.objects.get(key="filou"), first=date(2026, 1, 1),
        last=date(2026, 6, 30), request_key="1",
    ).pk  # fmt: skip


@pytest.fixture
def records(herne):
    """One of everything."""
    return make_records(herne)


def make_records(herne):
    """Make a case, its enquiry, a callback: all of the counsellor at Caritas."""
    owner = actor_of(herne, "counsellor")
    taken = booked_enquiry(herne)
    case = open_case(actor=owner, enquiry=taken.enquiry, today=today(herne.zone))
    step = add_step(actor=owner, case=case, text="Antrag stellen", owner="person", due_on=None)
    details = ContactDetails(name="Rosa Geheimrat", phone="0170 1234567")
    contact = add_contact(actor=owner, organisation_id=owner.organisation_id, details=details)
    callback = promise_callback(
        actor=owner, organisation_id=owner.organisation_id, contact=contact, district=None, topic="", urgency="today",
        now=now(),
    )  # fmt: skip
    return {
        "snapshot": _snapshot(herne),
        "case": case.pk, "enquiry": taken.enquiry.pk, "booking": taken.booked.booking.pk, "step": step.pk,
        "callback": callback.pk, "contact": contact.pk, "message": _message(owner, contact), **_entry(herne),
        **_group(herne), **_plan(herne), **_calls(herne, owner, contact), **_work(herne, owner, case), **_team(herne),
        **_allowed(owner, case), **_coaching(owner, case), **_emergency(herne, owner, case), **_privacy(herne, owner, case),
        **_outlook(owner, case), **_interpreter(owner), **_hours(herne, owner),
    }  # fmt: skip


def test_every_page_has_a_row():
    assert names(get_resolver().url_patterns) == {*MATRIX, *ACCOUNT, *WORK}


@pytest.mark.parametrize("language", ["de", "de-simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl"])
def test_visitors_see_the_public_pages(visited, language):
    found = {name: answer.status_code for name, answer in visited(language).items()}

    expected = {name: status for name, (_method, _path, status) in MATRIX.items()}
    if language != "de":  # pages for other organisations lead to their German address
        expected |= dict.fromkeys(("portal:provider", "portal:provider_entry", "portal:reply"), 302)
    assert found == expected


def test_visitors_are_sent_to_the_log_in(client, records):
    paths = [*ACCOUNT.values(), *(path.format(**records) for _method, path, _statuses in WORK.values())]
    for path in paths:
        response = client.get(f"/de/{path}")

        assert response.status_code == 302, path
        assert "/konto/anmelden/" in response["Location"] or path == ACCOUNT["account_logout"], path


@pytest.mark.parametrize("persona", PERSONAS)
def test_staff_sees_what_the_role_allows(walked, persona):
    seen = walked(persona)
    found = {name: answer.status_code for name, answer in (seen.pages | seen.sent).items()}

    assert found == {name: statuses[PERSONAS.index(persona)] for name, (_method, _path, statuses) in WORK.items()}


@pytest.mark.parametrize("persona", PERSONAS)
def test_words_that_no_page_asked_for_change_no_answer(walked, persona):
    odd = {name: answer.status_code for name, answer in walked(persona).asked_oddly.items()}

    assert odd == dict.fromkeys(odd, 200)


@pytest.mark.parametrize("persona", sorted(EMAILS))
def test_secrets_of_a_case_reach_its_owner_alone(walked, persona):
    seen = "".join(answer.words for answer in walked(persona).pages.values())

    assert ("Rosa Geheimrat" in seen) == (persona in {"counsellor", "colleague"})
    assert ("Zitronenfalter" in seen) == (persona == "counsellor")


def test_reading_a_case_leaves_an_event(records):
    from tragnetz.audit.models import Event

    client_of("counsellor").get(f"/de/arbeit/faelle/{records['case']}/")

    event = Event.objects.filter(verb="case:read", object_id=records["case"]).get()
    assert event.actor_kind == "staff"
    assert event.user_id is not None


def test_who_left_the_network_is_out_at_the_next_request(records, herne):
    from tragnetz.network.models import Membership

    client = client_of("counsellor")
    assert client.get("/de/arbeit/").status_code == 200
    Membership.objects.filter(user__email=EMAILS["counsellor"]).update(ended_on=today(herne.zone))

    assert client.get("/de/arbeit/").status_code == 302


@pytest.mark.parametrize("name", [name for name, (method, _path, _status) in MATRIX.items() if method == "get"])
def test_reading_pages_refuse_to_be_written_to(client, herne, name):
    asks = {
        "portal:report",
        "portal:barrier",
        "portal:remark",
        "portal:provider",
        "portal:provider_entry",
        "portal:finder",
        "portal:check",
        "portal:booking",
        "portal:my_booking",
        "portal:proposal",
        "portal:reply",
        "portal:helped",
        "portal:asked",
        "portal:my_answers",
        "portal:my_group",
        "portal:group_register",
        "portal:group_arrive",
        "portal:callback",
        "portal:waiting",
        "portal:my_waiting",
        "portal:own",
        "portal:own_letter",
        "portal:own_rate",
        "portal:own_asked",
        "portal:own_withdraw",
        "portal:own_booking",
        "account_login",
        "account_reset_password",
        "account_reset_password_from_key",
        "invitation",
        "openid_connect_login",
        "openid_connect_callback",
    }
    if name in asks or MATRIX[name][1].startswith("/"):
        return
    assert client.post(f"/de/{MATRIX[name][1]}").status_code == 405


@pytest.mark.parametrize("path", ["situation/nix/", "angebote/nix/", "nix/", "angebote/../../etc/passwd"])
def test_what_does_not_exist_is_told_kindly(client, herne, path):
    response = client.get(f"/de/{path}")

    assert response.status_code == 404
    assert "Zur Startseite" in response.content.decode()
