"""Hits as data frames of pandas."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

import pandas

from .types import ExportMatch, Hit

_MARK = re.compile("</?mark>")


def plain(text_html: str) -> str:
    """Return a text of an answer without marks."""
    return html.unescape(_MARK.sub("", text_html))


def frame_of_hits(hits: Iterable[Hit]) -> pandas.DataFrame:
    """Return a row for each hit, with the snippet of its best paragraph."""
    rows = []
    for hit in hits:
        row: dict[str, Any] = dict(hit)
        paragraphs = row.pop("paragraphs")
        best = paragraphs[0] if paragraphs else None
        row["n"] = best["n"] if best else 0
        row["section"] = best["section"] if best else ""
        row["kind"] = best["kind"] if best else ""
        row["text"] = plain(best["snippet_html"]) if best else ""
        rows.append(row)
    return _frame(rows)


def frame_of_matches(matches: Iterable[ExportMatch]) -> pandas.DataFrame:
    """Return a row for each match."""
    return _frame([dict(m) for m in matches])


def _frame(rows: list[dict[str, Any]]) -> pandas.DataFrame:
    frame = pandas.DataFrame(rows)
    if "date" in frame:
        frame["date"] = pandas.to_datetime(frame["date"], format="%Y-%m-%d", errors="coerce")
    return frame.drop(columns=["title_html", "byline_html"], errors="ignore")
