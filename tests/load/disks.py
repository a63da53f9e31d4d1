"""Small disks that can be filled: tmpfs, where this user may mount one."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotMountError(Exception):
    """Nothing may be mounted here by this user."""


@contextmanager
def small_disk(megabytes: int, folder: Path | None = None) -> Iterator[Path]:
    """Mount a disk of so many megabytes, readable for all; raises CannotMountError."""
    where = folder or Path(tempfile.mkdtemp(prefix="tragnetz-disk-"))
    where.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(where)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        raise CannotMountError
    try:
        yield where
    finally:
        subprocess.run(["umount", "-l", str(where)], check=True)
        where.rmdir()


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Let nothing more fit on a disk."""
    filler = disk / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                _write_all(file.fileno(), size)
        yield
    finally:
        filler.unlink()


def _write_all(number: int, size: int) -> None:
    block = b"\0" * size
    try:
        while os.write(number, block) == size:
            pass
    except OSError:
        return
