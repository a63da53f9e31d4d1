"""From the answers of a form to a letter of application: pure, but for the wordings, which are data (blocks.yaml)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tragnetz.casework.career.enums import Hours, Situation, Source, Title, Tone

_TOLD = frozenset({Source.JOBCENTER, Source.PEOPLE})
_OWN_OPENING = frozenset({Situation.APPRENTICE, Situation.INTERNSHIP})
EVERYBODY = "Sehr geehrte Damen und Herren,"


@dataclass(frozen=True, slots=True)
class Strength:
    """Something that somebody is good at, and an example in their own words."""

    name: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody did last, or does."""

    title: str
    place: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """All that a letter is made of."""

    job: str
    employer: str
    source: Source
    situation: Situation
    tone: Tone = Tone.PLAIN
    reason: str = ""
    strengths: Sequence[Strength] = field(default=())
    last: Job | None = None
    start: str = ""
    hours: Hours | None = None


@cache
def _blocks() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("blocks.yaml").read_text(encoding="utf-8"))
    return found


def salutation(title: str, name: str) -> str:
    """Return how a letter begins; without a name it is to everybody."""
    if not name.strip():
        return EVERYBODY
    words = {Title.MS: "Sehr geehrte Frau", Title.MR: "Sehr geehrter Herr"}
    said = next((word for key, word in words.items() if key == title), "Guten Tag")
    return f"{said} {name.strip()},"


def subject(answers: Answers) -> str:
    """Return what stands above a letter."""
    kinds = {Situation.APPRENTICE: "apprentice", Situation.INTERNSHIP: "internship"}
    key = kinds.get(answers.situation) or ("own" if answers.source is Source.NONE else "usual")
    return str(_blocks()["subject"][key]).format(job=answers.job)


def compose(answers: Answers) -> str:
    """Return the paragraphs of a letter between salutation and greeting, parted by empty lines."""
    before = " ".join(filter(None, (_experience(answers), _situation(answers))))
    parts = (_opening(answers), sentence(answers.reason), before, _strengths(answers), _ending(answers))
    return "\n\n".join(part for part in parts if part)


def sentence(text: str) -> str:
    """Return a text with a full stop at its end, and a capital letter at its beginning."""
    found = " ".join(text.split())
    if not found:
        return ""
    found = found[0].upper() + found[1:]
    return found if found[-1] in '.!?…“"' else f"{found}."


def _opening(answers: Answers) -> str:
    source = answers.source
    way = "told" if source in _TOLD else source.value if source in {Source.PHONE, Source.NONE} else "found"
    own = f"_{answers.situation}" if answers.situation in _OWN_OPENING else ""
    words = str(_blocks()[f"opening{own}"][way][answers.tone])
    said = str(_blocks()["source"].get(source, ""))
    return words.format(source=said, job=answers.job, employer=answers.employer)


def _experience(answers: Answers) -> str:
    last = answers.last
    if last is None or answers.situation in _OWN_OPENING:
        return ""
    key = ("now" if last.is_current else "last") + ("" if last.place else "_alone")
    return str(_blocks()["experience"][key]).format(title=last.title, place=last.place)


def _situation(answers: Answers) -> str:
    return str(_blocks()["situation"][answers.situation][answers.tone])


def _strengths(answers: Answers) -> str:
    names = [one.name for one in answers.strengths]
    if not names:
        return ""
    words = _blocks()["strengths"]["one" if len(names) == 1 else "many"]
    examples = [sentence(one.example) for one in answers.strengths if one.example.strip()]
    return " ".join([str(words).format(names=in_a_row(names)), *examples])


def in_a_row(names: Sequence[str]) -> str:
    """Return names as one says them: a, b und c."""
    return " und ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _ending(answers: Answers) -> str:
    blocks = _blocks()
    start = str(blocks["start"]["given"]).format(start=answers.start.strip()) if answers.start.strip() else ""
    hours = str(blocks["hours"][answers.hours]) if answers.hours else ""
    key = "ending_internship" if answers.situation is Situation.INTERNSHIP else "ending"
    return " ".join(filter(None, (hours, start, str(blocks[key][answers.tone]))))
