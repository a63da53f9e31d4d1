"""Every look at a person's data leaves its event, in the same transaction (facts/reliability-and-speed.md, test 27).

Each page of the staff site is of one of three sorts; one that is in none fails: nobody forgets to decide.
"""

import pytest

from tests.architecture.test_matrix import PERSONAS, WORK
from tragnetz.audit.words import is_read

# About one record: its page leaves exactly one event on it, with this verb.
OF_ONE = {
    "workspace:safe_contact": ("contact", "contact:read"),
    "workspace:waiting_edit": ("waiting", "waiting:read"),
    "workspace:enquiry": ("enquiry", "enquiry:read"),
    "workspace:case": ("case", "case:read"),
    "workspace:check": ("case", "case:read"),
    "workspace:outlook": ("case", "case:read"),
    "workspace:plans": ("case", "case:read"),
    "workspace:plan": ("case", "case:read"),
    "workspace:follow_up": ("case", "case:read"),
    "workspace:household": ("case", "case:read"),
    "workspace:claims": ("case", "case:read"),
    "workspace:claim_new": ("case", "case:read"),
    "workspace:claim": ("case", "case:read"),
    "workspace:papers": ("case", "case:read"),
    "workspace:participations": ("case", "case:read"),
    "workspace:project_end_case": ("case", "case:read"),
    "workspace:participation": ("case", "case:read"),
    "workspace:participation_answers": ("case", "case:read"),
    "workspace:deadlines": ("case", "case:read"),
    "workspace:letters": ("case", "case:read"),
    "workspace:letter_new": ("case", "case:read"),
    "workspace:letter_page": ("case", "case:read"),
    "workspace:letter_edit": ("case", "case:read"),
    "workspace:deadline_new": ("case", "case:read"),
    "workspace:deadline": ("case", "case:read"),
    "workspace:case_referrals": ("case", "case:read"),
    "workspace:referral_new": ("case", "case:read"),
    "workspace:referral": ("case", "case:read"),
    "workspace:referral_edit": ("case", "case:read"),
    "workspace:referral_in": ("case", "referral:read"),
    "workspace:snapshot_rows": ("snapshot", "snapshot:read"),
    "workspace:snapshot_file": ("snapshot", "snapshot:export"),
    "workspace:case_letter": ("case", "case:read"),
    "workspace:files": ("case", "case:read"),
    "workspace:file": ("case", "case:read"),
    "workspace:file_content": ("case", "file:read"),
    "workspace:case_team": ("case", "case:read"),
    "workspace:closing": ("case", "case:read"),
    "workspace:goal": ("case", "case:read"),
    "workspace:goal_new": ("case", "case:read"),
    "workspace:goals": ("case", "case:read"),
    "workspace:level": ("case", "case:read"),
    "workspace:merge": ("case", "case:read"),
    "workspace:rating": ("case", "case:read"),
    "workspace:ratings": ("case", "case:read"),
    "workspace:split": ("case", "case:read"),
    "workspace:timeline": ("case", "case:read"),
    "workspace:coaching": ("case", "coaching:read"),
    "workspace:consents": ("case", "consents:read"),
    "workspace:consent_new": ("case", "consents:read"),
    "workspace:consent_given": ("case", "consents:read"),
    "workspace:consent_notice": ("case", "consents:read"),
    "workspace:consent_withdraw": ("case", "consents:read"),
    "workspace:application": ("case", "coaching:read"),
    "workspace:placement": ("case", "coaching:read"),
    "workspace:placement_new": ("case", "coaching:read"),
    "workspace:coaching_profile": ("case", "coaching:read"),
    **{
        f"workspace:{name}": ("case", "coaching:read")
        for name in (
            "career",
            "career_applicant",
            "career_entries",
            "career_entry",
            "career_skills",
            "career_skill",
            "resume",
            "cover_new",
            "cover",
            "cover_answers",
        )
    },
    **{
        f"workspace:{name}": ("case", "career:print")
        for name in ("resume_pdf", "resume_docx", "cover_pdf", "cover_docx", "folder_pdf")
    },
    "workspace:tie": ("case", "net:read"),
    "workspace:own_access": ("case", "case:read"),
    "workspace:consent_notice_pdf": ("case", "notice:print"),
    "workspace:receipt": ("release", "receipt:print"),
    "workspace:discussion": ("case", "case:discuss"),
    "workspace:net": ("case", "net:read"),
    "workspace:group": ("group", "group:read"),
    "workspace:attendance": ("session", "attendance:read"),
    "workspace:certificates": ("group", "certificate:print"),
    "workspace:trail": ("case", "trail:read"),
    "workspace:trail_print": ("case", "trail:print"),
    "workspace:privacy_request_new": ("case", "case:read"),
    "workspace:privacy_contact": ("contact", "contact:read"),
    "workspace:privacy_request": ("request", "rights:read"),
    "workspace:privacy_review": ("request", "rights:review"),
    "workspace:privacy_preview": ("request", "rights:preview"),
    "workspace:privacy_correct": ("correction", "rights:read"),
    "workspace:deletion": ("deletion", "retention:read"),
}
# About many: at least one event.
OF_MANY = {
    "workspace:day", "workspace:callbacks", "workspace:messages", "workspace:message_letters",
    "workspace:message_calls", "workspace:message_problems", "workspace:messages_sent", "workspace:waiting",
    "workspace:cases", "workspace:privacy", "workspace:audit_log", "workspace:audit_file",
    "workspace:privacy_requests", "workspace:retention", "workspace:caseload", "workspace:consents_due",
    "workspace:emergencies", "workspace:released", "workspace:referrals", "workspace:referrals_in",
    "workspace:remarks",
    "workspace:outlooks", "workspace:interpreters", "workspace:interpreter",
    "workspace:missing", "workspace:project_records", "workspace:project_end",
    "workspace:participation_sheet",  # the case is read, the sheet printed
    "workspace:agreement",  # the case is read, the agreement printed
    "workspace:letter_pdf", "workspace:letter_docx",  # as above
    "workspace:paper_list",  # the case is read, the list printed
}  # fmt: skip
# About nobody: offers, figures, plans of staff, empty forms.
OF_NOBODY = {
    "workspace:help", "workspace:help_page", "workspace:help_picture", "workspace:help_keyboard",  # the handbook
    "workspace:remark",
    "workspace:home", "workspace:desk", "workspace:calendar", "workspace:waits", "workspace:line_plan",
    "workspace:snapshots", "workspace:figures_report", "workspace:snapshot", "workspace:snapshot_verify",
    "workspace:snapshot_changes",  # pseudonyms that differ, and in what
    "workspace:figures", "workspace:figures_gaps", "workspace:figures_council", "workspace:figures_council_docx",
    "workspace:outcomes", "workspace:outcomes_part", "workspace:outcomes_pdf", "workspace:announcement", "workspace:groups", "workspace:group_new", "workspace:group_edit", "workspace:group_dates",
    "workspace:group_register", "workspace:group_date", "workspace:arrival_sheet", "workspace:responsible",
    "workspace:planning", "workspace:planning_shift_new", "workspace:planning_shift", "workspace:planning_leave",
    "workspace:planning_absence_new", "workspace:planning_closure_new", "workspace:planning_settings",
    "workspace:office", "workspace:prerequisites", "workspace:retention_periods", "workspace:capacity", "workspace:emergency",
    "workspace:feedback", "workspace:feedback_answers", "workspace:find", "workspace:keys",
    "workspace:organisation_keys", "workspace:team", "state", "workspace:team_invite", "workspace:team_member",
    "workspace:text_templates", "workspace:deadline_calculator", "workspace:letter",
    "workspace:letter_wordings", "workspace:letter_wording",
    "workspace:coachings",  # leads on to the one coaching
    "workspace:projects",  # how many take part
    "workspace:project_end_plan",  # counts alone
    "workspace:participation_new",  # leads on to the participation that stands
    "workspace:timesheets", "workspace:project_shares", "workspace:timesheet", "workspace:timesheet_pdf",
    "workspace:timesheet_csv",
    "workspace:released_json", "workspace:released_pdf",  # of a foreign case: tests/casework/test_released.py
    "workspace:privacy_copy",  # leads back while the texts are not looked through; with its event in tests/workspace
}  # fmt: skip
# Who opens a page of OF_ONE on which, for them, nobody is named.
SHOWN_WITHOUT_PEOPLE = {"workspace:group": {"foreign", "intake"}}
PAGES = {name: path for name, (method, path, _statuses) in WORK.items() if method == "get"}
EVERYBODYS = {name for name in PAGES if name.startswith("workspace:catalogue")}


