"""What is due, and why: rules as data, one small file of arithmetic, every date with its working.

Imports nothing of the other packages. `today` is always given by the caller.

>>> from datetime import date
>>> book = RuleBook.load()
>>> book.due("york.core-group.first", {"icpc_held": date(2026, 4, 2)}, england()).on
datetime.date(2026, 4, 20)
"""

from rules.book import RuleBook, nationally
from rules.bulk import BulkCalendar, due_days, due_moments
from rules.bulk_cases import CaseTable
from rules.bulk_standing import Standings, recompute
from rules.bulk_status import STATUSES, statuses
from rules.calendar import Calendar, england
from rules.check import check_book, lengthens
from rules.count import clock_end
from rules.due import Due, Facts, Reading, due
from rules.duty import Case, Obligation, Past, Status, same_act
from rules.errors import BadRuleFile, BeyondHorizon, MissingFact, NoNumber, NotInForce, RulesError
from rules.folder import SHIPPED, fingerprint
from rules.limit import AtAge, Before, ByDay, Every, Lasts, Limit, Span, Unnumbered, Within
from rules.log import Change, changes
from rules.obligations import obligations
from rules.rule import EventWord, FactWord, Rule, Source, Unclear, Version, Window
from rules.timeline import Event

__all__ = [
    "SHIPPED",
    "STATUSES",
    "AtAge",
    "BadRuleFile",
    "Before",
    "BeyondHorizon",
    "BulkCalendar",
    "ByDay",
    "Calendar",
    "Case",
    "CaseTable",
    "Change",
    "Due",
    "Event",
    "EventWord",
    "Every",
    "FactWord",
    "Facts",
    "Lasts",
    "Limit",
    "MissingFact",
    "NoNumber",
    "NotInForce",
    "Obligation",
    "Past",
    "Reading",
    "Rule",
    "RuleBook",
    "RulesError",
    "Source",
    "Span",
    "Standings",
    "Status",
    "Unclear",
    "Unnumbered",
    "Version",
    "Window",
    "Within",
    "changes",
    "check_book",
    "clock_end",
    "due",
    "due_days",
    "due_moments",
    "england",
    "fingerprint",
    "lengthens",
    "nationally",
    "obligations",
    "recompute",
    "same_act",
    "statuses",
]
