"""One duty in several councils, side by side: a line a council, the shortest limit first, silence shown as silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers import compose
from bot.answers.choose import choose, in_turn
from bot.answers.contract import Answer, CitationOut, Compared, Context, Kind
from bot.answers.read import Question
from bot.messages import answers as say
from bot.services import Services
from bot.wording import limit_words
from corpus import Entry
from index import Found, Query, prepare, search
from rules import Rule, RuleBook, same_act
from rules.folder import NATIONAL

_DAYS = {"hours": 1 / 24, "days": 1, "working_days": 1.4, "weeks": 7, "months": 30.4, "years": 365.25}
_ASKED = re.compile(r"^\W*(?:(?:how|what|who|when)\s+)?(?:(?:do|does|is|are|about|for|on)\s+)*", re.IGNORECASE)
_TOPIC = 6  # words: more of them are a question already
_OPENINGS = ("how often is", "when is", "how soon is")
_NEVER = 1e6  # rough days of what has no number: after all that have one


@dataclass(frozen=True)
class Row:
    """What one council's documents say: a rule, else an entry, else nothing; and how surely it was found."""

    council: str
    found: Found
    confidence: float
    sure: bool
    rule: Rule | None = None
    entry: Entry | None = None


def compare_answer(question: Question, own: str | None, services: Services) -> Answer | None:
    """Return a line for each council named in *question*, or for all; None where none of them answers it.

    The surest council's timescale says which duty is meant; the others are given by their rule for that same duty,
    known by the events that start and meet it, so that a first visit is not set beside a later one. *own* is the
    asker's council, which leads where two are equally sure.
    """
    asked = replace(question, wants_time=True)
    keys = list(question.councils) or list(services.councils)
    queries = [prepare(services.index, words) for words in _wordings(question)]
    rows = [_row(asked, key, queries, services) for key in sorted(keys, key=lambda key: key != own)]
    if not any(row.sure for row in rows):
        return None
    anchor = max((row for row in rows if row.sure), key=lambda row: (row.rule is not None, row.confidence))
    rows = [row if row is anchor else _on_the_same_duty(row, anchor, services.book) for row in rows]
    return _told(rows, anchor, question, services)


def _row(question: Question, council: str, queries: Sequence[Query], services: Services) -> Row:
    searched = (search(services.index, query, (council,), k=20) for query in queries)
    found, confidence = likeliest(searched, services)
    sure = bool(found.hits) and confidence >= services.calibration.threshold
    if not sure:
        return Row(council, found, confidence, sure)
    chosen = choose(found, question, services.library, services.book)
    rule = in_turn(chosen.rule, found, question, services.book) if chosen.rule else None
    return Row(council, found, confidence, sure, rule, chosen.entry)


def likeliest(searched: Iterable[Found], services: Services) -> tuple[Found, float]:
    """Return which of several searches most likely found the answer, and how likely that is (0 to 1)."""
    return max(((found, services.calibration.probability(found)) for found in searched), key=lambda one: one[1])


def _wordings(question: Question) -> list[str]:
    """Return the words, and the words as a question: "compare supervision" asks how often it is."""
    topic = _ASKED.sub("", question.words).strip(" ?.")
    openings = _OPENINGS if len(topic.split()) <= _TOPIC else ()
    return [question.words, *(f"{opening} {topic}" for opening in openings)]


def _on_the_same_duty(row: Row, anchor: Row, book: RuleBook) -> Row:
    """Return *row* with its council's rule for the anchor's duty, where that sets one."""
    if anchor.rule is None:
        return row
    theirs = counterparts(anchor.rule, row.council, book, row.found)
    if theirs:
        return replace(row, rule=theirs[0], entry=None, sure=True)
    if row.rule and row.rule.topic != anchor.rule.topic:
        return replace(row, rule=None, entry=None)  # what was found is of something else
    return row


def counterparts(rule: Rule, council: str, book: RuleBook, found: Found | None = None) -> list[Rule]:
    """Return the rules of *council* that set the duty of *rule*, the closest first; repeats are left out.

    The same duty is started and met by the same events, and comes once or again and again alike. Rules with a number
    go first, then those of the same phase, then those that search put higher.

    >>> book = RuleBook.load()
    >>> [one.id for one in counterparts(book["york.core-group.first"], "england", book)]
    ['england.core-group.first']
    """
    ranked = [hit.item.id for hit in found.hits] if found else []
    place = {name: number for number, name in enumerate(ranked)}
    same = [one for one in book.of(council) if one.restates is None and _same_duty(one, rule)]
    return sorted(
        same,
        key=lambda one: (
            one.amount is None,
            not same_phase(one, rule),
            dict(one.applies_when) != dict(rule.applies_when),
            one.direction != rule.direction,
            place.get(one.id, len(place)),
        ),
    )


