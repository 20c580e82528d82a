"""Exports as files."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .transport import Answer


class Export:
    """All hits of a search as a file, which is read once.

    A read raises :class:`~xunwen.TruncatedError` if the server could not send all of it.
    """

    def __init__(self, answer: Answer) -> None:
        self._file = io.BufferedReader(answer, 64 << 10)
        headers = answer.headers
        self.content_type = headers.get("Content-Type", "")
        #: The index that it comes from.
        self.generation = headers.get("X-Generation", "")
        #: Fingerprint of its dictionaries.
        self.analyzer = headers.get("X-Analyzer", "")
        #: Number of hits.
        self.total = int(headers.get("X-Total-Count", 0))
        #: Whether it is exact (eq), or there may be more (gte).
        self.total_relation = headers.get("X-Total-Relation", "eq")

    def __enter__(self) -> Export:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes, by default all."""
        return self._file.read(size)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the file to a path. Nothing is left there if it can't be written whole."""
        target = Path(path)
        part = target.with_name(target.name + ".part")
        try:
            with self, part.open("wb") as out:
                shutil.copyfileobj(self._file, out, 1 << 20)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of JSON Lines, without the first line, which describes them."""
        for number, line in enumerate(self._file):
            if number > 0:
                yield json.loads(line)
