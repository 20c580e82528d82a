"""Parameters of requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from .types import By, Kind, Matching


class Scope(TypedDict, total=False):
    """What a search is about, apart from its query.

    A filter is a value, or several of which any may match. ``from_`` and ``to`` are the first and
    the last day, such as ``"2026-01-31"``. ``collapse=False`` lists each near-duplicate.
    """

    by: By
    match: Matching
    collapse: bool
    publication: str | Sequence[str]
    section: str | Sequence[str]
    source: str | Sequence[str]
    page: str | Sequence[str]
    page_name: str | Sequence[str]
    kind: Kind | Sequence[Kind]
    from_: str
    to: str


def params(own: Mapping[str, Any], scope: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """Return the parameters of a request, without those that are None or empty."""
    scope = scope or {}
    unknown = scope.keys() - Scope.__annotations__.keys()
    if unknown:
        raise TypeError(f"unknown parameters: {', '.join(sorted(unknown))}")
    return [
        (name.rstrip("_"), text)
        for name, value in {**own, **scope}.items()
        for text in _texts(value)
        if text
    ]


def _texts(value: Any) -> Iterable[str]:
    if value is None:
        return []
    if isinstance(value, bool):
        return ["1" if value else "0"]
    if isinstance(value, str | int):
        return [str(value)]
    return [str(v) for v in value]
