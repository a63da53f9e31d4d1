"""What happens to restored data before anybody sees them: each step returns a line for whoever restores.

Whoever adds a floor that must forget again what was deleted since the back-up adds a step here.
"""

from collections.abc import Callable, Iterator

from django.core.management import call_command

from tragnetz.audit.commands import chain_events, record
from tragnetz.audit.verify import verify_chain
from tragnetz.config.backup.contents import About
from tragnetz.core.clock import today
from tragnetz.messaging.enums import State
from tragnetz.messaging.models import Message
from tragnetz.network.actors import system
from tragnetz.network.models import Network
from tragnetz.network.queries import in_each_network
from tragnetz.privacy.erasing import journal_file, read_journal, replay
from tragnetz.staff.models import Session


def bring_up_to_date() -> str:
    """Run the migrations that came after the back-up."""
    call_command("migrate", verbosity=0)
    return "The database is as this version needs it."


def erase_again() -> str:
    """Erase again what was erased since the back-up, by the journal that lies on this machine."""
    erased = sum(in_each_network(_erased_again))
    return f"{erased} records erased again; a journal kept elsewhere: tragnetz privacy replay --journal FILE"


def _erased_again(network: Network) -> int:
    file = journal_file(network)
    if not file.exists():
        return 0
    return sum(replay(network=network, lines=read_journal(file), day=today(network.zone)).values())


def end_sessions() -> str:
    """Log everybody out: a session that was ended since the back-up must not live again."""
    ended, _ = Session.objects.all().delete()
    return f"{ended} sessions ended: everybody logs in again."


def prove_trail() -> str:
    """Say whether the audit trail holds."""
    broken = sum(in_each_network(lambda network: sum(1 for _fault in verify_chain(network))))
    return (
        f"The audit trail is BROKEN in {broken} places: tragnetz audit verify" if broken else "The audit trail holds."
    )


def count_waiting_messages() -> str:
    """Say how many messages the worker would send: some may have left after the back-up was made."""
    waiting = sum(in_each_network(_waiting))
    return f"{waiting} messages wait; those due since the back-up may have left already. Look before `tragnetz work`."


def _waiting(_network: Network) -> int:
    return Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).count()


STEPS: tuple[Callable[[], str], ...] = (
    bring_up_to_date,
    erase_again,
    end_sessions,
    prove_trail,
    count_waiting_messages,
)


def after_restore(about: About) -> Iterator[str]:
    """Take the steps and write into each network's audit trail that it was restored, and to which time."""
    for step in STEPS:
        yield step()
    in_each_network(lambda network: _tell(network, "backup:restored", made_at=about.made_at.isoformat()))
    in_each_network(chain_events)


def tell_proof(about: About) -> None:
    """Write into the trail of each network that a back-up holds, if it is in it."""
    for key in about.networks:
        in_each_network(lambda network: _tell(network, "backup:verified", made_at=about.made_at.isoformat()), key=key)


def tell_trail(*, rows: int, files: int) -> None:
    """Write into each network's audit trail that everything was copied, with counts."""
    in_each_network(lambda network: _tell(network, "backup:written", rows=rows, files=files))


def _tell(network: Network, verb: str, **details: str | int) -> None:
    record(system(network), verb, network, **details)
