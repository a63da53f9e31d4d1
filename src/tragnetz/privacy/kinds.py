"""The register of data kinds: for each table with data about people why, how long, how given out and how erased.

A test walks all tables with a sealed text or a link to a person, contact, household or case, and fails when one is in
no kind. To add a table: one `Kind(...)` below, at the place where its rows must go when a person's data are erased
(from the leaves to the trunk), and words for its fields in words.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragnetz.appointments.models import (
    Attendance,
    Booking,
    CallAttempt,
    Callback,
    Interpreter,
    InterpreterAssignment,
    Registration,
    SecrecyDeclaration,
    WaitingEntry,
)
from tragnetz.audit.models import Event
from tragnetz.casework.models import (
    Application,
    CareerEntry,
    CareerSkill,
    Case,
    CaseContact,
    CaseFile,
    CasePaper,
    Claim,
    ClaimMove,
    Closing,
    Coaching,
    Compartment,
    CoverLetter,
    CoverVersion,
    Deadline,
    EmergencyAccess,
    Enquiry,
    FileChunk,
    Goal,
    GoalReview,
    Handover,
    Interview,
    Letter,
    LetterSending,
    LetterVersion,
    LifeEvent,
    Note,
    Placement,
    PlanTaking,
    Rating,
    RatingLine,
    Resume,
    Step,
    Task,
    Tie,
)  # fmt: skip
from tragnetz.casework.ownpage.models import OwnAccess, OwnMessage, OwnSession
from tragnetz.clients.models import Contact, Household, Person, Takeaway
from tragnetz.clients.names.models import NameEntry
from tragnetz.consent.models import Consent, Notice, Release, ReleaseSpeaker
from tragnetz.messaging.models import Message
from tragnetz.network.models import NetworkModel
from tragnetz.privacy.enums import Erasure, Source
from tragnetz.privacy.models import Correction, DeletionItem, Hold, Redaction, Request, Restriction
from tragnetz.privacy.subjects import Subject
from tragnetz.referrals.models import Browser, Line, Link, Referral, Shared, Talk
from tragnetz.reporting.models import Answers, EndDecision, OwnQuestion, Participation, PlannedQuestion
from tragnetz.screening.models import Foreseen, Outlook, Record
from tragnetz.staff.models import Remark

# Tables that look as if they were about people, and why they are not: label of the model -> reason.
NOT_ABOUT_PEOPLE: Mapping[str, str] = {
    "vault.recoveryuse": "a sheet of recovery that somebody of the staff typed, and why",
}

_TASK = _("Beratung im Auftrag und mit Einwilligung der Person (Art. 6 Abs. 1 a oder b DSGVO; zu prüfen)")
_HEALTH = _("Einwilligung, auch für besondere Angaben (Art. 6 Abs. 1 a, Art. 9 Abs. 2 a DSGVO; zu prüfen)")
_CHOICE = _("Einwilligung (Art. 6 Abs. 1 a DSGVO)")
_DUTY = _("gesetzliche Pflicht (Art. 6 Abs. 1 c DSGVO)")
_FUNDER = _("Pflicht gegenüber der Förderung (Art. 6 Abs. 1 c und e, Art. 9 Abs. 2 g DSGVO; zu prüfen)")
_PROFILE = ("education", "work", "skills", "licences", "languages", "wishes", "limits", "goal")
_APPLICANT = ("name", "address", "phone", "email", "birth", "permit", "summary")
_COVER = ("employer", "address", "contact_name", "job", "reason", "strengths", "start", "enclosures")
_GIVEN = (
    "purpose", "groups", "form", "ends_at", "german", "wording", "witness", "proof", "signed_on", "signer",
    "signer_name", "withdrawn_at", "taken_by", "ends_with_case", "signature_due_at", "capacity_noted", "language",
    "text_version", "withdrawal_form",
)  # fmt: skip
_REMARK = _(
    "Barrieren: gesetzliche Pflicht (Art. 6 Abs. 1 c DSGVO); alles andere: Einwilligung, wer eine Adresse für die "
    "Antwort angibt (Art. 6 Abs. 1 a DSGVO; zu prüfen)"
)
_SAFETY = _("Sicherheit und Nachweis (Art. 6 Abs. 1 c mit Art. 5 Abs. 2 und Art. 32 DSGVO)")


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of data.

    `via` says how its rows hang on a subject: link (`contact`, `case`, `household`, `person`) -> lookup. `part` leads
    to the person whose part of a case it is. `whose` leads to the one person whom a row is about although it hangs on
    the case of all: nobody there means whoever asked for help. With `asker` every row is theirs. `fields` are given
    out, `given` of them also to take along (Art. 20: what the person gave), `texts` may speak of others and are looked
    through before, `correctable` may be corrected. `blank` says what a row becomes when it is emptied; `funder` what it
    becomes while the proof for a funder must be kept (nothing: it goes).
    """

    key: str
    model: type[NetworkModel]
    label: Promise
    basis: Promise
    retention: str
    source: str
    erase: str
    via: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    whose: str = ""
    asker: bool = False
    fields: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    correctable: tuple[str, ...] = ()
    blank: Mapping[str, Any] = field(default_factory=dict)
    funder: Mapping[str, Any] | None = None

    def rows(self, subject: Subject) -> QuerySet[Any]:
        """Return the rows of a subject; nothing for a kind that hangs on nobody."""
        found = self.model.objects.none()
        links = Q()
        for name, lookup in self.via.items():
            ids: Any = subject.ids(name)
            if ids:
                # A JSON value is a text.
                links |= Q(**{lookup: [str(key) for key in ids] if "__" in lookup and "params" in lookup else ids})
        if links:
            found = self.model.objects.filter(links)
            if self.part:
                found = found.filter(subject.own_parts(self.part))
        return found.order_by("pk").distinct() if links else found

    def told(self, subject: Subject) -> QuerySet[Any]:
        """Return the rows that somebody may be told of: not those about another adult of the same household."""
        rows = self.rows(subject)
        if self.asker and not (subject.leads or subject.everything):
            return rows.filter(**{self.via["contact"]: subject.contacts})
        return rows.exclude(self.of_others(subject)) if self.whose and not subject.everything else rows

    def of_others(self, subject: Subject) -> Q:
        """Return which rows of a kind with `whose` are about somebody else."""
        named = Q(**{f"{self.whose}__isnull": False}) & ~Q(**{f"{self.whose}__in": subject.people})
        return named if subject.leads else named | Q(**{f"{self.whose}__isnull": True})

    @property
    def noun(self) -> str:
        """The label of the model, as audit events name it."""
        return self.model._meta.label_lower  # noqa: SLF001 -- Django's public way to the label


