"""Words for the lexical half: split, stem, abbreviations both ways, spelling against the corpus's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import Stemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[a-z0-9]+")
_STEM = Stemmer.Stemmer("english")  # Porter's second stemmer, Snowball

STOPWORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "is",
        "are",
        "was",
        "be",
        "been",
        "do",
        "does",
        "did",
        "i",
        "we",
        "my",
        "our",
        "it",
        "its",
        "that",
        "this",
        "with",
        "by",
        "as",
        "from",
        "have",
        "has",
        "had",
        "they",
        "them",
        "their",
        "there",
        "he",
        "she",
        "his",
        "her",
        "you",
        "your",
        "me",
        "if",
        "so",
        "am",
        "can",
        "will",
        "just",
        "not",
        "no",
    ]
)


def words(text: str) -> list[str]:
    """Return the words of *text*, lower case, possessives and apostrophes dropped, stop words kept.

    >>> words("Child’s S.47 plan")
    ['child', 's', '47', 'plan']
    """
    return _WORD.findall(text.lower().replace("’", "'").replace("'s ", " ").replace("'", ""))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return str(_STEM.stemWord(word))


def tokens(text: str) -> list[str]:
    """Return the stems that the lexical index holds for *text*, stop words left out.

    >>> tokens("The visits are recorded")
    ['visit', 'record']
    """
    return [_stem(word) for word in words(text) if word not in STOPWORDS]


class Abbreviations:
    """The field's short forms and what they stand for, applied both ways when words are indexed or asked.

    >>> short = Abbreviations({"icpc": "initial child protection conference"})
    >>> short.expand("date of ICPC")
    'date of ICPC initial child protection conference'
    >>> short.expand("the initial child protection conference")
    'the initial child protection conference icpc'
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        self.forms = dict(forms)
        keys = sorted({*forms, *forms.values()}, key=len, reverse=True)
        self._find = re.compile(r"\b(" + "|".join(map(re.escape, keys)) + r")\b") if keys else None
        self._other: dict[str, str] = {}
        for short, long in forms.items():
            self._other.setdefault(short, long)
            self._other.setdefault(long, short)

    def expand(self, text: str) -> str:
        """Return *text* followed by the other form of each abbreviation or term it holds."""
        if self._find is None:
            return text
        found = dict.fromkeys(self._find.findall(text.lower()))
        added = [self._other[form] for form in found if self._other[form] not in found]
        return " ".join([text, *added])


class Speller:
    """Mends words that the corpus does not know when it knows one a single slip away (a letter more, less, swapped).

    >>> Speller(["supervision", "supervised"]).mend("hows supervison done")
    'hows supervision done'
    """

    def __init__(self, vocabulary: Iterable[str], common: Iterable[str] = ()) -> None:
        self._known = frozenset(vocabulary) | frozenset(common)
        self._targets = sorted(word for word in self._known if len(word) > 4)

    def mend(self, text: str) -> str:
        """Return *text* with each unknown word of five letters or more replaced by its one near neighbour, if any."""
        return _WORD.sub(lambda match: self._mend_word(match.group()), text.lower())

    @lru_cache(maxsize=10_000)  # noqa: B019  # one speller a process; the cache is bounded
    def _mend_word(self, word: str) -> str:
        if len(word) < 5 or word in self._known or not word.isalpha():
            return word
        hit = process.extractOne(word, self._targets, scorer=OSA.distance, score_cutoff=1)
        return str(hit[0]) if hit else word


def rare_share(asked: Sequence[str], found: frozenset[str], weight: Mapping[str, float], default: float) -> float:
    """Return the share (0 to 1) of the asked words' weight that *found* holds; words unknown to the corpus weigh most.

    >>> rare_share(["ladder", "visit"], frozenset({"visit"}), {"visit": 1.0}, default=3.0)
    0.25
    """
    total = sum(weight.get(word, default) for word in set(asked))
    if not total:
        return 0.0
    return sum(weight.get(word, default) for word in set(asked) if word in found) / total
