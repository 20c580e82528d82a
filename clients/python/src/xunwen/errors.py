"""Errors of the client."""

from __future__ import annotations


class XunwenError(Exception):
    """A request that has no result."""


class TruncatedError(XunwenError):
    """An answer that ended before its end."""


class Problem(XunwenError):
    """An answer of the server without a result (RFC 9457).

    ``type`` is stable, such as ``/problems/bad-query``; ``title`` and ``detail`` are for people.
    """

    def __init__(
        self,
        status: int,
        type: str = "about:blank",
        title: str = "",
        detail: str = "",
        position: int | None = None,
        parameter: str | None = None,
        retry_after: float | None = None,
        request_id: str = "",
    ) -> None:
        self.status = status
        self.type = type
        self.title = title
        self.detail = detail
        self.position = position
        self.parameter = parameter
        self.retry_after = retry_after
        self.request_id = request_id
        text = f"{title}: {detail}" if detail and detail != title else title
        super().__init__(f"{text or 'no result'} (status {status})")

    @property
    def temporary(self) -> bool:
        """Whether the server asks to repeat the request later."""
        return self.status in (429, 503)
