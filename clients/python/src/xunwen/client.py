"""The client: one method for each path of the API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from .export import Export
from .params import Scope, params
from .transport import Transport
from .types import (
    Article,
    Articles,
    BatchRow,
    CitationStyle,
    Dimension,
    ExportFormat,
    ExportMatch,
    FacetMode,
    Health,
    Hit,
    Interval,
    Issue,
    IssueDate,
    IssueDates,
    Publication,
    Publications,
    Ready,
    Record,
    SearchResponse,
    Sort,
    Suggestion,
    Suggestions,
    Trends,
)

if TYPE_CHECKING:
    import pandas
    from typing_extensions import Unpack

SEARCH = "/api/v1/search"
ARTICLES = "/api/v1/articles/"
SUGGEST = "/api/v1/suggest"
TRENDS = "/api/v1/trends"
ISSUES = "/api/v1/issues"
EXPORT = "/api/v1/export"
BATCH = "/api/v1/batch"

#: The most hits in one answer.
MAX_SIZE = 100


class Client:
    """Searches the archive that a server has.

    A request that the server has no time for (429 or 503) is repeated after as long as the server
    says, at most ``retries`` times and ``max_wait`` seconds each. Other answers without a result
    are raised as :class:`~xunwen.Problem`. ``timeout`` is for each read, in seconds.

    Methods that search take the parameters of :class:`~xunwen.params.Scope`, such as
    ``publication="临江日报"``, ``from_="2026-01-01"`` and ``by="paragraph"``.
    """

    def __init__(
        self,
        url: str,
        *,
        key: str | None = None,
        timeout: float = 60,
        retries: int = 5,
        max_wait: float = 60,
        user_agent: str = "xunwen-python",
    ) -> None:
        self._transport = Transport(url, key, timeout, retries, max_wait, user_agent)

    def search(
        self,
        q: str = "",
        *,
        sort: Sort | None = None,
        size: int | None = None,
        cursor: str = "",
        facets: FacetMode | None = None,
        explain: bool = False,
        **scope: Unpack[Scope],
    ) -> SearchResponse:
        """Return a page of hits; without a query all that the filters select."""
        own = {"q": q, "sort": sort, "size": size, "cursor": cursor, "facets": facets}
        return cast(SearchResponse, self._get(SEARCH, {**own, "explain": explain or None}, scope))

    def hits(
        self,
        q: str = "",
        *,
        sort: Sort | None = None,
        size: int = MAX_SIZE,
        cursor: str = "",
        **scope: Unpack[Scope],
    ) -> Iterator[Hit]:
        """Yield all hits in order, and ask for pages of ``size`` hits on the way.

        If a new index is served meanwhile, the problem is ``/problems/cursor-expired``. For many
        hits :meth:`export_hits` is faster, and all of it comes from one index.
        """
        while True:
            page = self.search(q, sort=sort, size=size, cursor=cursor, **scope)
            yield from page["hits"]
            cursor = page["cursor"]
            if not cursor:
                return

    def article(self, id: str) -> Record:
        """Return an article as it was indexed."""
        return cast(Record, self._get(_article(id)))

    def citation(self, id: str, style: CitationStyle | None = None) -> str:
        """Return a reference to an article, by default by GB/T 7714."""
        with self._transport.send("GET", _article(id) + "/citation", params({"style": style})) as a:
            return a.read().decode()

    def similar(self, id: str, size: int | None = None) -> list[Article]:
        """Return articles that are similar to an article, the most similar first."""
        return cast(Articles, self._get(_article(id) + "/similar", {"size": size}))["articles"]

    def near_duplicates(self, id: str) -> list[Article]:
        """Return the near-duplicates of an article."""
        return cast(Articles, self._get(_article(id) + "/near-duplicates"))["articles"]

    def suggest(self, q: str, size: int | None = None) -> list[Suggestion]:
        """Complete a prefix, in characters or pinyin."""
        return cast(Suggestions, self._get(SUGGEST, {"q": q, "size": size}))["suggestions"]

    def trends(
        self, q: str | Sequence[str], *, interval: Interval | None = None, **scope: Unpack[Scope]
    ) -> Trends:
        """Return the hits of up to five queries over time."""
        return cast(Trends, self._get(TRENDS, {"q": q, "interval": interval}, scope))

    def publications(self) -> list[Publication]:
        """Return the newspapers of the archive."""
        return cast(Publications, self._get(ISSUES))["publications"]

    def issue_dates(self, publication: str) -> list[IssueDate]:
        """Return the days of a newspaper's issues."""
        return cast(IssueDates, self._get(ISSUES, {"publication": publication}))["issues"]

    def issue(self, publication: str, date: str) -> Issue:
        """Return the pages of a newspaper's issue."""
        return cast(Issue, self._get(ISSUES, {"publication": publication, "date": date}))

    def export(
        self,
        q: str = "",
        *,
        format: ExportFormat = "csv",
        sort: Sort | None = None,
        context: int | None = None,
        **scope: Unpack[Scope],
    ) -> Export:
        """Return all hits as a file; with ``context`` a row for each match, with so many characters
        on each side."""
        own = {"q": q, "format": format, "sort": sort, "context": context}
        return Export(self._transport.send("GET", EXPORT, params(own, scope)))

    def export_hits(
        self, q: str = "", *, sort: Sort | None = None, **scope: Unpack[Scope]
    ) -> Iterator[Hit]:
        """Yield all hits in order, all from one index."""
        with self.export(q, format="jsonl", sort=sort, **scope) as file:
            yield from cast("Iterator[Hit]", file.rows())

    def export_matches(
        self, q: str = "", context: int = 40, *, sort: Sort | None = None, **scope: Unpack[Scope]
    ) -> Iterator[ExportMatch]:
        """Yield all matches with so many characters on each side, and each hit without one."""
        with self.export(q, format="jsonl", sort=sort, context=context, **scope) as file:
            yield from cast("Iterator[ExportMatch]", file.rows())

    def frame(
        self,
        q: str = "",
        *,
        context: int | None = None,
        sort: Sort | None = None,
        **scope: Unpack[Scope],
    ) -> pandas.DataFrame:
        """Return all hits, or with ``context`` all matches, as a pandas DataFrame.

        It needs pandas (``pip install xunwen[pandas]``).
        """
        from .frame import frame_of_hits, frame_of_matches

        if context is None:
            return frame_of_hits(self.export_hits(q, sort=sort, **scope))
        return frame_of_matches(self.export_matches(q, context, sort=sort, **scope))

    def batch(
        self,
        queries: Sequence[str],
        *,
        counts: Sequence[Dimension] | None = None,
        hits: int | None = None,
        sort: Sort | None = None,
        **scope: Unpack[Scope],
    ) -> Iterator[BatchRow]:
        """Yield how many hits each query has, in order.

        A query that can't be answered has an ``error`` in its row.
        """
        own = {"format": "jsonl", "counts": counts, "hits": hits, "sort": sort}
        body = json.dumps({"queries": list(queries)}).encode()
        with Export(self._transport.send("POST", BATCH, params(own, scope), body)) as file:
            yield from cast("Iterator[BatchRow]", file.rows())

    def health(self) -> Health:
        """Return that the server runs, and its version."""
        return cast(Health, self._get("/healthz"))

    def ready(self) -> Ready:
        """Return that the server can search; until it can, the request is repeated."""
        return cast(Ready, self._get("/readyz"))

    def _get(self, path: str, own: dict[str, Any] | None = None, scope: Any = None) -> Any:
        with self._transport.send("GET", path, params(own or {}, scope or {})) as answer:
            return json.loads(answer.read())


def _article(id: str) -> str:
    return ARTICLES + quote(id, safe="")