def national_counterpart(rule: Rule, book: RuleBook) -> Rule | None:
    """Return the national rule that *rule* is tied to, or else the closest that sets the same duty.

    >>> book = RuleBook.load()
    >>> national_counterpart(book["york.core-group.first"], book).id
    'england.core-group.first'
    """
    return book.rules.get(rule.shortens or "") or next(iter(counterparts(rule, NATIONAL, book)), None)


def _same_duty(one: Rule, other: Rule) -> bool:
    if one.done_by and other.done_by:
        return one.subject == other.subject and same_act(one, other)
    starts = bool(set(one.starts) & set(other.starts))
    return starts and (one.subject, one.recurring, one.topic) == (other.subject, other.recurring, other.topic)


def same_phase(one: Rule, other: Rule) -> bool:
    """Return whether two rules hold in the same phase of a duty: a placement's first year, once it is permanent …"""
    return _phase(one) == _phase(other)


def of_any_phase(rule: Rule) -> bool:
    """Return whether a rule holds whatever the phase."""
    return _phase(rule) == (set(), False, False)


def _phase(rule: Rule) -> tuple[set[str], bool, bool]:
    window = rule.window
    return set(rule.requires), bool(window and window.from_), bool(window and window.until)


def _told(rows: Sequence[Row], anchor: Row, question: Question, services: Services) -> Answer:
    told = sorted((_line(row, services) for row in rows), key=lambda line: line[0])
    citations = tuple(cited for _, _, cited in told if cited)
    compared = [row for _, row, _ in told]
    compared += [Compared(council=name, says=say.not_loaded()) for name in question.unloaded]
    compared += _law(anchor, services)
    ends = [] if question.councils else [say.only_loaded(list(services.councils.values()))]
    lines = [say.compared(row.council, row.says, row.place) for row in compared]
    return Answer(
        kind=Kind.COMPARE,
        text=compose.joined(lines[0], [*lines[1:], *ends]),
        headline=lines[0],
        body=compose.joined("", [*lines[1:], *ends]),
        confidence=round(anchor.confidence, 4),
        citations=citations,
        see_also=compose.see_also(anchor.found, citations, services.library, services.book),
        rows=tuple(compared),
        context=Context(council=anchor.council),
    )


def _line(row: Row, services: Services) -> tuple[float, Compared, CitationOut | None]:
    """Return what puts a row in order, the row, and its citation."""
    name, cited = services.councils[row.council], _cited(row, services)
    if cited is None:
        return 2 * _NEVER, Compared(council=name, says=say.silent()), None
    words = row.entry.says if row.entry else ""
    if row.rule:
        words = compose.timescale_headline(row.rule, services.book) + "".join(_also(row.rule, services))
    return rough_days(row.rule), Compared(council=name, says=words, place=compose.source_line(cited)), cited


def _cited(row: Row, services: Services) -> CitationOut | None:
    if row.rule is not None:
        return compose.citation_of_rule(row.rule, row.entry, services.library, services.originals)
    if row.entry is not None:
        return compose.citation_of_entry(row.entry, services.library, services.originals)
    return None


def _also(rule: Rule, services: Services) -> Iterator[str]:
    """Yield what other places of the same document say instead."""
    for other in services.book.disagreeing(rule):
        yield say.elsewhere_in_it(limit_words(other, services.book), other.newest.source.place)


def _law(anchor: Row, services: Services) -> list[Compared]:
    """Return the national row for the duty compared, where there is one."""
    law = national_counterpart(anchor.rule, services.book) if anchor.rule else None
    if law is None:
        return []
    words = f"{law.title}: {limit_words(law, services.book)}"
    return [Compared(council=say.nationally(), says=words, place=say.source(law.newest.source.in_words))]


def rough_days(rule: Rule | None) -> float:
    """Return a limit's rough length in calendar days, for putting councils in order only.

    >>> book = RuleBook.load()
    >>> rough_days(book["york.core-group.first"]), rough_days(None)
    (14.0, 1000000.0)
    """
    if rule is None or rule.amount is None or rule.unit is None:
        return _NEVER
    return float(rule.amount) * _DAYS[rule.unit] / (getattr(rule.newest.limit, "times", 1) or 1)
