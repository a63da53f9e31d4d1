"""What a process keeps of a network's directory until its edition changes.

People look for the same things again and again. What a search read is kept here, and is gone with the next change,
whoever made it.
"""

import uuid
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Any

from tragnetz.directory.edition import State, edition
from tragnetz.network.scope import current_network_id


class Shelf[KeyT: Hashable, ValueT]:
    """A sort of things to keep, `most` of them for a network: what was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self.most = most


class Kept:
    """What was read of a directory at one edition. Values are shared by all threads: nobody changes them."""

    def __init__(self, of: State) -> None:
        self.edition = of
        self._shelves: dict[Any, OrderedDict[Any, Any]] = {}
        self._lock = Lock()

    def get[KeyT: Hashable, ValueT](self, shelf: Shelf[KeyT, ValueT], key: KeyT, read: Callable[[], ValueT]) -> ValueT:
        """Return what is kept under a key, read now if it is not yet."""
        return self.many(shelf, [key], lambda _missing: {key: read()})[key]

    def many[KeyT: Hashable, ValueT](
        self, shelf: Shelf[KeyT, ValueT], keys: Iterable[KeyT], read: Callable[[list[KeyT]], Mapping[KeyT, ValueT]]
    ) -> dict[KeyT, ValueT]:
        """Return what is kept under each key, in their order; `read` gets those that are not yet.

        A key for which it finds nothing is left out.
        """
        keys = list(dict.fromkeys(keys))
        with self._lock:
            rows = self._shelves.setdefault(shelf, OrderedDict())
            found = {key: rows[key] for key in keys if key in rows}
            for key in found:
                rows.move_to_end(key)
        missing = [key for key in keys if key not in found]
        if missing:
            fresh = read(missing)
            found |= fresh
            with self._lock:
                rows.update(fresh)
                while len(rows) > shelf.most:
                    rows.popitem(last=False)
        return {key: found[key] for key in keys if key in found}


_kept: dict[tuple[uuid.UUID, bool], Kept] = {}  # of each network: for all, and for who edits


def kept_now() -> Kept:
    """Return what is kept of the network in scope at its present edition: one query, to be made once a request.

    Somebody who edits has a shelf of their own until they commit, and takes nothing from the others.
    """
    now = edition()
    place = (current_network_id(), now.unfinished is not None)
    kept = _kept.get(place)
    if kept is None or kept.edition != now:
        kept = _kept[place] = Kept(now)
    return kept
