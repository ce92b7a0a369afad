"""What the councils' documents say: digests in the project's own words, tied to the originals by line and sketch.

Imports nothing of the other packages.
"""

from corpus.coverage import Coverage, coverage
from corpus.entry import Entry, Excepted, Manifest, NotDuty, Source, Term, Why
from corpus.errors import BadLibrary, CorpusError, UnknownCouncil, UnreadableDocument
from corpus.library import SHIPPED, Digest, Library, fingerprint
from corpus.original import Original, Place, add_original, find_place, load_original, read_text
from corpus.quoting import passage, quotation
from corpus.sketch import Shingled, likeness, shingled, shingles, sketch
from corpus.times import TimeExpression, time_expressions

__all__ = [
    "SHIPPED",
    "BadLibrary",
    "CorpusError",
    "Coverage",
    "Digest",
    "Entry",
    "Excepted",
    "Library",
    "Manifest",
    "NotDuty",
    "Original",
    "Place",
    "Shingled",
    "Source",
    "Term",
    "TimeExpression",
    "UnknownCouncil",
    "UnreadableDocument",
    "Why",
    "add_original",
    "coverage",
    "find_place",
    "fingerprint",
    "likeness",
    "load_original",
    "passage",
    "quotation",
    "read_text",
    "shingled",
    "shingles",
    "sketch",
    "time_expressions",
]
