"""Spans of time: pure. A span is half-open; lists of spans are in order and disjoint. Instants are in UTC."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

type Span = tuple[datetime, datetime]

EARLY = timedelta(hours=1)  # so long before a line opens one may sign on
WORDS_A_SECOND, DIGITS_A_SECOND = 2.2, 2.0  # speaking slowly on a tape; each digit of a number is a word of its own


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, overlapping and touching ones made one."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def overlap(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Return what lies in both."""
    pairs = ((max(a, c), min(b, d)) for a, b in spans for c, d in others)
    return joined((begins, ends) for begins, ends in pairs if begins < ends)


def without(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """Return what is left of spans when others are taken out."""
    return list(_left(joined(spans), joined(taken)))


def _left(spans: Sequence[Span], taken: Sequence[Span]) -> Iterator[Span]:
    for begins, ends in spans:
        at = begins
        for start, end in taken:
            if end <= at or start >= ends:
                continue
            if start > at:
                yield at, start
            at = end
        if at < ends:
            yield at, ends


def covers(spans: Iterable[Span], at: datetime) -> bool:
    """Whether an instant lies in one of the spans."""
    return any(begins <= at < ends for begins, ends in spans)


def closing_after(opened: Iterable[Span], since: datetime) -> datetime | None:
    """Return when a line next closes after an instant: until then somebody who signed on is taken to be there."""
    return next((ends.astimezone(UTC) for _begins, ends in opened if ends > since), None)


def may_sign_on(opened: Iterable[Span], at: datetime) -> bool:
    """Whether the line is open, or opens soon."""
    return any(begins - EARLY <= at < ends for begins, ends in opened)


def spoken_text(text: str, web: str) -> str:
    """Return a message as it is spoken: `{web}` is our address; without one the sentences that name it fall away."""
    if web:
        return text.replace("{web}", web)
    sentences = text.replace("\n", " ").split(". ")
    kept = ". ".join(one for one in sentences if "{web}" not in one).strip()
    return kept if not kept or kept.endswith((".", "!", "?")) else f"{kept}."


def speaking_seconds(text: str) -> int:
    """Return about how long it takes to say a text on an answering machine."""
    digits = sum(sign.isdigit() for sign in text)
    words = sum(any(sign.isalpha() for sign in word) for word in text.split())
    return max(1, round(words / WORDS_A_SECOND + digits / DIGITS_A_SECOND))
