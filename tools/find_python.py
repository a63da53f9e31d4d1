"""Print the path of an installed Python that can run Tragnetz, or "3.13" for uv to fetch one.

Runs on whatever `python3` is (3.8 and up), before anything is installed. The default
`python3` is often older than Tragnetz needs while a newer one lies beside it.
"""

import glob
import os
import shutil
import subprocess
import sys

NEEDED = (3, 12)
TRIED = [(3, 13), (3, 12), (3, 14)]  # the order of preference: what the tests run on comes first


def version_of(python):
    """Return (major, minor) of an interpreter, or None if it does not start (a broken shim)."""
    code = "import sys; print(*sys.version_info[:2])"
    try:
        out = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return tuple(int(part) for part in out.stdout.split())


def candidates(version):
    """Yield places where this version may live: on the PATH, beside the running Python, under pyenv."""
    name = "python%d.%d" % version
    found = shutil.which(name)
    if found:
        yield found
    beside = os.path.join(os.path.dirname(os.path.realpath(sys.base_prefix)), "%d.%d*" % version)
    under_pyenv = os.path.expanduser("~/.pyenv/versions/%d.%d*" % version)
    for pattern in (beside, under_pyenv):
        for folder in sorted(glob.glob(pattern), reverse=True):
            yield os.path.join(folder, "bin", "python")


def main():
    """Print the first interpreter that really runs."""
    for version in TRIED:
        for python in candidates(version):
            if version_of(python) == version:
                print(python)
                return
    if sys.version_info[:2] >= NEEDED:
        print(sys.executable)
        return
    print("3.13")


main()
