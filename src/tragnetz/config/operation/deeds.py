"""What `tragnetz doctor`, `tragnetz tasks` and `tragnetz staff list|disable|reset` do and print."""

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from tragnetz.config import variables
from tragnetz.config.operation.findings import Finding, Level, error
from tragnetz.config.starting import NO_NETWORK, in_network, start

if TYPE_CHECKING:
    from tragnetz.config.models import TaskRun
    from tragnetz.network.models import Membership, Network

MARKS = {Level.OK: "ok    ", Level.WARN: "warn  ", Level.ERROR: "error "}
UNKNOWN = 1


def doctor(options: argparse.Namespace) -> int:
    """Print what all checks found; returns the highest level. Settings that are wrong are all that is told then."""
    faults = variables.read(os.environ).faults
    found = [error("settings", fault, "docs/operations.md, Configure") for fault in faults]
    found = found or (_sent(options) if options.email or options.sms else _examined())
    worst = max((one.level for one in found), default=Level.OK)
    if options.json:
        print(json.dumps({"level": worst.name.lower(), "findings": [_as_json(one) for one in found]}, indent=2))
    else:
        for one in found:
            print(_line(one))
        counts = [sum(one.level == level for one in found) for level in Level]
        print(f"\n{counts[0]} in Ordnung, {counts[1]} Warnungen, {counts[2]} Fehler")
    return int(worst)


def _examined() -> list[Finding]:
    start()
    from tragnetz.config.operation.doctor import examine  # noqa: PLC0415 -- needs Django

    return examine()


def _sent(options: argparse.Namespace) -> list[Finding]:
    start()
    from tragnetz.config.operation.trying import sent_to  # noqa: PLC0415 -- needs Django

    return list(sent_to(options.email, options.sms))


def _line(one: Finding) -> str:
    place = f" [{one.place}]" if one.place else ""
    advice = f"\n      → {one.advice}" if one.advice else ""
    return f"{MARKS[one.level]}{one.text}{place}{advice}"


def _as_json(one: Finding) -> dict[str, str]:
    return {
        "check": one.check, "level": one.level.name.lower(), "text": one.text, "advice": one.advice, "place": one.place,
    }  # fmt: skip


def list_tasks(_options: argparse.Namespace) -> int:
    """Print each task with its last run; returns 1 when one fails or the worker never ran."""
    start()
    from tragnetz.config.operation.readings import task_runs  # noqa: PLC0415 -- needs Django
    from tragnetz.config.tasks import TOLD  # noqa: PLC0415 -- as above
    from tragnetz.network.queries import in_each_network  # noqa: PLC0415 -- as above

    def is_well(network: "Network") -> bool:
        runs = {run.name: run for run in task_runs()}
        print(f"{network.key}:")
        for name, told in TOLD.items():
            run = runs.get(name)
            when = f"{run.ran_at.astimezone(network.zone):%d.%m. %H:%M:%S}  {run.seconds:7.2f} s" if run else "noch nie"
            failed = f"  MISSLINGT {run.failures}x: {run.error}" if run and run.failures else ""
            print(f"  {name:<18}{when:<28}{told}{failed}")
        return bool(runs) and not any(runs[name].failures for name in TOLD if name in runs)

    return 0 if all(in_each_network(is_well)) else 1


def run_task(options: argparse.Namespace) -> int:
    """Do one task now, in one network or all; returns 1 when it is not known or fails."""
    start()
    from tragnetz.config.tasks import BY_NAME  # noqa: PLC0415 -- needs Django
    from tragnetz.config.work import Rounds, keep  # noqa: PLC0415 -- as above
    from tragnetz.network.queries import in_each_network  # noqa: PLC0415 -- as above

    if options.name not in BY_NAME:
        print(f"Das gibt es nicht: {options.name}. Es gibt: {', '.join(BY_NAME)}", file=sys.stderr)
        return UNKNOWN
    task, rounds = BY_NAME[options.name], Rounds()

    def is_done(network: "Network") -> bool:
        runs: list[TaskRun] = []
        done = rounds.run(network, task, runs)
        keep(runs)
        if not runs:
            print(f"{network.key}: nicht in einer Vorführung")
        for run in runs:
            print(f"{network.key}: {'getan' if done else f'misslungen ({run.error})'}, {run.seconds:.2f} s")
        return done

    done = in_each_network(is_done, key=options.network, standing_still=False)
    if not done:
        print(f"{NO_NETWORK}\nEines, das still steht, hat keine Aufgaben.", file=sys.stderr)
    return 0 if done and all(done) else UNKNOWN


