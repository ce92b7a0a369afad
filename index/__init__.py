"""Which entry answers a question: lexical and dense rankings of one council's items, fused.

Imports nothing of the other packages; knows `Item`, not where items come from.
"""

from index.embed import Embedder, OnnxEmbedder, SentenceEmbedder, verified_model
from index.errors import CorruptIndex, IndexFault, ModelMissing, StaleIndex
from index.item import Item
from index.search import Found, Hit, Weights, search
from index.store import Index, build, fingerprint, load
from index.text import Abbreviations, Speller

__all__ = [
    "Abbreviations",
    "CorruptIndex",
    "Embedder",
    "Found",
    "Hit",
    "Index",
    "IndexFault",
    "Item",
    "ModelMissing",
    "OnnxEmbedder",
    "SentenceEmbedder",
    "Speller",
    "StaleIndex",
    "Weights",
    "build",
    "fingerprint",
    "load",
    "search",
    "verified_model",
]
