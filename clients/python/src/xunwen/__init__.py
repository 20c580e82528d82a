"""Client of Xunwen 寻闻, full-text search for Chinese news.

>>> from xunwen import Client
>>> archive = Client("https://news.example.org", key="…")
>>> for hit in archive.hits("青禾大桥", publication="临江日报"):
...     print(hit["date"], hit["title"])
"""

from .client import Client
from .errors import Problem, TruncatedError, XunwenError
from .export import Export

__all__ = ["Client", "Export", "Problem", "TruncatedError", "XunwenError"]
__version__ = "0.1.0"
