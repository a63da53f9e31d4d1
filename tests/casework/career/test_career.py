"""CV and letters are written within a case, by those who see it; each design is an accessible PDF."""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from docx import Document
from pypdf import PdfReader

from tests.casework.test_finding import case_of
from tests.factories import make_actor
from tragnetz.audit.models import Event
from tragnetz.casework.career import commands, letters
from tragnetz.casework.career.docx import letter_docx, resume_docx
from tragnetz.casework.career.enums import Colour, Design, EntryKind, Situation, SkillKind, Source, Tone
from tragnetz.casework.career.errors import CareerError
from tragnetz.casework.career.models import CareerEntry, CareerSkill, CoverLetter, CoverVersion
from tragnetz.casework.career.paper import folder_pdf, letter_content, letter_pdf, resume_content, resume_pdf
from tragnetz.casework.career.queries import entry_of, last_job, letter_of, papers_of, resume_of, skill_of
from tragnetz.casework.coaching.commands import start_coaching
from tragnetz.casework.coaching.errors import CoachingError
from tragnetz.casework.coaching.models import Application
from tragnetz.casework.errors import CaseworkError
from tragnetz.clients.commands import set_household
from tragnetz.core.clock import today
from tragnetz.core.ids import new_id

SECRET = "Zitronenfalterin"


@pytest.fixture
def day(network):
    return today(network.zone)


@pytest.fixture
def coaching(ada, day):
    case = case_of(ada, "Anna Müller")
    return start_coaching(actor=ada, case=case, person=case.household.people.first(), today=day)


def add(actor, coaching, title=SECRET, **given):
    stretch = commands.Stretch(**{"kind": EntryKind.JOB, "title": title, "starts_on": date(2019, 3, 1), **given})
    return commands.add_entry(actor=actor, coaching=coaching, stretch=stretch, request_key=new_id().hex)


def able(actor, coaching, name="Geduld", **given):
    ability = commands.Ability(**{"kind": SkillKind.STRENGTH, "name": name, "example": "Ich bleibe ruhig", **given})
    return commands.add_skill(actor=actor, coaching=coaching, ability=ability, request_key=new_id().hex)


def begin(actor, coaching, **given):
    details = letters.LetterDetails(
        **{
            "employer": "Bäckerei Korn",
            "job": "Verkäuferin",
            "source": Source.WEBSITE,
            "situation": Situation.FAMILY,
            **given,
        }
    )
    return letters.begin_letter(actor=actor, coaching=coaching, details=details, request_key=new_id().hex)


def told(coaching, actor):
    applicant = commands.Applicant("Anna Müller", "Bahnhofstraße 1\n44623 Herne", "0170 1", "a@b.example", "1.1.1990")
    commands.write_applicant(actor=actor, coaching=coaching, applicant=applicant)


def text_of(pdf):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_what_was_told_is_sealed(ada, coaching):
    add(ada, coaching, place=SECRET, tasks=SECRET)
    able(ada, coaching, SECRET, example=SECRET)
    begin(ada, coaching, employer=SECRET, job=SECRET, reason=SECRET)
    told(coaching, ada)

    assert CareerEntry.objects.get().title == SECRET
    for model in (CareerEntry, CareerSkill, CoverLetter, CoverVersion):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t")
            kept = "".join(row[0] for row in cursor.fetchall()).encode()
        assert SECRET.encode() not in kept
        assert SECRET.encode().hex().encode() not in kept
    assert SECRET not in str(list(Event.objects.values_list("details", flat=True)))


def test_a_stretch_is_added_once_and_changed(ada, coaching):
    stretch = commands.Stretch(EntryKind.JOB, "Verkäuferin", date(2019, 3, 1))
    first = commands.add_entry(actor=ada, coaching=coaching, stretch=stretch, request_key="k" * 32)
    assert commands.add_entry(actor=ada, coaching=coaching, stretch=stretch, request_key="k" * 32) == first

    commands.change_entry(
        actor=ada,
        entry=first,
        stretch=commands.Stretch(EntryKind.JOB, "Kassiererin", date(2019, 3, 1), date(2020, 1, 1)),
    )
    assert CareerEntry.objects.get().title == "Kassiererin"
    commands.drop_entry(actor=ada, entry=first)
    assert CareerEntry.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": date(2018, 1, 1)}, {"starts_on": date(1900, 1, 1)}, {"title": " "},
        {"recognition": "full"},  # nobody recognises a job
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(ada, coaching, wrong):
    with pytest.raises(CaseworkError):
        add(ada, coaching, **wrong)


