"""Compares the client with the description of the API."""

import inspect
import json
import typing
import unittest
from pathlib import Path

from xunwen import Client, types
from xunwen.params import Scope

PATH = Path(__file__).resolve().parents[3] / "web" / "openapi.json"
if not PATH.exists():
    raise unittest.SkipTest("the description is only in the repository")
DOCUMENT = json.loads(PATH.read_text(encoding="utf-8"))
SCHEMAS = DOCUMENT["components"]["schemas"]

# The methods that call each path, with the schema of the answer, None if it is no JSON.
# Parameters that a method fixes or leaves to another one follow.
METHODS = {
    ("get", "/api/v1/search"): [("search", "SearchResponse", set())],
    ("get", "/api/v1/articles/{id}"): [("article", "Record", set())],
    ("get", "/api/v1/articles/{id}/citation"): [("citation", None, set())],
    ("get", "/api/v1/articles/{id}/similar"): [("similar", "Articles", set())],
    ("get", "/api/v1/articles/{id}/near-duplicates"): [("near_duplicates", "Articles", set())],
    ("get", "/api/v1/suggest"): [("suggest", "Suggestions", set())],
    ("get", "/api/v1/trends"): [("trends", "Trends", set())],
    ("get", "/api/v1/issues"): [
        ("publications", "Publications", {"publication", "date"}),
        ("issue_dates", "IssueDates", {"date"}),
        ("issue", "Issue", set()),
    ],
    ("get", "/api/v1/export"): [
        ("export", None, set()),
        ("export_hits", None, {"format", "context"}),
        ("export_matches", None, {"format"}),
        ("frame", None, {"format"}),
    ],
    ("post", "/api/v1/batch"): [("batch", None, {"format"})],
    ("get", "/healthz"): [("health", "Health", set())],
    ("get", "/readyz"): [("ready", "Ready", set())],
}

# What rows of exports and batches are.
ROWS = ["Hit", "ExportMatch", "ExportHead", "BatchHead", "BatchRow", "CitationItem"]


def parameters(operation):
    """Return the names of an operation's parameters."""
    for p in operation.get("parameters", []):
        if "$ref" in p:
            p = DOCUMENT["components"]["parameters"][p["$ref"].rsplit("/", 1)[1]]
        yield p["name"]


def accepted(method):
    """Return the names of the parameters that a method accepts."""
    signature = inspect.signature(getattr(Client, method))
    for name, p in signature.parameters.items():
        if p.kind is p.VAR_KEYWORD:
            yield from (n.rstrip("_") for n in Scope.__annotations__)
        elif name not in ("self", "queries"):
            yield name


class DescriptionTest(unittest.TestCase):
    def test_methods_have_the_described_parameters(self):
        for (verb, path), methods in METHODS.items():
            operation = DOCUMENT["paths"][path][verb]
            for method, answer, fixed in methods:
                with self.subTest(method):
                    self.assertEqual(set(parameters(operation)) - fixed, set(accepted(method)))
                if answer:
                    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
                    names = [s["$ref"].rsplit("/", 1)[1] for s in schema.get("oneOf", [schema])]
                    self.assertIn(answer, names)

    def test_types_have_the_described_members(self):
        names = {a for methods in METHODS.values() for _, a, _ in methods if a} | set(ROWS)
        done = set()
        while names:
            name = names.pop()
            done.add(name)
            schema, own = SCHEMAS[name], getattr(types, name)
            if "enum" in schema:
                self.assertEqual(set(schema["enum"]), set(typing.get_args(own)), name)
                continue
            hints = typing.get_type_hints(own)
            self.assertEqual(set(schema["properties"]), set(hints), name)
            self.assertEqual(set(schema.get("required", [])), set(own.__required_keys__), name)
            for member, described in schema["properties"].items():
                with self.subTest(f"{name}.{member}"):
                    self.assertEqual(python_type(described), hints[member])
                while described.get("type") == "array":
                    described = described["items"]
                if "$ref" in described:
                    referred = described["$ref"].rsplit("/", 1)[1]
                    names |= {referred} - done

    def test_parameters_have_the_described_values(self):
        for name in ("By", "Sort", "Matching", "FacetMode", "Interval", "ExportFormat",
                     "CitationStyle", "Dimension", "Kind"):
            self.assertEqual(
                set(SCHEMAS[name]["enum"]), set(typing.get_args(getattr(types, name))), name
            )


def python_type(schema):
    """Return the type of values of a schema."""
    if "$ref" in schema:
        return getattr(types, schema["$ref"].rsplit("/", 1)[1])
    if schema["type"] == "array":
        return list[python_type(schema["items"])]
    return {"string": str, "integer": int, "number": float}[schema["type"]]


if __name__ == "__main__":
    unittest.main()
