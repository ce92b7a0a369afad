"""Which rule, and which event, a question is about: found items in, a rule or an entry out. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from bot.answers.dates import ReadDate
from bot.answers.read import Question
from corpus import Entry, Library
from index import Found
from index.text import tokens
from rules import Rule, RuleBook

NEAR = 0.12  # a rule this close behind the best entry, and on its lines, is what a question about time is after
_AMOUNT = re.compile(
    r"\b(?P<amount>\d{1,3})\s*(?:(?P<working_days>working days?|w/?ds?)|(?P<days>days?)|(?P<weeks>weeks?|wks?)"
    r"|(?P<months>months?)|(?P<hours>hours?|hrs?))\b",
    re.IGNORECASE,
)

_FIRST = re.compile(r"\b(?:first|1st)\b(?!\s+(?:year|week|24|day|month))", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:next|later|subsequent|further|thereafter|every|how often|how frequent\w*|frequency|second|2nd)\b",
    re.IGNORECASE,
)
_ORDINAL = {"1st": "first", "2nd": "second"}


@dataclass(frozen=True)
class Chosen:
    """What answers: the entry (where there is one) and, for a question about time, the rule."""

    entry: Entry | None
    rule: Rule | None


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many lines two spans share.

    >>> overlap((550, 554), (553, 560))
    2
    """
    return max(0, min(one[1], other[1]) - max(one[0], other[0]) + 1)


def rule_lines(rule: Rule) -> tuple[int, int]:
    """Return the lines of the newest version's source; (0, 0) for a national rule, which stands in no document held."""
    return rule.newest.source.lines or (0, 0)


def choose(found: Found, question: Question, library: Library, book: RuleBook) -> Chosen:
    """Return what the question is after: the best rule if it asks about time, else the best entry.

    A question about time whose best hit is an entry is answered by the best-placed rule on that entry's lines; one
    whose best hit is a rule, but that does not ask about time, by the entry that the rule stands in, if there is one.
    """
    best = found.hits[0].item
    if best.kind == "rule":
        rule = book[best.id]
        entry = _entry_at(rule_lines(rule), found, library, rule.council)
        if question.wants_time or rule.amount is not None or entry is None:
            return Chosen(entry, rule)
        return Chosen(entry, None)
    entry = library.entry(best.id)
    if entry is None or not question.wants_time:
        return Chosen(entry, None)
    here = _rule_at(entry, found, book)
    return Chosen(entry, here) if here else _started(entry, found, question, book)


def _started(entry: Entry, found: Found, question: Question, book: RuleBook) -> Chosen:
    """Return the rule, as near as the best entry, whose clock the question's date starts; else the entry alone.

    "Placed on 4 May, next visit?" is after a date, though a page on what counts as a visit may be nearer to its words.
    """
    for hit in found.hits:
        rule = book[hit.item.id] if hit.item.kind == "rule" and hit.score >= found.hits[0].score - NEAR else None
        if rule and _named(question, rule, book) & set(rule.starts):
            return Chosen(None, rule)
    return Chosen(entry, None)


def _named(question: Question, rule: Rule, book: RuleBook) -> set[str]:
    """Return the events that the question's dates belong to, as far as *rule*'s are among those that fit."""
    return {name for one in question.dates for name in _nearest_event(one, question.text, rule, book)[2]}


def _rule_at(entry: Entry, found: Found, book: RuleBook) -> Rule | None:
    """Return the best-ranked found rule on the entry's lines; unranked ones count only where there is just one."""
    top = found.hits[0].score
    for hit in found.hits:
        if hit.item.kind == "rule" and overlap(rule_lines(book[hit.item.id]), entry.source.lines):
            return book[hit.item.id] if hit.score >= top - 3 * NEAR else None
    here = [rule for rule in book.of(entry.council) if overlap(rule_lines(rule), entry.source.lines)]
    return here[0] if len(here) == 1 else None


def _entry_at(lines: tuple[int, int], found: Found, library: Library, council: str) -> Entry | None:
    """Return the entry that shares most with *lines*: found ones first, in rank order, then any."""
    for hit in found.hits:
        entry = library.entry(hit.item.id)
        if entry and entry.council == council and overlap(entry.source.lines, lines):
            return entry
    if council not in library.councils:
        return None
    entries = library.digest(council).entries
    best = max(entries, key=lambda entry: overlap(entry.source.lines, lines), default=None)
    return best if best and overlap(best.source.lines, lines) else None


def stated_amounts(text: str) -> set[tuple[float, str]]:
    """Return the amounts and units that *text* names.

    >>> sorted(stated_amounts("is it 45 days or 45 working days"))
    [(45.0, 'days'), (45.0, 'working_days')]
    """
    return {(float(match["amount"]), str(match.lastgroup)) for match in _AMOUNT.finditer(text) if match.lastgroup}


