"""Requests over HTTP. The standard library is enough, so that the client has no dependencies."""

from __future__ import annotations

import gzip
import http.client
import io
import json
import time
from email.message import Message
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from .errors import Problem, TruncatedError, XunwenError

#: How much of an answer is read as a problem, in bytes.
MAX_PROBLEM = 64 << 10


class Answer(io.RawIOBase):
    """The body of an answer with status 200. An early end is a TruncatedError."""

    def __init__(self, response: Any) -> None:
        self.headers: Message = response.headers
        self._response = response
        self._body: Any = response
        if self.headers.get("Content-Encoding") == "gzip":
            self._body = gzip.GzipFile(fileobj=response)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            return int(self._body.readinto(buffer))
        except (http.client.IncompleteRead, EOFError, ConnectionError) as error:
            raise TruncatedError("the answer ended before its end") from error

    def close(self) -> None:
        self._response.close()
        super().close()


class _NoRedirects(HTTPRedirectHandler):
    """The API has no redirects, and no other server may see the key."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Transport:
    """Sends requests to one server."""

    def __init__(
        self,
        url: str,
        key: str | None,
        timeout: float,
        retries: int,
        max_wait: float,
        user_agent: str,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"{url!r} is not an address such as https://news.example.org")
        self._base = url.rstrip("/")
        self._timeout = timeout
        self._retries = retries
        self._max_wait = max_wait
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._opener = build_opener(_NoRedirects)

    def send(
        self, method: str, path: str, params: list[tuple[str, str]], body: bytes | None = None
    ) -> Answer:
        """Return the answer to a request; repeat it while the server has no time for it."""
        address = self._base + path
        if params:
            address += "?" + urlencode(params)
        headers = dict(self._headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
        attempt = 0
        while True:
            try:
                request = Request(address, data=body, headers=headers, method=method)
                return Answer(self._opener.open(request, timeout=self._timeout))
            except HTTPError as error:
                problem = read_problem(error)
            except (URLError, http.client.HTTPException, OSError) as error:
                raise XunwenError(f"{self._base} can't be reached: {error}") from error
            wait = problem.retry_after or float(2 ** min(attempt, 6))
            if not problem.temporary or attempt >= self._retries or wait > self._max_wait:
                raise problem
            time.sleep(wait)
            attempt += 1


def read_problem(error: HTTPError) -> Problem:
    """Read the answer to a request that has no result."""
    with error:
        body = error.read(MAX_PROBLEM)
    if error.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    members: dict[str, Any] = {}
    if error.headers.get_content_type() == "application/problem+json":
        try:
            members = json.loads(body)
        except ValueError:
            members = {}
    wait = error.headers.get("Retry-After", "")
    return Problem(
        status=error.code,
        type=members.get("type", "about:blank"),
        title=members.get("title", error.reason),
        detail=members.get("detail", ""),
        position=members.get("position"),
        parameter=members.get("parameter"),
        retry_after=float(wait) if wait.isdigit() else None,
        request_id=error.headers.get("X-Request-Id", ""),
    )