def list_staff(options: argparse.Namespace) -> int:
    """Print who has access."""
    with in_network(options.network) as network:
        if network is None:
            return UNKNOWN
        from tragnetz.network.models import Membership  # noqa: PLC0415 -- needs Django
        from tragnetz.staff.queries import has_second_factor  # noqa: PLC0415 -- as above

        rows = Membership.objects.select_related("user", "organisation").order_by("organisation__key", "user__email")
        for row in rows:
            seen = row.user.last_login
            facts = [
                f"zuletzt {seen.astimezone(network.zone):%d.%m.%Y}" if seen else "noch nie da",
                "zweiter Faktor" if has_second_factor(row.user) else "OHNE zweiten Faktor",
            ]
            if row.ended_on or not row.user.is_active:
                facts = [f"beendet am {row.ended_on:%d.%m.%Y}" if row.ended_on else "gesperrt"]
            elif row.last_day:
                facts.append(f"bis {row.last_day:%d.%m.%Y}")
            print(f"{row.organisation.key:<16}{row.user.email:<40}{','.join(row.roles):<24}{', '.join(facts)}")
    return 0


def _member(email: str) -> "Membership | None":
    """Return who has this address and access in the network in scope; says so when nobody has."""
    from tragnetz.network.models import Membership  # noqa: PLC0415 -- needs Django

    rows = Membership.objects.select_related("user", "organisation")
    found = rows.filter(user__email=email.strip().lower(), ended_on=None).first()
    if found is None:
        print("Niemand mit dieser Adresse hat hier einen Zugang: tragnetz staff list", file=sys.stderr)
    return found


def disable_staff(options: argparse.Namespace) -> int:
    """End somebody's access at once."""
    with in_network(options.network) as network:
        found = _member(options.email) if network is not None else None
        if network is None or found is None:
            return UNKNOWN
        from tragnetz.casework.keys import take_back  # noqa: PLC0415 -- needs Django
        from tragnetz.core.clock import now  # noqa: PLC0415 -- as above
        from tragnetz.network.actors import system  # noqa: PLC0415 -- as above
        from tragnetz.staff.commands import end_by_operator  # noqa: PLC0415 -- as above

        take_back(end_by_operator(actor=system(network), membership=found, now=now()))
        print(f"Der Zugang von {found.user.email} ist beendet, alle Sitzungen auch. Zurück: tragnetz staff invite")
    return 0


def reset_staff(options: argparse.Namespace) -> int:
    """Remove somebody's second factors, and print a link to a new password if asked to."""
    with in_network(options.network) as network:
        found = _member(options.email) if network is not None else None
        if network is None or found is None:
            return UNKNOWN
        from tragnetz.network.actors import system  # noqa: PLC0415 -- needs Django
        from tragnetz.staff.commands import reset_by_operator  # noqa: PLC0415 -- as above

        taken = reset_by_operator(actor=system(network), membership=found)
        told = "Die Person hat eine E-Mail darüber." if taken.told else "Die E-Mail darüber ging nicht hinaus."
        print(f"Entfernt: {taken.factors} zweite Faktoren, alle Sitzungen sind beendet. {told}")
        print("Beim Anmelden wird ein neuer eingerichtet.")
        if options.password:
            print("Der Link gilt eine Stunde. Geben Sie ihn nur dieser Person:")
            print(_password_link(found))
    return 0


def _password_link(membership: "Membership") -> str:
    from allauth.account.forms import default_token_generator  # noqa: PLC0415 -- needs Django
    from allauth.account.utils import user_pk_to_url_str  # noqa: PLC0415 -- as above
    from django.conf import settings  # noqa: PLC0415 -- as above
    from django.urls import reverse  # noqa: PLC0415 -- as above

    user = membership.user
    words = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    return f"{settings.TRAGNETZ_PUBLIC_URL}{reverse('account_reset_password_from_key', args=words)}"