def test_every_page_says_whom_it_is_about():
    assert set(PAGES) - EVERYBODYS == set(OF_ONE) | OF_MANY | OF_NOBODY
    assert not set(OF_ONE) & OF_MANY
    assert not OF_MANY & OF_NOBODY


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_allowed_look_leaves_its_event(walked, persona):
    seen, wrong = walked(persona), {}
    for name in [*OF_ONE, *sorted(OF_MANY)]:
        expected = WORK[name][2][PERSONAS.index(persona)]
        status, events = seen.pages[name].status_code, seen.pages[name].events
        assert status == expected, name
        if expected != 200:
            if events:
                wrong[name] = [event.verb for event in events]
        elif name in OF_ONE:
            key, verb = OF_ONE[name]
            if persona in SHOWN_WITHOUT_PEOPLE.get(name, ()):
                assert events == []
                continue
            reads = [(event.verb, event.object_id) for event in events if is_read(event.verb)]
            if reads != [(verb, seen.records[key])]:
                wrong[name] = [(event.verb, event.object_type) for event in events]
        elif not events:
            wrong[name] = []
    assert wrong == {}


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_about_nobody_name_nobody(walked, persona):
    pages = walked(persona).pages

    assert [name for name in sorted(OF_NOBODY) if "Rosa" in pages[name].words] == []


def test_nothing_is_shown_when_the_event_cannot_be_written(walked):
    seen, number = walked("counsellor"), PERSONAS.index("counsellor")
    about_people = [name for name in [*OF_ONE, *sorted(OF_MANY)] if WORK[name][2][number] == 200]

    assert {seen.pages[name].status_code for name in about_people} == {200}  # they are shown while it can be
    assert len(about_people) > 90
    answers = {
        name: (seen.unlogged[name].status_code, "Geheimrat" in seen.unlogged[name].words) for name in about_people
    }
    assert answers == dict.fromkeys(about_people, (500, False))
