"""Duties that several places of a document set: repeats shown once, disagreements as one duty with every date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rules.book import RuleBook, elsewhere, leading, sooner
from rules.duty import Obligation, Status


def together(found: Iterable[Obligation], book: RuleBook) -> list[Obligation]:
    """Return the duties with repeats and disagreements drawn together, by due date."""
    single = _soonest(_restated(found), book)
    by_id = {one.rule.id: one for one in single}
    out: list[Obligation] = []
    seen: set[str] = set()
    for one in single:
        if one.rule.id not in seen:
            group = _group(one, by_id, book)
            seen |= {member.rule.id for member in group}
            out.append(_led(group, by_id, book))
    return sorted(out, key=lambda one: one.sort_key)


def _soonest(found: Sequence[Obligation], book: RuleBook) -> list[Obligation]:
    """Draw the clocks of one duty together: whichever is sooner is the duty, and the others stand in its working."""
    by_id = {one.rule.id: one for one in found}
    out: list[Obligation] = []
    taken: set[str] = set()
    for one in found:
        if one.rule.id not in taken:
            group = [one, *(by_id[rule.id] for rule in book.clocks(one.rule) if rule.id in by_id)]
            taken |= {member.rule.id for member in group}
            out.append(_by_the_sooner(group, book) if one.rule.sooner_of else one)
    return out


def _by_the_sooner(group: Sequence[Obligation], book: RuleBook) -> Obligation:
    """Return the duty by its sooner clock; by one that was met where one was, for that settles the duty."""
    dated = [one for one in group if one.due]
    if not dated:
        return group[0]
    settled = [one for one in dated if one.status in (Status.MET, Status.MET_LATE)]
    lead = min(settled or dated, key=lambda one: one.sort_key)
    running = {one.rule.id: one.due for one in group}
    told = tuple(sooner(rule, running.get(rule.id), book.events) for rule in book.clocks(lead.rule))
    assert lead.due is not None
    lines = (*lead.due.steps, *(clock.sentence for clock in told), lead.due.working[-1])
    days = [one.nudge_on for one in group if one.nudge_on]
    return replace(
        lead,
        due=replace(lead.due, working=lines, others=(*lead.due.others, *told)),
        nudge_on=min(days) if lead.status.open else None,
    )


def _restated(found: Iterable[Obligation]) -> list[Obligation]:
    """Fold a rule that only repeats another into that one, where both come to the same."""
    kept: dict[str, list[Obligation]] = {}
    for one in sorted(found, key=lambda one: one.rule.restates is not None):  # the one repeated comes first
        same = kept.setdefault(one.rule.restates or one.rule.id, [])
        for place, told in enumerate(same):
            if _alike(one, told):
                same[place] = replace(told, restated_by=(*told.restated_by, one.rule.id))
                break
        else:
            same.append(one)
    return [one for same in kept.values() for one in same]


def _alike(one: Obligation, other: Obligation) -> bool:
    when = [(each.due.on, each.due.at) if each.due else None for each in (one, other)]
    return when[0] == when[1] and one.status == other.status and one.missing == other.missing


def _group(one: Obligation, by_id: Mapping[str, Obligation], book: RuleBook) -> list[Obligation]:
    """Return the duties that disagree with *one*, directly or through another, and that the same event can meet."""
    group, waiting = {one.rule.id: one}, [one]
    while waiting:
        here = waiting.pop()
        for rule in book.disagreeing(here.rule):
            other = by_id.get(rule.id)
            if other and rule.id not in group and set(rule.done_by) & set(here.rule.done_by):
                group[rule.id] = other
                waiting.append(other)
    return list(group.values())


def _led(group: Sequence[Obligation], by_id: Mapping[str, Obligation], book: RuleBook) -> Obligation:
    """Return the one of a group to go by, with the dates of all others."""
    lead = _lead(group)
    ids = {one.rule.id for one in group}
    loose = [by_id[rule.id] for rule in book.disagreeing(lead.rule) if rule.id in by_id and rule.id not in ids]
    others = [one for one in (*group, *loose) if one is not lead and (one.status.open or _same_start(one, lead))]
    if not others:
        return lead
    readings = tuple(elsewhere(one.rule, one.due) for one in others)
    days = [lead.nudge_on, *(one.nudge_on for one in group)]
    found = lead.due
    if found:
        lines = (*found.steps, *(reading.sentence for reading in readings), found.working[-1])
        found = replace(found, working=lines, others=(*found.others, *readings))
    return replace(
        lead,
        due=found,
        disagreeing=readings,
        nudge_on=min((day for day in days if day), default=None) if lead.status.open else None,
    )


def _same_start(one: Obligation, lead: Obligation) -> bool:
    """Return whether two duties ran from the same day: what is over from an earlier start says nothing of this one."""
    return one.due is not None and lead.due is not None and one.due.start == lead.due.start


def _lead(group: Sequence[Obligation]) -> Obligation:
    """Return the earliest firm one; where that is met or over, an open one that it does not settle.

    What was met is settled for the loose ones too; what merely ended leaves them standing.
    """
    dated = [(one.rule, one.due) for one in group if one.due]
    if not dated:
        return group[0]
    by_id = {one.rule.id: one for one in group}
    lead = by_id[leading(dated)[0].id]
    if not lead.status.open:
        over = lead.status is Status.ENDED
        still = [(one.rule, one.due) for one in group if one.due and one.status.open and (one.rule.firm or over)]
        if still:
            return by_id[leading(still)[0].id]
    return lead