# In the order in which they are erased: what hangs on something goes before it.
KINDS: tuple[Kind, ...] = (
    Kind(
        "redaction", Redaction, _("Schwärzungen in einer Kopie"), _DUTY, "rights", Source.STAFF, Erasure.DELETE,
        via={"contact": "request__contact__in", "case": "request__case__in", "person": "request__person__in"},
        whose="request__person",
    ),
    Kind(
        "correction", Correction, _("Berichtigungen"), _DUTY, "rights", Source.PERSON, Erasure.DELETE,
        via={"contact": "request__contact__in", "case": "request__case__in", "person": "request__person__in"},
        whose="request__person",
        fields=("at", "before", "after", "by"), texts=("before", "after"),
    ),
    Kind(
        "request", Request, _("Anträge zum Datenschutz"), _DUTY, "rights", Source.PERSON, Erasure.BLANK,
        via={"contact": "contact__in", "case": "case__in", "person": "person__in"}, whose="person",
        fields=("right", "received_on", "way", "identity", "wish", "extended_on", "extension", "due_on", "state",
                "result", "answered_on", "answer"),
        texts=("wish", "answer"),
        blank={"wish": "", "answer": "", "extension": "", "contact": None, "case": None, "person": None},
        funder={"wish": "", "answer": "", "extension": ""},
    ),
    Kind(
        "restriction", Restriction, _("Einschränkungen"), _DUTY, "case", Source.STAFF, Erasure.DELETE,
        via={"contact": "contact__in", "case": "case__in"}, fields=("reason", "since", "until", "lifted_on"), funder={},
    ),
    Kind(
        "message", Message, _("Nachrichten an Sie"), _TASK, "message", Source.SYSTEM, Erasure.BLANK,
        via={"contact": "params__person__in"},
        fields=("template", "channel", "address", "due_at", "state", "sent_at", "language"),
        blank={"address": "", "name": "", "code": "", "params": {}},
        funder={"address": "", "name": "", "code": "", "params": {}},
    ),
    Kind(
        "attempt", CallAttempt, _("Versuche, Sie anzurufen"), _TASK, "enquiry", Source.SYSTEM, Erasure.UNLINK,
        via={"contact": "callback__contact__in"}, fields=("at", "result", "membership"),
    ),
    Kind(
        "callback", Callback, _("Versprochene Rückrufe"), _TASK, "enquiry", Source.SYSTEM, Erasure.UNLINK,
        via={"contact": "contact__in"},
        fields=("created_at", "promised_until", "topic", "urgency", "district", "state", "settled_at"),
        given=("topic", "urgency", "district"),
    ),
    Kind(
        "attendance", Attendance, _("Anwesenheit in Gruppen"), _TASK, "case", Source.STAFF, Erasure.UNLINK,
        via={"contact": "registration__contact__in"}, fields=("session", "presence", "at"),
    ),
    Kind(
        "registration", Registration, _("Anmeldungen zu Gruppen"), _TASK, "enquiry", Source.PERSON, Erasure.UNLINK,
        via={"contact": "contact__in"}, fields=("group", "state", "created_at"), given=("group", "state", "created_at"),
    ),
    Kind(
        "waiting", WaitingEntry, _("Plätze auf der Warteliste"), _TASK, "waiting", Source.PERSON, Erasure.BLANK,
        via={"contact": "contact__in"},
        fields=(
            "created_at", "topic", "kind", "purpose", "language", "interpreter", "urgency", "gender", "membership",
            "weekdays", "earliest", "latest", "district", "state", "ended_at",
        ),
        given=("topic", "kind", "language", "interpreter", "gender", "weekdays", "earliest", "latest"),
        blank={"contact": None},
    ),
    Kind(
        "assignment", InterpreterAssignment, _("Dolmetschen bei Ihren Terminen"), _TASK, "case", Source.STAFF,
        Erasure.UNLINK, via={"contact": "booking__contact__in"}, fields=("asked_at", "language", "state"),
    ),
    Kind(
        "booking", Booking, _("Termine"), _TASK, "case", Source.PERSON, Erasure.UNLINK,
        via={"contact": "contact__in"},
        fields=(
            "starts_at", "ends_at", "kind", "session", "purpose", "topic", "language", "interpreter", "site",
            "membership", "state", "cancelled_by", "via", "created_at",
        ),
        given=("starts_at", "kind", "topic", "language", "interpreter"),
    ),
    Kind(
        "referral_browser", Browser, _("Geräte von Partnern, die einen Link geöffnet haben"), _SAFETY, "case",
        Source.SYSTEM, Erasure.DELETE, via={"case": "link__referral__case__in"},
        part="link__referral__compartment__person", fields=("opened_at", "seen_at"),
    ),
    Kind(
        "referral_link", Link, _("Links für Partner"), _TASK, "case", Source.SYSTEM, Erasure.DELETE,
        via={"case": "referral__case__in"}, part="referral__compartment__person", fields=("made_at", "expires_at"),
    ),
    Kind(
        "referral_talk", Talk, _("Gemeinsame Gespräche mit Partnern"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "referral__case__in"}, part="referral__compartment__person",
        fields=("proposed_at", "side", "starts_at", "place", "state", "answered_at"), texts=("place",),
    ),
    Kind(
        "referral_line", Line, _("Fragen und Antworten zu Vermittlungen"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "referral__case__in"}, part="referral__compartment__person", fields=("sent_at", "side", "text"),
        texts=("text",),
    ),
    Kind(
        "referral_shared", Shared, _("Was ein Partner sehen kann"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "referral__case__in"}, part="referral__compartment__person",
    ),
    Kind(
        "referral", Referral, _("Vermittlungen an andere Stellen"), _HEALTH, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("created_at", "to_organisation", "to_service", "to_words", "to_email", "topic", "reason", "groups",
                "handed", "basis", "urgency", "reply_by", "requested_at", "state", "answered_at", "refusal", "outcome",
                "came_at", "ended_at", "asks_person", "told", "told_at"),
        given=("told",), texts=("reason", "handed", "to_words"), correctable=("reason",),
    ),
    Kind(
        "note", Note, _("Notizen der Beratung"), _HEALTH, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person", fields=("written_at", "kind", "text", "author"),
        texts=("text",), correctable=("text",),
    ),
    Kind(
        "talk", CaseContact, _("Gespräche"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("held_on", "kind", "minutes", "participants", "language", "interpreting", "author"),
    ),
    Kind(
        "life_event", LifeEvent, _("Ereignisse"), _HEALTH, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person", fields=("happened_on", "kind", "text"),
        texts=("text",), correctable=("text",),
    ),
    Kind(
        "goal_review", GoalReview, _("Wie weit Ziele erreicht sind"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "goal__case__in"}, part="compartment__person", fields=("held_on", "attainment", "text"),
        texts=("text",), correctable=("text",),
    ),
    Kind(
        "step", Step, _("Vereinbarte Schritte"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("created_at", "text", "owner", "due_on", "done_on"),
        texts=("text",), correctable=("text",),
    ),
    Kind(
        "goal", Goal, _("Ziele"), _TASK, "case", Source.PERSON, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("agreed_on", "what", "sign", "wish", "domain", "due_on", "review_on", "state", "ended_on"),
        given=("what", "sign", "due_on"),
        texts=("what", "sign"), correctable=("what", "sign"),
    ),
    Kind(
        "file_chunk", FileChunk, _("Inhalt von Unterlagen"), _HEALTH, "file", Source.PERSON, Erasure.DELETE,
        via={"case": "file__case__in"}, part="compartment__person",
    ),
    Kind(
        "file", CaseFile, _("Unterlagen"), _HEALTH, "file", Source.PERSON, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("created_at", "paper", "issued_on", "name", "note", "state", "author", "seen_on", "seen_by", "keep_for",
                "keep_until"),
        given=("created_at", "paper", "name"), texts=("name", "note"), correctable=("note",),
    ),
    Kind(
        "letter_sending", LetterSending, _("Abgeschickte Briefe"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "letter__case__in"}, part="compartment__person", fields=("sent_on", "way", "recipient", "note"),
        texts=("recipient", "note"), correctable=("note",),
    ),
    Kind(
        "letter_version", LetterVersion, _("Briefe in allen Fassungen"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "letter__case__in"}, part="compartment__person", fields=("written_at", "number", "words"),
        texts=("words",),
    ),
    Kind(
        "letter", Letter, _("Briefe"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person", fields=("created_at", "kind", "state"),
    ),
    Kind(
        "deadline", Deadline, _("Fristen"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("created_at", "rule", "matter", "letter", "received_on", "arrival", "instructed", "start_on", "due_on",
                "reason", "tells_person", "state", "ended_on"),
        texts=("matter", "letter", "reason"), correctable=("matter", "letter", "reason"),
    ),
    Kind(
        "claim_move", ClaimMove, _("Wie Ihre Anträge standen"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("happened_on", "state", "note", "rhythm", "amount", "from_on", "until_on", "undone_at"),
        texts=("note",), correctable=("note",),
    ),
    Kind(
        "claim", Claim, _("Anträge auf Leistungen"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("created_at", "benefit", "title", "office", "office_words", "reference", "more_papers", "state",
                "state_on", "renew_on"),
        given=("benefit", "title", "reference"), texts=("title", "office_words", "reference"),
        correctable=("title", "office_words", "reference"),
    ),
    Kind(
        "plan_taking", PlanTaking, _("Übernommene Pläne"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("taken_at", "plan", "goals", "steps", "deadlines", "claims", "author"),
    ),
    Kind(
        "case_paper", CasePaper, _("Welche Unterlagen da sind"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("paper", "state", "owner", "issued_on", "seen_on", "changed_at"),
    ),
    Kind(
        "rating_line", RatingLine, _("Lebensbereiche: Stufen, Stärken, Bedarf"), _HEALTH, "case", Source.STAFF,
        Erasure.DELETE, via={"case": "rating__case__in"}, part="compartment__person",
        fields=("rating", "domain", "level", "own_level", "urgency", "strength", "need"), given=("domain", "own_level"),
        texts=("strength", "need"), correctable=("strength", "need"),
    ),
    Kind(
        "rating", Rating, _("Wann die Lebensbereiche besprochen wurden"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person", fields=("rated_on", "occasion", "author"),
    ),
    Kind(
        "task", Task, _("Aufgaben der Beratung"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("created_at", "kind", "text", "assignee", "due_on", "done_on", "answer"), texts=("text",),
        correctable=("text",),
    ),
    Kind(
        "handover", Handover, _("Übergaben des Falls"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person", fields=("handed_on", "giver", "taker", "points", "text"),
        texts=("text",), correctable=("text",),
    ),
    Kind(
        "own_question", OwnQuestion, _("Was wir Sie nach einem Projekt fragten"), _FUNDER, "case",
        Source.PERSON, Erasure.DELETE,
        via={"case": "participation__case__in", "person": "participation__person__in"}, whose="participation__person",
        fields=("moment", "state", "way", "asked_on", "reminded_on", "ended_on", "told", "wants_help", "stop"),
        given=("told",),
    ),
    Kind(
        "planned_question", PlannedQuestion, _("Wer sechs Monate nach einem Projekt nachfragt"), _TASK, "case",
        Source.STAFF, Erasure.DELETE,
        via={"case": "participation__case__in", "person": "participation__person__in"}, whose="participation__person",
        fields=("ask_on", "asker", "planned_on"),
    ),
    Kind(
        "end_decision", EndDecision, _("Wie es nach dem Ende eines Projekts weitergeht"), _TASK, "case", Source.STAFF,
        Erasure.DELETE, via={"case": "case__in"},
        fields=("programme", "way", "to_programme", "state", "decided_on", "done_on", "asker"),
    ),
    Kind(
        "answers", Answers, _("Angaben für ein gefördertes Projekt"), _FUNDER, "funder", Source.PERSON, Erasure.DELETE,
        via={"case": "participation__case__in", "person": "participation__person__in"}, whose="participation__person",
        fields=("moment", "answered_on", "answers", "told_by", "correction"), given=("answers",), funder={},
    ),
    Kind(
        "participation", Participation, _("Teilnahme an einem geförderten Projekt"), _FUNDER, "funder", Source.STAFF,
        Erasure.DELETE, via={"case": "case__in", "person": "person__in"}, whose="person",
        fields=("programme", "pseudonym", "entered_on", "left_on", "leaving", "children", "district", "topic", "codes",
                "is_countable", "informed_on"),
        funder={},
    ),
    Kind(
        "closing", Closing, _("Wie der Fall endete"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, fields=("closed_on", "reason", "result", "after_care", "reopened_on"), funder={},
    ),
    Kind(
        "emergency", EmergencyAccess, _("Zugriffe im Notfall"), _SAFETY, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "case__in"}, fields=("begun_at", "ends_at", "membership", "reason", "seen_at"), texts=("reason",),
    ),
    Kind(
        "cover_version", CoverVersion, _("Fassungen von Anschreiben"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "letter__coaching__case__in"}, part="compartment__person",
        fields=("made_at", "number", "subject", "text", "pages", "author"), given=("subject", "text"),
        texts=("subject", "text"), correctable=("subject", "text"),
    ),
    Kind(
        "cover_letter", CoverLetter, _("Anschreiben zu Bewerbungen"), _TASK, "case", Source.PERSON, Erasure.DELETE,
        via={"case": "coaching__case__in"}, part="compartment__person",
        fields=("created_at", *_COVER, "contact_title", "source", "situation", "tone", "hours", "is_shared"),
        given=_COVER, texts=_COVER, correctable=_COVER,
    ),
    Kind(
        "career_skill", CareerSkill, _("Stärken und Kenntnisse für den Lebenslauf"), _TASK, "case", Source.PERSON,
        Erasure.DELETE, via={"case": "coaching__case__in"}, part="compartment__person",
        fields=("kind", "name", "level", "example", "is_shown"), given=("kind", "name", "level", "example"),
        texts=("name", "example"), correctable=("name", "example"),
    ),
    Kind(
        "career_entry", CareerEntry, _("Stationen des Lebenslaufs"), _TASK, "case", Source.PERSON, Erasure.DELETE,
        via={"case": "coaching__case__in"}, part="compartment__person",
        fields=("starts_on", "ends_on", "years_only", "kind", "title", "place", "tasks", "recognition", "is_shown"),
        given=("starts_on", "ends_on", "kind", "title", "place", "tasks"), texts=("title", "place", "tasks"),
        correctable=("title", "place", "tasks"),
    ),
    Kind(
        "resume", Resume, _("Lebenslauf: wer sich bewirbt"), _TASK, "case", Source.PERSON, Erasure.DELETE,
        via={"case": "coaching__case__in"}, part="compartment__person",
        fields=("created_at", *_APPLICANT, "shows_birth", "design", "colour", "newest_first", "is_shared"),
        given=_APPLICANT, texts=("summary",), correctable=_APPLICANT,
    ),
    Kind(
        "interview", Interview, _("Vorstellungsgespräche"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "application__coaching__case__in"}, part="compartment__person", fields=("starts_at", "note"),
        texts=("note",), correctable=("note",),
    ),
    Kind(
        "placement", Placement, _("Arbeit, die begann"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "coaching__case__in"}, part="compartment__person",
        fields=("starts_on", "employer", "job", "kind", "field", "hours", "is_temporary", "ended_on", "end_reason",
                "kept_3", "kept_3_on", "kept_6", "kept_6_on"),
        given=("starts_on", "employer", "job"), correctable=("employer", "job"), texts=("employer", "job"),
    ),
    Kind(
        "application", Application, _("Bewerbungen"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "coaching__case__in"}, part="compartment__person",
        fields=("sent_on", "employer", "job", "field", "state", "state_on"), given=("sent_on", "employer", "job"),
        correctable=("employer", "job"), texts=("employer", "job"),
    ),
    Kind(
        "coaching", Coaching, _("Weg in Arbeit"), _TASK, "case", Source.PERSON, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("started_on", *_PROFILE, "goal_field", "hours_wanted"),
        given=_PROFILE, texts=_PROFILE, correctable=_PROFILE,
    ),
    Kind(
        "tie", Tie, _("Netzwerkkarte"), _TASK, "case", Source.PERSON, Erasure.DELETE,
        via={"case": "case__in"}, part="compartment__person",
        fields=("created_at", "name", "relation", "sphere", "strength"),
        texts=("name", "relation"), correctable=("name", "relation"),
    ),
    Kind(
        "release_speaker", ReleaseSpeaker, _("Wer sprechen darf"), _DUTY, "case", Source.SYSTEM, Erasure.DELETE,
        via={"person": "release__person__in", "household": "release__person__household__in"}, part="release__person",
        fields=("release", "organisation", "membership"),
    ),
    Kind(
        "release", Release, _("Entbindungen von der Schweigepflicht"), _DUTY, "case", Source.PERSON, Erasure.DELETE,
        via={"person": "person__in", "household": "person__household__in"}, part="person",
        fields=("given_at", *_GIVEN, "to_organisation", "to_outside", "topic"), given=("german",),
    ),
    Kind(
        "consent", Consent, _("Einwilligungen"), _DUTY, "case", Source.PERSON, Erasure.DELETE,
        via={"person": "person__in", "household": "person__household__in"}, part="person",
        fields=("given_at", *_GIVEN, "recipients_outside"), given=("german",),
    ),
    Kind(
        "notice", Notice, _("Ausgehändigte Datenschutzhinweise"), _DUTY, "case", Source.SYSTEM, Erasure.DELETE,
        via={"person": "person__in", "household": "person__household__in"}, part="person",
        fields=("handed_on", "purpose", "language", "text_version", "how"),
    ),
    Kind(
        "name_entry", NameEntry, _("Suchwörter zu Namen, verschlüsselt"), _TASK, "case", Source.SYSTEM, Erasure.DELETE,
        via={"contact": "contact__in", "person": "person__in", "household": "person__household__in"},
    ),
    Kind(
        "own_message", OwnMessage, _("Nachrichten auf Ihrer eigenen Seite"), _TASK, "case", Source.PERSON,
        Erasure.DELETE, via={"case": "case__in"}, part="compartment__person",
        fields=("sent_at", "author", "text", "read_at"),
        given=("text",), texts=("text",), correctable=("text",),
    ),
    Kind(
        "own_session", OwnSession, _("Sitzungen auf Ihrer eigenen Seite"), _SAFETY, "case", Source.SYSTEM,
        Erasure.DELETE, via={"case": "access__case__in", "person": "access__person__in"}, part="access__person",
        fields=("started_at", "seen_at"),
    ),
    Kind(
        "own_access", OwnAccess, _("Code zu Ihrer eigenen Seite"), _TASK, "case", Source.SYSTEM, Erasure.DELETE,
        via={"case": "case__in", "person": "person__in"}, part="person",
        fields=("made_at", "made_by", "ended_at", "last_used_at"),
    ),
    Kind(
        "foreseen", Foreseen, _("Hinweise der Vorausschau"), _CHOICE, "case", Source.SYSTEM, Erasure.DELETE,
        via={"household": "outlook__household__in"},
        fields=("found_at", "month", "benefit", "kind", "content", "state", "reason", "settled_on", "told_on"),
    ),
    Kind(
        "outlook", Outlook, _("Kurze Fassung Ihrer Angaben für die Vorausschau"), _CHOICE, "case", Source.PERSON,
        Erasure.DELETE, via={"household": "household__in"},
        fields=("made_at", "made_by", "based_on", "content", "looked_at"), given=("content",),
    ),
    Kind(
        "record", Record, _("Gespeicherte Berechnungen"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"household": "household__in"}, fields=("kept_at", "on", "law_of", "content", "kept_by"),
    ),
    Kind(
        "part", Compartment, _("Teile der Akte"), _TASK, "case", Source.SYSTEM, Erasure.DELETE,
        via={"case": "case__in"}, part="person",
    ),
    Kind(
        "case", Case, _("Ihr Fall"), _TASK, "case", Source.STAFF, Erasure.DELETE,
        via={"case": "pk__in"},
        fields=(
            "opened_on", "topic", "level", "indication", "programme", "counsellor", "deputy", "organisation", "state",
            "closed_on", "restricted_on",
        ),
        correctable=("opened_on",),
        funder={"topic": "", "enquiry": None},
    ),
    Kind(
        "enquiry", Enquiry, _("Ihre Anfragen"), _TASK, "enquiry", Source.PERSON, Erasure.BLANK,
        via={"contact": "contact__in", "case": "case__in"}, asker=True,
        fields=(
            "created_at", "channel", "topic", "urgency", "district", "locality", "language", "concern", "released",
            "outcome", "programme", "taken_by",
        ),
        given=("topic", "urgency", "district", "locality", "language", "concern", "released"),
        texts=("concern",), correctable=("concern",),
        blank={"concern": "", "released": "", "contact": None},
        funder={"concern": "", "released": "", "contact": None},
    ),
    Kind(
        "person", Person, _("Wer im Haushalt lebt"), _TASK, "case", Source.PERSON, Erasure.DELETE,
        via={"household": "household__in", "person": "pk__in"}, fields=("name", "relation", "birth_year", "left_on"),
        given=("name", "relation", "birth_year"), correctable=("name", "birth_year"), funder={},
    ),
    Kind(
        "household", Household, _("Angaben zum Haushalt"), _HEALTH, "case", Source.PERSON, Erasure.DELETE,
        via={"household": "pk__in"}, fields=("created_at", "facts"), given=("facts",), funder={"facts": ""},
    ),
    Kind(
        "contact", Contact, _("Kontaktdaten"), _TASK, "case", Source.PERSON, Erasure.DELETE,
        via={"contact": "pk__in"},
        fields=(
            "created_at", "name", "phone", "email", "address", "language", "interpreter", "may_call", "may_text",
            "may_voicemail", "may_email", "may_letter", "safe_note", "address_blocked", "restricted_on",
        ),
        given=(
            "name", "phone", "email", "address", "language", "interpreter", "may_call", "may_text", "may_voicemail",
            "may_email", "may_letter", "safe_note",
        ),
        correctable=("name", "phone", "email", "address", "safe_note"),
        texts=("safe_note",),
        funder={"phone": "", "email": "", "address": "", "safe_note": "", "may_call": False, "may_text": False,
                "may_voicemail": False, "may_email": False, "may_letter": False},
    ),
    # What hangs on nobody: it is here so that the list of all data is whole.
    Kind(
        "declaration", SecrecyDeclaration, _("Erklärungen zur Verschwiegenheit beim Dolmetschen"), _SAFETY,
        "interpreter", Source.STAFF, Erasure.KEEP,
    ),
    Kind(
        "interpreter", Interpreter, _("Wer dolmetscht"), _SAFETY, "interpreter", Source.STAFF, Erasure.DELETE,
    ),
    Kind(
        "remark", Remark, _("Rückmeldungen zu Website und Programm, auch gemeldete Barrieren"), _REMARK, "remark",
        Source.PERSON, Erasure.KEEP,
    ),
    Kind(
        "takeaway", Takeaway, _("Antworten zum Mitnehmen"), _TASK, "takeaway", Source.PERSON, Erasure.KEEP,
    ),
    Kind(
        "event", Event, _("Protokoll der Zugriffe"), _SAFETY, "audit", Source.SYSTEM, Erasure.KEEP,
    ),
    Kind(
        "deletion_item", DeletionItem, _("Vorgemerkt zum Löschen"), _DUTY, "case", Source.SYSTEM, Erasure.KEEP,
    ),
    Kind(
        "hold", Hold, _("Aufgeschobene Löschungen"), _DUTY, "case", Source.STAFF, Erasure.KEEP,
    ),
)  # fmt: skip
BY_KEY: Mapping[str, Kind] = {kind.key: kind for kind in KINDS}


def kinds_of_class(key: str) -> list[Kind]:
    """Return the kinds that a class of retention covers."""
    return [kind for kind in KINDS if kind.retention == key]


def ids_about(subject: Subject) -> set[Any]:
    """Return the ids of all rows that somebody may be told of: what events may name."""
    found: set[Any] = set()
    for kind in KINDS:
        found |= set(kind.told(subject).values_list("pk", flat=True))
    return found
