"""Make the environment's Python a program of one piece, where it was built in two.

An interpreter that lies in a shared library, as pyenv builds it, calls its own functions through a table, since
another library might stand in for any of them: a seventh of all its time, if it was built without optimisation. Most
builds come with the same parts as an archive: linked to one program they are the same Python, only without that table.

Does nothing where there is nothing to gain or something is missing: a compiler, the archive, a system that tells what a
process has loaded. `uv venv` gives the old one back.
"""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

# What must be the same afterwards; and what is loaded from outside must find the interpreter that loads it.
TOLD = (
    "import ctypes, decimal, json, sqlite3, ssl, sys, sysconfig; "
    "print(json.dumps([sys.version, sys.prefix, sys.base_prefix, sys.path[1:], "
    "sysconfig.get_config_var('SOABI'), ctypes.pythonapi.Py_IsInitialized()]))"
)


def parts() -> tuple[Path, Path] | None:
    """Return what this Python is linked from, or None where linking anew would gain nothing or cannot be done."""
    maps = Path("/proc/self/maps")
    if not maps.exists() or f"libpython{sys.version_info.major}.{sys.version_info.minor}.so" not in maps.read_text():
        return None  # of one piece already, or nobody can tell
    flags = " ".join(str(sysconfig.get_config_var(name)) for name in ("CFLAGS", "PY_CFLAGS_NODIST"))
    if "-fno-semantic-interposition" in flags:
        return None  # told so when it was built: there is no table
    folder = Path(str(sysconfig.get_config_var("LIBPL")))
    start, archive = folder / "python.o", folder / str(sysconfig.get_config_var("LIBRARY"))
    return (start, archive) if start.exists() and archive.exists() else None


def link(target: Path, start: Path, archive: Path) -> bool:
    """Link the program; tells whether it could."""
    compiler = shlex.split(str(sysconfig.get_config_var("CC") or "cc"))
    if shutil.which(compiler[0]) is None:
        return False
    libraries = [
        word
        for name in ("LIBS", "MODLIBS", "SYSLIBS", "LINKFORSHARED")
        for word in shlex.split(str(sysconfig.get_config_var(name) or ""))
    ]
    command = [
        *compiler, "-o", str(target), str(start), "-Wl,--whole-archive", str(archive), "-Wl,--no-whole-archive",
        *libraries, "-lpthread", "-lutil", "-lm", "-Wl,--strip-debug",
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def told(python: Path) -> str:
    """Return what a Python says of itself; empty if it does not even start."""
    return subprocess.run([python, "-c", TOLD], capture_output=True, text=True, check=False).stdout


def main(environment: Path) -> str:
    """Put the program in place of the environment's Python if both say the same of themselves. Tells what was done."""
    python = environment / "bin" / "python"
    found = parts()
    if found is None:
        return "left as it is"
    linked = python.with_name(f".python-{os.getpid()}")
    try:
        if not link(linked, *found):
            return "could not be linked"
        if not (before := told(python)) or told(linked) != before:
            return "says something else of itself"
        linked.replace(python)
    finally:
        linked.unlink(missing_ok=True)
    return "linked"


if __name__ == "__main__":
    print(f"Python of {sys.argv[1]}: {main(Path(sys.argv[1]))}")
