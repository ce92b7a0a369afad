"""What a rule book must pass, as lists of sentences. Pure: no file is read here, and no clock.

Faults of form (unknown keys, events, ids) are found when a folder is read; here stand the checks of sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from rules.book import RuleBook
from rules.limit import Every, Limit, Unnumbered
from rules.rule import Rule, Source
from rules.words import number_patterns, unit_patterns

TOPICS = frozenset(
    part.strip()
    for part in (
        "practice standards · direct work · statutory visit · change of worker · child and family assessment"
        " · consent and information sharing · chronology and genogram · case summary · case recording"
        " · management oversight · supervision · strategy discussion · section 47 enquiry · safety plan"
        " · child protection conference · child protection conference report · child protection plan · core group"
        " · child protection visit · child in need · child in need meeting · child in need plan · child in need visit"
        " · child in care · child in care review · care plan · permanence · placement planning meeting"
        " · health assessment · personal education plan · missing from care · pathway plan · personal adviser"
        " · care leaver visit · short breaks · contact · planning · early help and step down"
        " · referral · emergency protection · care proceedings · secure accommodation · private fostering · adoption"
        " · complaint · serious incident"
        " · learning and development · performance and appraisal · leadership · audit and quality assurance"
    ).split("·")
)
FEWEST_ASKS = 3
STALE_MONTHS = 13
_ROUGH_HOURS = {"hours": 1, "days": 24, "working_days": 24 * 7 / 5, "weeks": 168, "months": 730.5, "years": 8766}


def check_book(
    book: RuleBook, originals: Mapping[str, str | Sequence[str]] | None = None, today: date | None = None
) -> tuple[list[str], list[str]]:
    """Return the problems of a book that could be read, and the warnings, one line each: `file: rule: field: problem`.

    *originals* maps a document (or council) to its text or its lines: each quantified rule's number and unit must occur
    in the words that it cites. Warnings: local rules longer than the national ones, and, given *today*, versions that
    nobody held against their source for 13 months.

    >>> check_book(RuleBook({}))
    ([], [])
    """
    texts = {name: text.split("\n") if isinstance(text, str) else text for name, text in (originals or {}).items()}
    problems = [
        f"{_where(rule, book)}: {problem}"
        for rule in book
        for problem in (*_sense(rule), *_related(rule, book.rules), *_cited(rule, texts))
    ]
    return problems, [*_lengthening(book), *(_stale(book, today) if today else [])]


def _where(rule: Rule, book: RuleBook) -> str:
    return f"{book.files.get(rule.id, rule.council)}: {rule.id}"


def _stale(book: RuleBook, today: date) -> list[str]:
    oldest = today - relativedelta(months=STALE_MONTHS)
    return [
        f"{_where(rule, book)}: checked: last held against its source on {rule.newest.checked}"
        for rule in book
        if rule.newest.checked < oldest
    ]


def _lengthening(book: RuleBook) -> list[str]:
    """Return a line for each local rule that leaves more time than the national one: shown, never hidden."""
    return [f"{_where(rule, book)}: shortens: is longer than {rule.shortens}" for rule in book if lengthens(rule, book)]


def lengthens(rule: Rule, book: RuleBook) -> bool:
    """Return whether *rule* leaves more time than the national rule it is tied to, by their numbers.

    >>> lengthens(RuleBook.load()["york.cla-review.first"], RuleBook.load())
    False
    """
    national = book.rules.get(rule.shortens or "")
    return national is not None and _longer(rule.newest.limit, national.newest.limit)


def _sense(rule: Rule) -> Iterator[str]:
    if rule.topic not in TOPICS:
        yield f"topic: {rule.topic!r} is not one of the topics"
    if len(rule.asks) < FEWEST_ASKS:
        yield f"asks: {len(rule.asks)} given, at least {FEWEST_ASKS} wanted"
    if isinstance(rule.newest.limit, Every) and not set(rule.done_by) <= set(rule.starts):
        yield "done_by: what meets a recurring duty must stand in starts too, so that the next one runs from it"
    if len({ask.lower() for ask in rule.asks}) < len(rule.asks):
        yield "asks: the same words stand twice"
    for place, version in enumerate(rule.versions):
        if version.in_force and version.checked < version.in_force:
            yield f"versions.{place}.checked: is before in_force"
    for place, one in enumerate(rule.unclear):
        if one.other is not None and one.other == rule.newest.limit:
            yield f"unclear.{place}.other: is the same as the limit"


def _related(rule: Rule, rules: Mapping[str, Rule]) -> Iterator[str]:
    for other in rule.disagrees_with:
        if other in rules and rule.id not in rules[other].disagrees_with:
            yield f"disagrees_with: {other} does not name this rule in turn"
    for other in rule.sooner_of:
        if other in rules and rule.id not in rules[other].sooner_of:
            yield f"sooner_of: {other} does not name this rule in turn"
        if other in rules and not set(rules[other].done_by) & set(rule.done_by):
            yield f"sooner_of: nothing that meets {other} meets this rule: two clocks of one duty are met together"
    told = rules.get(rule.restates or "")
    if told:
        if told.restates:
            yield f"restates: {told.id} itself restates {told.restates}; name that one"
        if _plain(told.newest.limit) != _plain(rule.newest.limit):
            yield f"restates: {told.id} has another number; that is disagrees_with"


def _plain(limit: Limit) -> tuple[object, ...]:
    """Return a limit so that 12 months equal a year and 7 days a week; working days and days stay apart."""
    if isinstance(limit, Unnumbered):
        return (limit.none,)
    scale, unit = {"years": (12, "months"), "weeks": (7, "days")}.get(limit.unit, (1, limit.unit))
    kind = "after" if limit.direction == "by_day" else limit.direction
    return kind, limit.amount * scale, unit, limit.times if isinstance(limit, Every) else 1


def _longer(local: Limit, national: Limit) -> bool:
    """Return whether one limit leaves more time than another; working days are taken at seven in five."""
    if isinstance(local, Unnumbered) or isinstance(national, Unnumbered):
        return False
    mine, theirs = (
        limit.amount * _ROUGH_HOURS[limit.unit] / (limit.times if isinstance(limit, Every) else 1)
        for limit in (local, national)
    )
    return mine > theirs


def _cited(rule: Rule, originals: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for place, version in enumerate(rule.versions):
        lines = originals.get(version.source.document, originals.get(rule.council))
        if lines is None or version.source.lines is None:
            continue
        at = f"versions.{place}.source.lines"
        cited = cited_words(version.source, lines)
        if cited is None:
            yield f"{at}: the document has only {len(lines)} lines"
        elif not cited:
            yield f"{at}: are blank"
        else:
            yield from (f"{at}: {problem}" for problem in _number_there(version.limit, cited))


def cited_words(source: Source, lines: Sequence[str]) -> str | None:
    """Return the cited *lines* in lower case, white space collapsed; None where they lie past the document's end.

    >>> cited_words(Source(document="york", section="S", lines=(1, 2)), ["Within ten", "  Working days"])
    'within ten working days'
    """
    first, last = source.lines or (1, len(lines))
    return None if last > len(lines) else " ".join(" ".join(lines[first - 1 : last]).split()).lower()


def _number_there(limit: Limit, cited: str) -> Iterator[str]:
    """Say what of the limit's number and unit is missing from the cited words."""
    if isinstance(limit, Unnumbered):
        return
    if not any(re.search(pattern, cited) for pattern in number_patterns(limit.amount, limit.unit)):
        yield f"the number {limit.amount:g} ({limit.in_words}) is not in the cited words"
    if not any(re.search(pattern, cited) for pattern in unit_patterns(limit.unit)):
        yield f"the unit {limit.unit} is not in the cited words"
