"""What happens to a directory: some reports of visitors, some searches that found nothing. All invented."""

from datetime import date, timedelta

from tragnetz.core.clock import now
from tragnetz.directory.models import Report, ReportKind, SearchGap, Service
from tragnetz.directory.truth.reports import take_report
from tragnetz.network.actors import resident
from tragnetz.network.models import Network
from tragnetz.staff.enums import RemarkKind
from tragnetz.staff.remarks.commands import Said, tell_remark

_REPORTS = (
    ("wohngeld", ReportKind.WORDS, "Was ist ein Lastenzuschuss?", "de"),
    ("integrationskurs", ReportKind.WORDS, "Türkçe metni anlamadım.", "tr"),
    ("gemeinsame-beratung", ReportKind.OTHER, "Kann ich meine kleine Tochter mitbringen?", "de"),
)
_REMARKS = (
    (RemarkKind.BARRIER, "Stark vergrößert finde ich den Stadtplan schwer.", "Stadtplan", "portal:map"),
    (RemarkKind.TRANSLATION, "„Bewilligung“ ist im Türkischen anders gemeint.", "", "portal:offers"),
    (RemarkKind.REMARK, "Ich habe den Code verlegt und wusste nicht, wie ich absagen kann.", "", "portal:my_booking"),
)
_GAPS = (
    ("fahrrad reparieren", "de", 7),
    ("schwimmkurs kind", "de", 6),
    ("umzug helfer", "de", 5),
    ("tierarzt billig", "de", 4),
    ("çocuk bakıcısı", "tr", 3),
    ("велосипед", "uk", 3),
)


def load_reports(network: Network, today: date) -> None:
    """Make them, once."""
    if Report.objects.exists() or SearchGap.objects.exists():
        return
    for about, words, page, route in _REMARKS:
        said = Said(about, words, page=page, route=route)
        tell_remark(actor=resident(network), said=said, language="de", now=now() - timedelta(days=2))
    by_key = {row.key: row for row in Service.objects.filter(key__in=[key for key, *_rest in _REPORTS])}
    for days, (key, kind, text, language) in enumerate(_REPORTS, start=1):
        if key in by_key:
            take_report(
                service=by_key[key], kind=kind, text=text, language=language, now=now() - timedelta(days=3 * days)
            )
    SearchGap.objects.bulk_create(
        SearchGap(
            network=network, words=words, language=language, times=times,
            first_on=today - timedelta(days=9 * times), last_on=today - timedelta(days=times),
        )
        for words, language, times in _GAPS
    )  # fmt: skip
