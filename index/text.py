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


class Terms:
    """The field's terms, each with its other names: applied both ways when words are indexed or asked.

    >>> terms = Terms([("initial child protection conference", "icpc"), ("private fostering", "pf")])
    >>> terms.expand("date of ICPC")
    'date of ICPC initial child protection conference'
    >>> terms.expand("the initial child protection conference")
    'the initial child protection conference icpc'
    >>> sorted(terms.named("is PF after an ICPC ok?"))
    [0, 1]
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self.groups = tuple(tuple(name.lower() for name in group) for group in groups)
        self._group: dict[str, int] = {}
        for number, group in enumerate(self.groups):
            for name in group:
                self._group.setdefault(name, number)
        longest_first = sorted(self._group, key=len, reverse=True)
        self._find = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})s?\b") if longest_first else None

    def _names(self, text: str) -> list[str]:
        return list(dict.fromkeys(self._find.findall(text.lower()))) if self._find else []

    def expand(self, text: str) -> str:
        """Return *text* followed by the other name of each term it holds: the full one, or its first short one."""
        found = self._names(text)
        others = []
        for name in found:
            group = self.groups[self._group[name]]
            if len(group) > 1:
                others.append(group[1] if name == group[0] else group[0])
        return " ".join([text, *(other for other in dict.fromkeys(others) if other not in found)])

    def named(self, text: str) -> frozenset[int]:
        """Return the places, in `groups`, of the terms that *text* names in any of their forms."""
        return frozenset(self._group[name] for name in self._names(text))


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
