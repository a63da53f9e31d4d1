"""What stays is put aside in a process of its own: the collector belongs to the whole process."""

import subprocess
import sys

SCRIPT = """
import gc
from tragnetz.config.collector import FIRST, spare_what_stays

spare_what_stays()
begun = gc.get_freeze_count()
assert begun > 1000 and not any(thing is spare_what_stays for thing in gc.get_objects())


class Node:
    pass


gone = Node()
gone.itself = gone  # a circle: nothing but the collector finds it
del gone
stays = [Node() for _ in range(100)]
found = gc.collect()
assert found >= 1, found
assert gc.get_freeze_count() >= begun + 100, "what a full collection left is put aside"
for _ in range(FIRST):
    gc.collect()
frozen, late = gc.get_freeze_count(), [Node() for _ in range(100)]
gc.collect()
assert gc.get_freeze_count() == frozen, "later nothing is put aside any more: a leak would have no end"
late[0].itself = late[0]
late.clear()
assert gc.collect() >= 1
print("ok")
"""


def test_what_stays_is_put_aside_and_circles_are_still_found():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert done.stdout == "ok\n", done.stderr
