"""Files that are there whole or not at all."""

from __future__ import annotations

import os


def write(path: str | os.PathLike[str], content: bytes) -> None:
    """Replaces a file at once or, on failure, leaves it as it was."""
    part = f"{os.fspath(path)}.{os.getpid()}.{os.urandom(4).hex()}.part"
    file = open(part, "xb")
    try:
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        if os.path.exists(part):
            os.unlink(part)
        raise