def narrowed(rule: Rule, question: Question, book: RuleBook) -> Rule | None:
    """Return the one of *rule* and those it disagrees with that the question's own words single out, or None.

    Words single a rule out by its number and unit ("the 45 working days"), or by someone whom only that rule binds
    ("the school's report").
    """
    group = [rule, *book.disagreeing(rule)]
    if len(group) == 1:
        return None
    stated = stated_amounts(question.text)
    by_number = [one for one in group if (one.amount, one.unit) in stated]
    if len(by_number) == 1:
        return by_number[0]
    topical = set(tokens(" ".join(f"{one.title} {one.topic}" for one in group)))  # say which duty, not whose
    asked = set(tokens(question.text)) - topical
    roles = {one.id: set(tokens(one.who or "")) for one in group}
    singled = [
        one
        for one in group
        if asked & (roles[one.id] - set().union(*(roles[other.id] for other in group if other.id != one.id)))
    ]
    return singled[0] if len(singled) == 1 and singled[0].id == rule.id else None


def in_turn(rule: Rule, found: Found, question: Question, book: RuleBook) -> Rule:
    """Return the rule of the same duty for the turn that the question names: the first, or those that follow it.

    The first core group and later ones are rules of their own, and their words are much alike.
    """
    first, later = bool(_FIRST.search(question.text)), bool(_LATER.search(question.text))
    named = {"first", "second"} & set(tokens(rule.title)) & {_ORDINAL.get(word, word) for word in tokens(question.text)}
    if named or first == later or rule.recurring == later or rule.direction == "none":
        return rule
    for hit in found.hits:
        other = book[hit.item.id] if hit.item.kind == "rule" else rule
        if other.recurring == later and other.amount is not None and _same_duty(other, rule):
            return other
    return rule


def _same_duty(one: Rule, other: Rule) -> bool:
    return bool(set(one.done_by) & set(other.done_by)) and (one.council, one.topic) == (other.council, other.topic)


def restarted(rule: Rule, found: Found, question: Question, book: RuleBook) -> Rule:
    """Return the rule whose clock the question's date starts, where that of *rule* does not: of its duty, or as near.

    The first review conference runs from the initial one, later ones from the one before: "the first review was on 31
    March, when is the next" names the clock by its date. So does a date of birth, between two rules that are as near.
    """
    named = _named(question, rule, book)
    if not named or start_given(rule, question, book, {})[2] is None:
        return rule
    for hit in found.hits:
        other = book[hit.item.id] if hit.item.kind == "rule" else rule
        near = hit.score >= found.hits[0].score - NEAR
        if named & set(other.starts) and (near or _same_duty(other, rule)):
            return other
    return rule


def start_given(
    rule: Rule, question: Question, book: RuleBook, facts: Mapping[str, date | datetime]
) -> tuple[str | None, date | datetime | None, str | None]:
    """Return (event, when, other): the start that the question or the known *facts* give for *rule*.

    `other` names the event that the question's date belongs to where that does not start this clock; then there is no
    start.
    """
    known = [event for event in rule.starts if event in facts]
    if known:
        latest = max(known, key=lambda event: str(facts[event]))
        return latest, facts[latest], None
    if not question.dates:
        return None, None, None
    best: tuple[int, ReadDate, str] | None = None
    stranger: str | None = None
    for one in question.dates:
        distance, event, events = _nearest_event(one, question.text, rule, book)
        start = next((name for name in rule.starts if events & {name, *book.events[name].dated_by}), None)
        if events and start is None:
            stranger = stranger or event
        elif best is None or distance < best[0]:
            best = (distance, one, event if event in rule.starts else start or rule.starts[0])
    if best is None:
        return None, None, stranger
    return best[2], best[1].value, None


@cache  # the events' words, and no others: the library bounds it
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b")


def _nearest_event(one: ReadDate, text: str, rule: Rule, book: RuleBook) -> tuple[int, str, frozenset[str]]:
    """Return the distance (characters) from a date to the event words nearest it in its clause, one event, and all."""
    lower = text.lower()
    start = max(lower.rfind(mark, 0, one.start) for mark in (". ", "? ", "; ", "- "))
    before = lower[start + 1 : one.start]
    found: dict[int, set[str]] = {}
    for name, event in book.events.items():
        for word in (event.title.lower(), *(phrase.lower() for phrase in event.words)):
            for match in _whole(word).finditer(before):
                # the longest phrase that ends nearest the date names the event
                found.setdefault((len(before) - match.end()) * 100 - len(word), set()).add(name)
    if not found:
        return 10_000, rule.starts[0], frozenset()
    nearest = min(found)
    mine = found[nearest] & set(rule.starts)
    return nearest // 100 + 1, next(iter(sorted(mine or found[nearest]))), frozenset(found[nearest])
