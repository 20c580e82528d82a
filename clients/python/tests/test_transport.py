"""Tests how the client takes answers, with a server of its own."""

import gzip
import json
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from xunwen import Client, Problem, TruncatedError, XunwenError


def problem(status, kind, **headers):
    body = {"type": kind, "title": "Titel", "status": status, "detail": "why", "position": 3}
    return status, {"Content-Type": "application/problem+json", **headers}, json.dumps(body)


class Prepared(BaseHTTPRequestHandler):
    """Gives the server's answers one after another, and the last one again."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        answers, requests = self.server.answers, self.server.requests
        status, headers, body = answers[min(len(requests), len(answers) - 1)]
        requests.append((self.path, dict(self.headers)))
        if isinstance(body, str):
            body = body.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        whole = "truncated" not in headers
        self.wfile.write(b"%x\r\n%s\r\n" % (len(body), body) if body else b"")
        self.wfile.write(b"0\r\n\r\n" if whole else b"")
        self.close_connection = True

    def log_message(self, *_):
        pass


class TransportTest(unittest.TestCase):
    def serve(self, *answers):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Prepared)
        server.answers, server.requests = answers, []
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_port}/"
        return Client(url, key="secret", retries=2, max_wait=3), server.requests

    def test_busy_servers_are_asked_again(self):
        ok = (200, {}, '{"hits": []}')
        busy, limited = "/problems/busy", "/problems/too-many-requests"
        for answers, count, kind, least in (
            ([problem(503, busy, Retry_After="1"), ok], 2, None, 1),
            ([problem(429, limited, Retry_After="1"), ok], 2, None, 1),
            ([problem(503, busy, Retry_After="60")], 1, busy, 0),
            ([problem(429, limited, Retry_After="1")], 3, limited, 2),
            ([problem(400, "/problems/bad-query")], 1, "/problems/bad-query", 0),
        ):
            client, requests = self.serve(*answers)
            start, found = time.monotonic(), None
            try:
                client.search("大桥")
            except Problem as error:
                found = error.type
            self.assertEqual((found, len(requests)), (kind, count))
            self.assertGreaterEqual(time.monotonic() - start, least)
            self.assertEqual(requests[0][1]["Authorization"], "Bearer secret")

    def test_problems(self):
        client, _ = self.serve(problem(400, "/problems/bad-query", X_Request_Id="R1"))
        with self.assertRaises(Problem) as caught:
            client.article("a/b")
        error = caught.exception
        self.assertEqual((error.status, error.position, error.request_id), (400, 3, "R1"))
        self.assertEqual(str(error), "Titel: why (status 400)")
        client, _ = self.serve((431, {"Content-Type": "text/html"}, "<html>"))
        with self.assertRaises(Problem) as caught:
            client.article("a")
        self.assertEqual((caught.exception.type, caught.exception.status), ("about:blank", 431))
        client, _ = self.serve((302, {"Location": "http://127.0.0.1:1/elsewhere"}, ""))
        with self.assertRaises(Problem):
            client.article("a")

    def test_no_server(self):
        with self.assertRaises(XunwenError):
            Client("http://127.0.0.1:1", timeout=5).health()
        for url in ("", "news.example", "ftp://news.example", "http://"):
            with self.assertRaises(ValueError):
                Client(url)

    def test_pages(self):
        def page(cursor, *ids):
            hits = [{"article_id": i} for i in ids]
            return 200, {}, json.dumps({"cursor": cursor, "hits": hits})

        answers = page("2", "a", "b"), page("3", "c"), page("", "d")
        client, requests = self.serve(*answers)
        self.assertEqual([h["article_id"] for h in client.hits("大桥", publication=["甲", "乙"])],
                         ["a", "b", "c", "d"])
        self.assertIn("publication=%E7%94%B2&publication=%E4%B9%99", requests[0][0])
        self.assertTrue(requests[2][0].count("cursor=3") == 1 and "size=100" in requests[2][0])
        client, requests = self.serve(*answers)
        next(client.hits("大桥"))
        self.assertEqual(len(requests), 1)
        with self.assertRaises(TypeError):
            client.search("大桥", publisher="甲")

    def test_truncated_exports(self):
        whole = '{"query":"x"}\n{"article_id":"a"}\n'
        zipped = gzip.compress(whole.encode() * 100)
        cut = {"truncated": "1"}
        for headers, body in (
            (cut, ""), (cut, whole), ({**cut, "Content-Encoding": "gzip"}, zipped),
            ({"Content-Encoding": "gzip"}, zipped[:-9]),
        ):
            client, _ = self.serve((200, headers, body))
            with self.assertRaises(TruncatedError):
                list(client.export_hits("x"))
            with tempfile.TemporaryDirectory() as folder:
                with self.assertRaises(TruncatedError):
                    client.export("x").save(Path(folder) / "x.csv")
                self.assertEqual(list(Path(folder).iterdir()), [])
        client, _ = self.serve((200, {"Content-Encoding": "gzip"}, gzip.compress(whole.encode())))
        self.assertEqual([h["article_id"] for h in client.export_hits("x")], ["a"])


if __name__ == "__main__":
    unittest.main()
