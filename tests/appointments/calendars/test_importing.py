"""A calendar from another program is taken over whole or not at all, and never twice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import make_actor
from tragnetz.appointments.calendars import reading
from tragnetz.appointments.calendars.importing import import_calendar, member_of
from tragnetz.appointments.calendars.reading import UnreadableError, read_calendar
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.models import Booking
from tragnetz.audit.models import Event
from tragnetz.config.cli import main
from tragnetz.network.actors import system
from tragnetz.network.models import Membership

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 1, 6, tzinfo=UTC)
TABLE = "uid;beginn;ende;art\na;19.10.2026 10:00;19.10.2026 11:00;\nb;2026-10-20T10:00+02:00;2026-10-20 11:00;on_site\n"


def ics(*events: str) -> bytes:
    inside = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{inside}END:VCALENDAR\r\n".encode()


def lines(*found: str) -> str:
    return "\r\n".join(found)


def read(content, name="alt.ics", now=NOW):
    return read_calendar(name, content if isinstance(content, bytes) else content.encode(), zone=BERLIN, now=now)


def local(rows) -> list[str]:
    return [row.starts_at.astimezone(BERLIN).strftime("%d.%m. %H:%M") for row in rows]


def test_table_takes_german_and_iso_times_as_local_ones():
    rows = read(TABLE, "alt.csv")

    assert local(rows) == ["19.10. 10:00", "20.10. 10:00"]
    assert [row.kind for row in rows] == ["phone", "on_site"]
    assert rows[0].starts_at == datetime(2026, 10, 19, 8, tzinfo=UTC)


def test_faults_of_a_table_are_named_with_their_line():
    wrong = "beginn,ende,art\nmorgen,20.10.2026 11:00,\n20.10.2026 11:00,20.10.2026 10:00,\n20.10.2026 10:00,20.10.2026 11:00,fax\n"
    with pytest.raises(UnreadableError) as error:
        read(wrong, "alt.csv")

    assert [fault.split(":")[0] for fault in error.value.faults] == ["Zeile 2", "Zeile 3", "Zeile 4"]
    assert "keine Zeit" in error.value.faults[0]


def test_repeated_event_keeps_its_clock_time_for_a_year_with_exceptions():
    weekly = lines(
        "UID:w", "DTSTART;TZID=Europe/Berlin:20261019T100000", "DTEND;TZID=Europe/Berlin:20261019T110000",
        "RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Berlin:20261102T100000",
    )  # fmt: skip
    moved = lines(
        "UID:w", "RECURRENCE-ID;TZID=Europe/Berlin:20261026T100000", "DTSTART;TZID=Europe/Berlin:20261027T140000",
        "DURATION:PT30M",
    )  # fmt: skip
    rows = read(ics(weekly, moved))

    assert local(rows)[:4] == ["19.10. 10:00", "27.10. 14:00", "09.11. 10:00", "16.11. 10:00"]
    assert {row.starts_at.astimezone(BERLIN).strftime("%H:%M") for row in rows} == {"10:00", "14:00"}
    assert {row.ends_at - row.starts_at for row in rows} == {timedelta(hours=1), timedelta(minutes=30)}
    assert max(row.starts_at for row in rows) < NOW + timedelta(days=366)
    assert len(rows) == 49


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=8,9;BYMINUTE=" + ",".join(map(str, range(60))) + ";BYSECOND=" + ",".join(map(str, range(60))),
    ],
)  # fmt: skip
def test_a_rule_that_could_be_counted_out_without_end_is_refused_in_words(rule):
    event = lines("UID:e", "DTSTART;TZID=Europe/Berlin:20261019T100000", "DURATION:PT1H", f"RRULE:{rule}")

    with pytest.raises(UnreadableError, match="Es wiederholt sich"):
        read(ics(event))


def test_many_repeated_events_are_counted_while_they_are_read(monkeypatch):
    daily = lines("DTSTART;TZID=Europe/Berlin:20061019T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY")
    assert len(read(ics(lines("UID:0", daily)))) == 366
    monkeypatch.setattr(reading, "MOST", 700)

    with pytest.raises(UnreadableError, match="mehr als 700 Termine"):
        read(ics(lines("UID:0", daily), lines("UID:1", daily), "DTSTART:nothing"))


@pytest.mark.parametrize("until", ["20261102T090000Z", "20261102T100000", "20261102"])
def test_end_of_a_rule_is_understood_as_programs_write_it(until):
    event = lines(
        "UID:u", "DTSTART;TZID=Europe/Berlin:20261019T100000", "DURATION:PT1H", f"RRULE:FREQ=WEEKLY;UNTIL={until}"
    )

    found = local(read(ics(event)))
    assert found[:2] == ["19.10. 10:00", "26.10. 10:00"]
    assert len(found) == (2 if until == "20261102" else 3)


def test_floating_times_are_local_and_free_or_cancelled_ones_are_left_out():
    floating = lines("UID:f", "DTSTART:20261019T100000", "DTEND:20261019T110000")
    utc = lines("UID:z", "DTSTART:20261020T080000Z", "DTEND:20261020T090000Z")
    free, gone = (
        lines(f"UID:{one}", "DTSTART:20261021T100000", "DURATION:PT1H", one)
        for one in ("TRANSP:TRANSPARENT", "STATUS:CANCELLED")
    )

    assert local(read(ics(floating, utc, free, gone))) == ["19.10. 10:00", "20.10. 10:00"]


def test_whole_days_and_missing_ends_are_named():
    day, endless = lines("UID:d", "DTSTART;VALUE=DATE:20261019"), lines("UID:e", "DTSTART:20261020T100000")
    with pytest.raises(UnreadableError) as error:
        read(ics(day, endless))

    assert error.value.faults == [
        "Termin 1 (19.10.2026): Das ist ein ganzer Tag. Bitte tragen Sie ihn als Abwesenheit ein.",
        "Termin 2 (20.10.2026): Das Ende fehlt.",
    ]


def test_what_is_over_or_far_ahead_is_left_out():
    past, far = (lines(f"UID:{day}", f"DTSTART:{day}T100000", "DURATION:PT1H") for day in ("20260930", "20271101"))

    assert read(ics(past, far)) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.txt", b""), ("x.ics", b"kein Kalender"), ("x.csv", b"a,b\n1,2\n"), ("x.csv", b"\xff\xfe"), ("x.csv", b"")],
)
def test_other_files_are_refused_with_words(name, content):
    with pytest.raises(UnreadableError, match=r"\w+ \w+"):
        read(content, name)


@pytest.fixture
def membership(network):
    return Membership.objects.get(pk=make_actor(network, "alpha", "counsellor").membership_id)


def take(membership, content, name="alt.csv", **kwargs):
    return import_calendar(
        actor=system(membership.network), membership=membership, rows=read(content, name), now=NOW, **kwargs
    )


def test_import_is_written_once(membership):
    first, again = take(membership, TABLE), take(membership, TABLE + "c;21.10.2026 10:00;21.10.2026 11:00;phone\n")

    assert (first.new, first.known, first.written) == (2, 0, True)
    assert (again.new, again.known, again.written) == (1, 2, True)
    assert list(Booking.objects.order_by().values_list("via", "contact", "state").distinct()) == [
        ("import", None, "booked")
    ]
    assert Booking.objects.count() == 3
    assert Event.objects.filter(verb="booking:import").count() == 2


def test_dry_run_writes_nothing(membership):
    report = take(membership, TABLE, dry_run=True)

    assert (report.new, report.written, report.problems) == (2, False, [])
    assert not Booking.objects.exists()


def test_overlaps_are_named_and_then_nothing_is_taken_over(membership):
    take(membership, TABLE)
    crossing = "beginn;ende\n19.10.2026 10:30;19.10.2026 11:30\n22.10.2026 10:00;22.10.2026 12:00\n22.10.2026 11:00;22.10.2026 11:30\n"
    report = take(membership, crossing)

    assert report.problems == [
        "Zeile 4, 22.10.2026 11:00: überschneidet sich mit Zeile 3, 22.10.2026 10:00",
        "Zeile 2, 19.10.2026 10:30: da ist hier schon ein Termin",
    ]
    assert not report.written
    assert Booking.objects.count() == 2


def test_only_the_command_line_takes_calendars_over(membership):
    actor = make_actor(membership.network, "beta", "lead")
    with pytest.raises(NotPossibleError):
        import_calendar(actor=actor, membership=membership, rows=[], now=NOW)


def test_nobody_with_this_address_is_said(membership):
    assert member_of(membership.user.email.upper()) == membership
    with pytest.raises(NotPossibleError, match=r"fremd@example\.org"):
        member_of("fremd@example.org")


def test_command_reports_in_german(membership, tmp_path, capsys):
    day = (datetime.now(BERLIN) + timedelta(days=3)).strftime("%d.%m.%Y")
    file = tmp_path / "alt.csv"
    file.write_text(f"beginn;ende\n{day} 10:00;{day} 11:00\n", encoding="utf-8")
    command = ["appointments", "import", str(file), "--membership", membership.user.email]
    statuses = [main([*command, "--dry-run"]), main(command), main(command)]
    told = capsys.readouterr().out.splitlines()
    file.write_text(f"beginn;ende\n{day} 10:30;{day} 11:30\n", encoding="utf-8")
    statuses.append(main(command))

    assert statuses == [0, 0, 0, 1]
    assert told == [
        "Wäre übernommen: 1 neu, 0 schon da.",
        "Übernommen: 1 neu, 0 schon da.",
        "Übernommen: 0 neu, 1 schon da.",
    ]
    assert "Nichts wurde übernommen" in capsys.readouterr().err
