"""The holidays of North Rhine-Westphalia, as the network of Herne gives them."""

from datetime import date

from tragnetz.network.rules import public_holidays


def NRW(day: date) -> str:  # noqa: N802 -- reads like the name of the state that it is
    return public_holidays("DE", "NW", day.year).get(day, "")
