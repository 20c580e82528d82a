"""Searches a server of the sample newspapers, at XUNWEN_URL."""

import csv
import io
import json
import os
import tempfile
import unittest
from pathlib import Path

from xunwen import Client, Problem

URL = os.environ.get("XUNWEN_URL", "")
KEY = os.environ.get("XUNWEN_KEY")


@unittest.skipUnless(URL, "no server: XUNWEN_URL is not set")
class ServerTest(unittest.TestCase):
    def setUp(self):
        self.client = Client(URL, key=KEY)

    def test_every_method_has_an_answer(self):
        c = self.client
        self.assertEqual(c.health()["status"], "ok")
        generation = c.ready()["generation"]
        answer = c.search("大桥", facets="1", explain=True, size=1)
        self.assertEqual(answer["generation"], generation)
        self.assertTrue(answer["plan"] and answer["facets"]["publication"])
        hit = answer["hits"][0]
        self.assertTrue(hit["explain"]["parts"])
        article = c.article(hit["article_id"])
        self.assertEqual((article["id"], article["title"]), (hit["article_id"], hit["title"]))
        self.assertIn(article["publication"], c.citation(article["id"]))
        self.assertIn("TY  - NEWS", c.citation(article["id"], "ris"))
        self.assertLessEqual(len(c.similar(article["id"], size=2)), 2)
        self.assertIsInstance(c.near_duplicates(article["id"]), list)
        self.assertTrue(c.suggest("大", size=3))
        trends = c.trends(["大桥", "渡口"], interval="year")
        self.assertEqual(len(trends["buckets"][0]["counts"]), 2)
        paper = c.publications()[0]["value"]
        day = c.issue_dates(paper)[0]["date"]
        self.assertTrue(c.issue(paper, day)["pages"])

    def test_all_hits(self):
        for scope in ({}, {"by": "paragraph"}, {"collapse": False, "publication": "临江日报"}):
            total = self.client.search("大桥", **scope)["total"]
            pages = [h["article_id"] for h in self.client.hits("大桥", size=3, **scope)]
            exported = [h["article_id"] for h in self.client.export_hits("大桥", **scope)]
            self.assertEqual((len(pages), pages), (total, exported))
            self.assertGreater(total, 3)

    def test_exports(self):
        with self.client.export("大桥", format="csv") as file:
            rows = list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))
            self.assertEqual(len(rows), file.total)
        matches = list(self.client.export_matches("大桥", 5))
        self.assertTrue(any(m["match"] == "大桥" for m in matches))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bridges.json"
            self.client.export("大桥", format="csl-json").save(path)
            self.assertEqual(len(json.loads(path.read_text(encoding="utf-8"))), file.total)
            path = Path(folder) / "bridges.parquet"
            self.client.export("大桥", format="parquet").save(path)
            self.assertEqual(path.read_bytes()[:4], b"PAR1")

    def test_batch(self):
        rows = list(self.client.batch(["大桥", "渡口 OR"], counts=["publication"], hits=1))
        self.assertEqual(rows[0]["total"], self.client.search("大桥")["total"])
        self.assertTrue(rows[0]["by_publication"] and rows[0]["hits"])
        self.assertTrue(rows[1]["error"])

    def test_problems(self):
        with self.assertRaises(Problem) as caught:
            self.client.search("轮渡 OR")
        self.assertEqual(
            (caught.exception.type, caught.exception.position), ("/problems/bad-query", 3)
        )
        with self.assertRaises(Problem) as caught:
            self.client.article("no such article")
        self.assertEqual(caught.exception.type, "/problems/not-found")
        if KEY:
            with self.assertRaises(Problem) as caught:
                Client(URL).search("大桥")
            self.assertEqual(caught.exception.type, "/problems/unauthorized")

    def test_frames(self):
        try:
            import pandas  # noqa: F401
        except ImportError:
            self.skipTest("pandas is not installed")
        frame = self.client.frame("大桥")
        self.assertEqual(len(frame), self.client.search("大桥")["total"])
        self.assertEqual(frame["date"].dtype.kind, "M")
        self.assertFalse(frame["text"].str.contains("<mark>").any())
        self.assertIn("大桥", set(self.client.frame("大桥", context=3)["match"]))
        self.assertEqual(len(self.client.frame("没有这样的词语")), 0)


if __name__ == "__main__":
    unittest.main()
