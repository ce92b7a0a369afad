"""Which entry answers a question: lexical and dense rankings of one council's items, fused.

Imports nothing of the other packages; knows `Item`, not where items come from.
"""

from index.adapt import Adapted
from index.confidence import Calibration, features, fit, load_calibration, logistic
from index.embed import Embedder, OnnxEmbedder, SentenceEmbedder, encoder_source, shipped, verified_model
from index.errors import CorruptIndex, IndexFault, ModelMissing, StaleIndex
from index.item import Item
from index.search import Found, Hit, Query, Weights, prepare, search
from index.shelf import Shelf, encode_items, make_shelf
from index.store import Index, Progress, build, load, mark_of, version
from index.text import Speller, Terms

__all__ = [
    "Adapted",
    "Calibration",
    "CorruptIndex",
    "Embedder",
    "Found",
    "Hit",
    "Index",
    "IndexFault",
    "Item",
    "ModelMissing",
    "OnnxEmbedder",
    "Progress",
    "Query",
    "SentenceEmbedder",
    "Shelf",
    "Speller",
    "StaleIndex",
    "Terms",
    "Weights",
    "build",
    "encode_items",
    "encoder_source",
    "features",
    "fit",
    "load",
    "load_calibration",
    "logistic",
    "make_shelf",
    "mark_of",
    "prepare",
    "search",
    "shipped",
    "verified_model",
    "version",
]