def test_the_database_knows_months_and_order(ada, coaching):
    entry = add(ada, coaching)
    for wrong in ({"starts_on": date(2019, 3, 2)}, {"ends_on": date(2018, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CareerEntry.objects.filter(pk=entry.pk).update(**wrong)


def test_a_level_fits_its_kind(ada, coaching):
    able(ada, coaching, "Türkisch", kind=SkillKind.LANGUAGE, level="b2")
    with pytest.raises(CareerError):
        able(ada, coaching, "Excel", kind=SkillKind.IT, level="b2")


def test_who_applies_begins_with_what_the_case_knows(coaching):
    assert resume_of(coaching).name == "Anna Müller"


def test_what_is_hidden_is_a_gap_and_not_in_print(ada, coaching, day):
    add(ada, coaching, "Kassiererin", ends_on=date(2021, 12, 1))
    hidden = add(ada, coaching, "Geheimdienst", starts_on=date(2022, 1, 1))
    assert papers_of(coaching, day).gaps == []

    look = commands.Look(Design.SIMPLE, Colour.BLUE, hidden=frozenset({str(hidden.pk)}))
    commands.design_resume(actor=ada, coaching=coaching, look=look)

    assert [gap.first for gap in papers_of(coaching, day).gaps] == [date(2022, 1, 1)]
    printed = text_of(resume_pdf(coaching))
    assert "Kassiererin" in printed
    assert "Geheimdienst" not in printed


def test_the_birthday_is_printed_only_on_wish(ada, coaching):
    told(coaching, ada)
    add(ada, coaching)
    assert "1.1.1990" not in text_of(resume_pdf(coaching))

    commands.design_resume(
        actor=ada, coaching=coaching, look=commands.Look(Design.CLASSIC, Colour.WINE, shows_birth=True)
    )

    assert "1.1.1990" in text_of(resume_pdf(coaching))


@pytest.mark.parametrize("design", Design)
def test_each_design_is_accessible(ada, coaching, design):
    told(coaching, ada)
    add(ada, coaching, "Verkäuferin", place="Bäckerei Korn", tasks="- Kasse\n- Beratung")
    add(
        ada,
        coaching,
        "Abitur",
        kind=EntryKind.SCHOOL,
        years_only=True,
        starts_on=date(2001, 1, 1),
        ends_on=date(2009, 12, 1),
        recognition="partial",
    )
    able(ada, coaching)
    able(ada, coaching, "Deutsch", kind=SkillKind.LANGUAGE, level="b2", example="")
    commands.design_resume(actor=ada, coaching=coaching, look=commands.Look(design, Colour.PETROL))

    made = resume_pdf(coaching)

    root = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("de")
    assert PdfReader(io.BytesIO(made)).metadata.title == "Lebenslauf Anna Müller"
    printed = text_of(made)
    for words in ("Anna Müller", "Verkäuferin", "seit 03/2019", "2001 – 2009", "teilweise anerkannt", "B2", "Geduld"):
        assert words in printed


def test_a_cv_without_anything_still_prints(coaching):
    assert "Anna Müller" in text_of(resume_pdf(coaching))


def test_a_letter_is_composed_reworded_and_taken_back(ada, coaching):
    add(ada, coaching, "Kassiererin", place="Markt")
    able(ada, coaching)
    letter = begin(ada, coaching, strengths=["Geduld"], tone=Tone.WARM, contact_title="ms", contact_name="Kranz")
    first = letter.versions.get()
    assert "Zurzeit arbeite ich als Kassiererin (Markt)." in first.text
    assert "Meine Stärke: Geduld. Ich bleibe ruhig." in first.text

    letters.write_version(actor=ada, letter=letter, subject="Bewerbung", text="ich kann das.")
    letters.write_version(actor=ada, letter=letter, subject="Bewerbung", text="ich kann das.\r\n")
    letters.write_version(actor=ada, letter=letter, subject=first.subject, text=first.text)

    assert [row.number for row in letter.versions.all()] == [3, 2, 1]
    assert letter.versions.all()[0].text == first.text


def test_answers_change_without_the_wording_unless_asked(ada, coaching):
    letter = begin(ada, coaching)
    details = letters.LetterDetails("Café Korn", "Köchin", Source.PHONE, Situation.CHANGE)

    letters.change_letter(actor=ada, letter=letter, details=details, recompose=False)
    assert letter.versions.count() == 1
    letters.change_letter(actor=ada, letter=letter, details=details, recompose=True)
    assert "Köchin" in letter.versions.all()[0].text


def test_a_long_letter_counts_its_pages(ada, coaching):
    letter = begin(ada, coaching)
    assert letter.versions.get().pages == 1

    assert letters.write_version(actor=ada, letter=letter, subject="Lang", text="Ein Satz.\n\n" * 35).pages == 2
    with pytest.raises(CareerError):
        letters.write_version(actor=ada, letter=letter, subject="Lang", text="x" * 7_000)


def test_a_letter_and_a_folder_are_accessible(ada, coaching, network):
    told(coaching, ada)
    add(ada, coaching, "Verkäuferin")
    letter = letter_of(
        ada,
        begin(
            ada,
            coaching,
            contact_title="mr",
            contact_name="Kranz",
            address="Brunnenplatz 3\n44623 Herne",
            enclosures="Lebenslauf",
        ).pk,
    )

    made, folder = letter_pdf(letter, network), folder_pdf(letter, network)

    printed = text_of(made)
    for words in (
        "Herrn Kranz",
        "Brunnenplatz 3",
        "Sehr geehrter Herr Kranz,",
        "Bewerbung als Verkäuferin",
        "Herne, ",
        "Lebenslauf",
    ):
        assert words in printed
    found = PdfReader(io.BytesIO(folder))
    assert (len(found.pages), found.metadata.title) == (2, "Bewerbung Anna Müller")
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_files_for_a_word_processor_open_again(ada, coaching, network):
    told(coaching, ada)
    add(ada, coaching, "Verkäuferin", place="Korn", tasks="Kasse")
    able(ada, coaching)
    letter = letter_of(ada, begin(ada, coaching).pk)

    resume = Document(io.BytesIO(resume_docx(resume_content(coaching))))
    cover = Document(io.BytesIO(letter_docx(letter_content(letter, network))))

    assert [row.text for row in resume.paragraphs if row.style.name == "Heading 1"] == ["Anna Müller"]
    assert "seit 03/2019\tVerkäuferin\nKorn\n– Kasse" in [row.text for row in resume.paragraphs]
    assert (resume.core_properties.title, resume.core_properties.language) == ("Lebenslauf Anna Müller", "de-DE")
    assert "Mit freundlichen Grüßen" in [row.text for row in cover.paragraphs]


def test_a_letter_becomes_an_application_once(ada, coaching, day):
    letter = begin(ada, coaching)

    made = letters.note_as_application(actor=ada, letter=letter, sent_on=day, today=day)

    assert letters.note_as_application(actor=ada, letter=letter, sent_on=day, today=day) == made
    assert (Application.objects.get().employer, Application.objects.get().letter) == ("Bäckerei Korn", letter)
    with pytest.raises(CareerError):
        letters.drop_letter(actor=ada, letter=letter)


def test_nothing_is_noted_when_the_day_cannot_be(ada, coaching, day):
    letter = begin(ada, coaching)
    with pytest.raises(CoachingError):
        letters.note_as_application(actor=ada, letter=letter, sent_on=day + timedelta(days=1), today=day)

    assert Application.objects.count() == 0
    letters.drop_letter(actor=ada, letter=letter)
    assert CoverVersion.objects.count() == 0


def test_others_see_and_write_nothing(network, ada, coaching):
    entry, skill, letter = add(ada, coaching), able(ada, coaching), begin(ada, coaching)
    assert entry_of(ada, entry.pk) == entry
    other = make_actor(network, "beta", "counsellor", "lead")

    assert (entry_of(other, entry.pk), skill_of(other, skill.pk), letter_of(other, letter.pk)) == (None, None, None)
    for write in (
        lambda: add(other, coaching), lambda: able(other, coaching), lambda: begin(other, coaching),
        lambda: told(coaching, other), lambda: commands.drop_entry(actor=other, entry=entry),
        lambda: letters.share_letter(actor=other, letter=letter, shared=True),
        lambda: commands.share_resume(actor=other, coaching=coaching, shared=True),
    ):  # fmt: skip
        with pytest.raises(CaseworkError):
            write()


def test_papers_of_nobody_in_particular_are_not_shared(ada, coaching):
    letter = begin(ada, coaching)
    commands.share_resume(actor=ada, coaching=coaching, shared=True)
    set_household(actor=ada, household=coaching.case.household, people=[])
    coaching.refresh_from_db()
    letter.refresh_from_db()

    with pytest.raises(CareerError):
        commands.share_resume(actor=ada, coaching=coaching, shared=True)
    with pytest.raises(CareerError):
        letters.share_letter(actor=ada, letter=letter, shared=True)
    assert not commands.share_resume(actor=ada, coaching=coaching, shared=False).is_shared


def test_a_blocked_address_is_not_taken_over(coaching):
    contact = coaching.case.contact
    contact.address = "Weg 1"
    assert resume_of(coaching).address == "Weg 1"
    contact.address_blocked = True

    assert resume_of(coaching).address == ""


def test_the_last_job_is_the_one_that_goes_on(ada, coaching):
    add(ada, coaching, "Kurz", starts_on=date(2024, 1, 1), ends_on=date(2024, 6, 1))
    assert last_job(coaching).title == "Kurz"
    add(ada, coaching, "Dauer", starts_on=date(2010, 1, 1))

    assert (last_job(coaching).title, last_job(coaching).is_current) == ("Dauer", True)


def test_each_deed_leaves_one_event(ada, coaching, day):
    before = Event.objects.count()
    letter = begin(ada, coaching)
    commands.share_resume(actor=ada, coaching=coaching, shared=True)
    letters.note_as_application(actor=ada, letter=letter, sent_on=day, today=day)

    verbs = list(Event.objects.order_by("at").values_list("verb", flat=True))[before:]
    assert verbs == ["career:letter", "career:share", "application:add"]
