"""CV, letter and both together as PDF: from rows to the data of the template `career`."""

import io
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from pypdf import PdfReader

from tragnetz.casework.career.composing import salutation
from tragnetz.casework.career.enums import Colour, EntryKind, SkillKind
from tragnetz.casework.career.models import CareerEntry, CareerSkill, CoverLetter, CoverVersion, Resume
from tragnetz.casework.career.queries import entries_of, latest_of, resume_of, skills_of
from tragnetz.casework.career.rules import SECTIONS, lines, span_words
from tragnetz.casework.coaching.models import Coaching
from tragnetz.core.clock import today
from tragnetz.network.models import Network
from tragnetz.printing.pdf import render_pdf, render_pictures

COLOURS = {Colour.PETROL: "#0f5b57", Colour.BLUE: "#1d4a7a", Colour.WINE: "#7a1f3d", Colour.GRAPHITE: "#3a3f45"}
GREETING = "Mit freundlichen Grüßen"
# The order in a CV: what an employer looks for first.
_SKILLS = (SkillKind.LANGUAGE, SkillKind.IT, SkillKind.LICENCE, SkillKind.STRENGTH, SkillKind.INTEREST)
_TITLES = {
    EntryKind.MINIJOB: "Minijob", EntryKind.SELF_EMPLOYED: "selbstständig", EntryKind.INTERNSHIP: "Praktikum",
}  # fmt: skip

type Data = dict[str, object]


def resume_data(resume: Resume, entries: Sequence[CareerEntry], skills: Sequence[CareerSkill]) -> Data:
    """Return what a CV shows, in words, part by part; what was left out is not in it."""
    return {
        "name": resume.name, "address": lines(resume.address), "phone": resume.phone, "email": resume.email,
        "birth": resume.birth if resume.shows_birth else "", "permit": resume.permit, "summary": resume.summary,
        "design": resume.design, "colour": COLOURS[Colour(resume.colour)],
        "sections": [
            {"title": title, "entries": [_entry(row) for row in rows]}
            for title, kinds in SECTIONS
            if (rows := _in_order([one for one in entries if one.kind in kinds], newest_first=resume.newest_first))
        ],
        "skills": [
            {"title": str(kind.label), "items": [_skill(row) for row in found]}
            for kind in _SKILLS
            if (found := [one for one in skills if one.kind == kind and one.is_shown])
        ],
    }  # fmt: skip


def _in_order(rows: Sequence[CareerEntry], *, newest_first: bool) -> list[CareerEntry]:
    shown = [row for row in rows if row.is_shown]
    if not newest_first:
        return sorted(shown, key=lambda row: (row.starts_on, row.pk))
    return sorted(shown, key=lambda row: (row.ends_on is None, row.ends_on or row.starts_on, row.pk), reverse=True)


def _entry(row: CareerEntry) -> Data:
    more = [_TITLES.get(EntryKind(row.kind), ""), row.get_recognition_display() if row.recognition else ""]
    if any(word and word.lower() in row.title.lower() for word in more[:1]):
        more[0] = ""
    return {
        "span": span_words(row.starts_on, row.ends_on, years_only=row.years_only), "title": row.title,
        "place": row.place, "more": ", ".join(filter(None, more)), "tasks": lines(row.tasks),
    }  # fmt: skip


def _skill(row: CareerSkill) -> Data:
    level = ""
    if row.level:
        word = str(row.get_level_display())
        level = word.partition(" ")[0] if row.kind == SkillKind.LANGUAGE else word  # B2, without the words for us
    return {"name": row.name, "level": level, "example": row.example if row.kind == SkillKind.STRENGTH else ""}


def letter_data(letter: CoverLetter, version: CoverVersion, resume: Resume, on: date) -> Data:
    """Return what a letter shows, in words."""
    home = lines(resume.address)
    town = home[-1].lstrip("0123456789- ") if home else ""
    day = format_date(on, "d. MMMM y", locale="de")
    return {
        "sender": {"name": resume.name, "address": home, "phone": resume.phone, "email": resume.email},
        "receiver": [letter.employer, *_receiver(letter), *lines(letter.address)],
        "date": f"{town}, {day}" if town else day, "subject": version.subject,
        "salutation": salutation(letter.contact_title, letter.contact_name), "body": paragraphs(version.text),
        "greeting": GREETING, "enclosures": lines(letter.enclosures), "colour": COLOURS[Colour(resume.colour)],
    }  # fmt: skip


def _receiver(letter: CoverLetter) -> list[str]:
    name = letter.contact_name.strip()
    title = {"ms": "Frau ", "mr": "Herrn "}.get(letter.contact_title, "")
    return [f"{title}{name}"] if name else []


def paragraphs(text: str) -> list[list[str]]:
    """Return the paragraphs of a text, each with its lines."""
    return [lines_of for part in text.split("\n\n") if (lines_of := [row for row in part.split("\n") if row.strip()])]


def resume_pdf(coaching: Coaching) -> bytes:
    """Return the CV as an accessible PDF."""
    return _render(coaching, resume=resume_content(coaching))


def letter_pdf(letter: CoverLetter, network: Network) -> bytes:
    """Return a letter as an accessible PDF, in the wording that counts, with the date of its sending or of today."""
    return _render(letter.coaching, letter=letter_content(letter, network))


def folder_pdf(letter: CoverLetter, network: Network) -> bytes:
    """Return letter and CV in one PDF: made in one go, so that it is one accessible document."""
    return _render(letter.coaching, letter=letter_content(letter, network), resume=resume_content(letter.coaching))


def pages_of(letter: CoverLetter, version: CoverVersion, network: Network) -> int:
    """Return how many pages a wording takes in print."""
    made = _render(letter.coaching, letter=_letter(letter, version, network))
    return len(PdfReader(io.BytesIO(made)).pages)


def resume_pictures(resume: Resume, entries: Sequence[CareerEntry], skills: Sequence[CareerSkill]) -> list[bytes]:
    """Return the pages of a CV as pictures, to look at."""
    data = {"title": "", "author": "", "letter": None, "resume": resume_data(resume, entries, skills)}
    return render_pictures("career", data, language="de")


def resume_content(coaching: Coaching) -> Data:
    """Return what the CV of a coaching shows, in words."""
    return resume_data(resume_of(coaching), entries_of(coaching), skills_of(coaching))


def letter_content(letter: CoverLetter, network: Network) -> Data:
    """Return what a letter shows, in the wording that counts."""
    return _letter(letter, latest_of(letter), network)


def _letter(letter: CoverLetter, version: CoverVersion, network: Network) -> Data:
    on = letter.application.sent_on if letter.application is not None else today(network.zone)
    return letter_data(letter, version, resume_of(letter.coaching), on)


def _render(coaching: Coaching, *, letter: Data | None = None, resume: Data | None = None) -> bytes:
    what = "Bewerbung" if letter and resume else "Anschreiben" if letter else "Lebenslauf"
    name = str(resume["name"]) if resume else str(resume_of(coaching).name)
    data = {"title": f"{what} {name}".strip(), "author": name, "letter": letter, "resume": resume}
    return render_pdf("career", data, language="de")
