"""Types of the answers and parameters: the schemas of /openapi.json, with their names."""

from typing import Literal, TypedDict

NamedField = Literal["publication", "source"]
Kind = Literal["body", "caption", "table"]
Channel = Literal["words", "grams", "operands"]
Relation = Literal["eq", "gte"]
Interval = Literal["day", "month", "year"]
By = Literal["article", "paragraph"]
Sort = Literal["relevance", "newest", "oldest", "reprinted"]
Matching = Literal["together", "anywhere"]
FacetMode = Literal["0", "1", "multi-select"]
ExportFormat = Literal[
    "csv", "jsonl", "parquet", "gbt7714", "gbt7714-print", "bibtex", "ris", "csl-json",
]
CitationStyle = Literal["gbt7714", "gbt7714-print", "bibtex", "ris", "csl-json"]
Dimension = Literal["year", "month", "publication", "none"]


class Named(TypedDict):
    """A newspaper or source whose name is in the query."""

    operand: str
    field: NamedField
    value: str


class Paragraph(TypedDict):
    """A paragraph of a hit."""

    n: int
    section: str
    kind: Kind
    snippet_html: str
    score: float


class Term(TypedDict):
    """What a term adds to a part of a score."""

    term: str
    channel: Channel
    frequency: int
    weight: float
    score: float


class Part(TypedDict):
    """A part of a score."""

    part: str
    score: float
    share: float
    value: float
    paragraph: int
    words: int
    grams: int
    terms: list[Term]


class Explanation(TypedDict):
    """How a score came about."""

    parts: list[Part]


class _HitAlways(TypedDict):
    article_id: str
    score: float
    title: str
    title_html: str
    kicker: str
    subtitle: str
    date: str
    publication: str
    page: str
    page_name: str
    source: str
    byline: str
    byline_html: str
    url: str
    near_duplicates: int
    near_duplicate_ids: list[str]
    paragraphs: list[Paragraph]


class Hit(_HitAlways, total=False):
    """An article with the paragraphs that match best."""

    explain: Explanation


class Value(TypedDict):
    """A value with its number of hits."""

    value: str
    count: int


Period = TypedDict(
    "Period",
    {
        "from": str,
        "to": str,
        "count": int,
    },
)
"""A time with its number of hits."""


class Facets(TypedDict):
    """The numbers of hits by value and by time."""

    publication: list[Value]
    section: list[Value]
    source: list[Value]
    page_name: list[Value]
    date: list[Period]


class _SearchResponseAlways(TypedDict):
    query: str
    understood: str
    total: int
    total_relation: Relation
    took_ms: float
    generation: str
    cursor: str
    did_you_mean: str
    named: list[Named]
    hits: list[Hit]


class SearchResponse(_SearchResponseAlways, total=False):
    """A page of hits."""

    plan: str
    facets: Facets


class Article(TypedDict):
    """An article without its text."""

    article_id: str
    score: float
    title: str
    title_html: str
    kicker: str
    subtitle: str
    date: str
    publication: str
    page: str
    page_name: str
    source: str
    byline: str
    byline_html: str
    url: str
    near_duplicates: int
    near_duplicate_ids: list[str]


class Articles(TypedDict):
    """A list of articles."""

    articles: list[Article]


class RecordParagraph(TypedDict):
    """A paragraph of a record."""

    section: str
    kind: Kind
    text: str


class Record(TypedDict):
    """An article as it was indexed."""

    id: str
    file: str
    publication: str
    date: str
    page: str
    page_name: str
    title: str
    kicker: str
    subtitle: str
    byline: str
    source: str
    url: str
    confidence: float
    paragraphs: list[RecordParagraph]


class Suggestion(TypedDict):
    """A completion."""

    text: str
    count: int


class Suggestions(TypedDict):
    """Completions of a prefix."""

    suggestions: list[Suggestion]


Bucket = TypedDict(
    "Bucket",
    {
        "from": str,
        "to": str,
        "total": int,
        "counts": list[int],
    },
)
"""A day, month or year."""


class Trends(TypedDict):
    """The hits of queries over time."""

    queries: list[str]
    interval: Interval
    generation: str
    buckets: list[Bucket]


Publication = TypedDict(
    "Publication",
    {
        "value": str,
        "count": int,
        "from": str,
        "to": str,
    },
)
"""A newspaper."""


class Publications(TypedDict):
    """The newspapers of the archive."""

    publications: list[Publication]


class IssueDate(TypedDict):
    """The day of an issue."""

    date: str
    count: int


class IssueDates(TypedDict):
    """The days of a newspaper's issues."""

    issues: list[IssueDate]


class IssueArticle(TypedDict):
    """An article on a page."""

    id: str
    title: str


class IssuePage(TypedDict):
    """A page of an issue."""

    page: str
    page_name: str
    articles: list[IssueArticle]


class Issue(TypedDict):
    """An issue by pages."""

    pages: list[IssuePage]
    previous: str
    next: str


class ExportHead(TypedDict):
    """What describes an export."""

    query: str
    generation: str
    analyzer: str
    day: str
    total: int
    total_relation: Relation


class ExportMatch(TypedDict):
    """A match in its context."""

    article_id: str
    score: float
    title: str
    title_html: str
    kicker: str
    subtitle: str
    date: str
    publication: str
    page: str
    page_name: str
    source: str
    byline: str
    byline_html: str
    url: str
    near_duplicates: int
    near_duplicate_ids: list[str]
    n: int
    section: str
    kind: str
    left: str
    match: str
    right: str


class BatchHead(TypedDict):
    """What describes a batch."""

    queries: int
    generation: str
    total: int


class BatchHit(TypedDict):
    """A hit of a query of a batch."""

    article_id: str
    score: float
    title: str
    date: str
    publication: str
    page: str
    url: str
    near_duplicates: int


class BatchRow(TypedDict):
    """What a query of a batch has; error is "" if it was answered."""

    line: int
    query: str
    understood: str
    error: str
    total: int
    total_relation: Relation
    by_year: list[Value]
    by_month: list[Value]
    by_publication: list[Value]
    hits: list[BatchHit]


class Health(TypedDict):
    """The answer of a server that runs."""

    status: str
    version: str


class Ready(TypedDict):
    """The answer of a server that can search."""

    status: str
    generation: str


class CitationName(TypedDict):
    """A name as printed."""

    literal: str


CitationDate = TypedDict(
    "CitationDate",
    {
        "date-parts": list[list[int]],
    },
)
"""Year, month and day."""


_CitationItemAlways = TypedDict(
    "_CitationItemAlways",
    {
        "id": str,
        "type": str,
        "language": str,
    },
)

_CitationItemSometimes = TypedDict(
    "_CitationItemSometimes",
    {
        "title": str,
        "author": list[CitationName],
        "container-title": str,
        "issued": CitationDate,
        "page": str,
        "section": str,
        "URL": str,
        "accessed": CitationDate,
    },
    total=False,
)


class CitationItem(_CitationItemAlways, _CitationItemSometimes):
    """A reference in CSL-JSON."""
