"""The invented teams: people who do not exist, cases under opaque references, and a past that always ends today.

Every date is counted back from the day the demonstration starts, so that on any day of the year one visit of the first
team is overdue, something is due now, and the rest is as it should be. The second team works for another council, so
that the same question asked in its channel is answered from another document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.local.world import World
from bot.messages import invented as say
from bot.store import cases, teams
from rules.count import months_after

COUNCIL, SECOND_COUNCIL = "york", "manchester"
TEAM_CHANNEL, SECOND_CHANNEL, QUESTIONS_CHANNEL = "C0RIVERBANK", "C0MILLRACE", "C0QUESTIONS"
WREN, ASH, ROBIN, KIT = "U0WREN", "U0ASH", "U0ROBIN", "U0KIT"
LARK, MERLE = "U0LARK", "U0MERLE"
PEOPLE = (
    (WREN, "Wren Sample", say.SOCIAL_WORKER),
    (ASH, "Ash Example", say.TEAM_MANAGER),
    (ROBIN, "Robin Demo", say.NEWLY_QUALIFIED),
    (KIT, "Kit Specimen", say.SENIOR),
)
SECOND_PEOPLE = ((LARK, "Lark Invented", say.SOCIAL_WORKER), (MERLE, "Merle Madeup", say.TEAM_MANAGER))
OVERDUE = "YK-0417"

Happened = tuple[str, date]


@dataclass(frozen=True)
class InventedCase:
    """A case of the invented team. `events` are names of the rules' library and working days, booked ones after today.

    `facts` are what rules ask for besides.
    """

    ref: str
    worker: str
    events: Sequence[Happened]
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Days:
    """Days counted from *today*, always working days.

    >>> days = Days(date(2026, 11, 25), lambda day: day.weekday() < 5)
    >>> days.work(-1), days.work(2)
    (datetime.date(2026, 11, 24), datetime.date(2026, 11, 27))
    >>> Days(date(2026, 11, 28), lambda day: day.weekday() < 5).work(0)  # a Saturday: Monday counts as the day itself
    datetime.date(2026, 11, 30)
    """

    today: date
    is_open: Callable[[date], bool]

    def work(self, number: int) -> date:
        """The working day *number* working days after today, or before it. Negative ones are never after today."""
        day = self.open_from(self.today)
        for _ in range(abs(number)):
            day += timedelta(days=1 if number > 0 else -1)
            while not self.is_open(day):
                day += timedelta(days=1 if number > 0 else -1)
        return day

    def open_from(self, day: date) -> date:
        """*day* itself, or the next working day."""
        while not self.is_open(day):
            day += timedelta(days=1)
        return day

    def months_due(self, months: int, due: date) -> date:
        """The working day from which that many months end on *due*, or as soon after it as can be.

        >>> Days(date(2026, 11, 25), lambda day: day.weekday() < 5).months_due(1, date(2026, 11, 27))
        datetime.date(2026, 10, 27)
        """
        day = self.open_from(months_after(due, -months))
        while months_after(day, months) < due:
            day = self.open_from(day + timedelta(days=1))
        return day

    def weeks_due(self, weeks: int, due: date) -> date:
        """The working day from which that many weeks end on *due*, or as soon after it as can be."""
        return self.open_from(due - timedelta(weeks=weeks))


def invented_cases(days: Days) -> list[InventedCase]:
    """The team's eight cases as they stand on *days*' today."""
    return [
        InventedCase("YK-0417", WREN, (*_plan_under_way(days), *_visits(days, -40, -23))),
        InventedCase("YK-0388", ROBIN, (*_before_review_conference(days), *_visits(days, -51, -42, -25, -8))),
        InventedCase("YK-0431", WREN, _new_plan(days)),
        InventedCase("YK-0402", KIT, _in_care_second_review(days), _aged(days, 9)),
        InventedCase("YK-0256", WREN, _in_care_long(days), _aged(days, 11)),
        InventedCase("YK-0365", ROBIN, _in_need(days, visited=-20, reviewed=-38)),
        InventedCase("YK-0344", KIT, _in_need(days, visited=-6, reviewed=-19)),
        InventedCase("YK-0429", ROBIN, _assessment(days)),
    ]


def second_cases(days: Days) -> list[InventedCase]:
    """The second team's three cases as they stand on *days*' today."""
    return [
        InventedCase("MC-0112", LARK, (*_shared(_plan_under_way(days)), *_visits(days, -40, -31, -22, -13, -4))),
        InventedCase("MC-0127", LARK, _in_need(days, visited=-6, reviewed=-19)),
        InventedCase("MC-0133", LARK, _new_plan(days)),
    ]


def _shared(events: Sequence[Happened]) -> Sequence[Happened]:
    """The same, with the plan sent out on the day of each core group."""
    return [*events, *(("cp_plan_shared", day) for event, day in events if event == "core_group_held")]


def let_in(world: World) -> None:
    """The team's people and channels."""
    for id, name, title in (*PEOPLE, *SECOND_PEOPLE):
        world.add_user(id, name, title)
    first, second = ([id for id, _, _ in people] for people in (PEOPLE, SECOND_PEOPLE))
    bot = world.install.bot_user_id
    world.add_channel(TEAM_CHANNEL, say.TEAM_CHANNEL, [*first, bot], topic=say.TEAM_TOPIC)
    world.add_channel(SECOND_CHANNEL, say.SECOND_CHANNEL, [*second, bot], topic=say.TEAM_TOPIC)
    world.add_channel(QUESTIONS_CHANNEL, say.QUESTIONS_CHANNEL, [*first, *second, bot], topic=say.QUESTIONS_TOPIC)
    for id in (*first, *second):
        world.open_im(id)


def write_down(connection: Connection, days: Days, now: datetime) -> None:
    """The teams and their cases, into an empty database."""
    for channel, name, council, manager, theirs in (
        (TEAM_CHANNEL, say.TEAM, COUNCIL, ASH, invented_cases(days)),
        (SECOND_CHANNEL, say.SECOND_TEAM, SECOND_COUNCIL, MERLE, second_cases(days)),
    ):
        team = teams.save(connection, channel, name, council, now, escalate_to=manager)
        for case in theirs:
            cases.add(connection, team.id, case.ref, council, now, worker=case.worker, facts=case.facts)
            stored = cases.by_ref(connection, team.id, case.ref)
            assert stored is not None
            for event, day in case.events:
                cases.record(connection, stored.id, event, day, case.worker, now)


def _aged(days: Days, years: int) -> dict[str, str]:
    """About how old a child in care is: the rules for young people ask. Only the year is told."""
    return {"born": f"{days.today.year - years}-01-01"}


def _visits(days: Days, *when: int) -> Sequence[Happened]:
    """Child protection visits, each that many working days away."""
    return [("cp_visit_held", days.work(number)) for number in when]


def _supervised(days: Days, *when: int) -> Sequence[Happened]:
    """Casework supervision, put on the child's file the day after; each at most -2."""
    return [
        pair
        for number in when
        for pair in (
            ("casework_supervision_held", days.work(number)),
            ("casework_supervision_filed", days.work(number + 1)),
        )
    ]


def _conference(days: Days, held: int) -> Sequence[Happened]:
    """From the strategy discussion to the plan, all in time; the conference *held* working days away."""
    return [
        ("strategy_discussion_held", days.work(held - 13)),
        ("s47_started", days.work(held - 13)),
        ("s47_ended", days.work(held - 10)),
        ("conference_report_to_chair", days.work(held - 5)),
        ("conference_report_shared", days.work(held - 5)),
        ("icpc_held", days.work(held)),
        ("cp_plan_agreed", days.work(held)),
    ]


def _plan_under_way(days: Days) -> Sequence[Happened]:
    """A plan two months old, its next core group due in a few days."""
    last = days.months_due(1, days.work(1))
    before = days.open_from(months_after(last, -1) + timedelta(days=2))
    return [
        *_conference(days, -44),
        ("core_group_held", before),
        ("core_group_held", last),
        *_supervised(days, -30, -11),
    ]


def _before_review_conference(days: Days) -> Sequence[Happened]:
    """A plan whose first review conference is booked: its reports are due before it."""
    core = [("core_group_held", days.work(number)) for number in (-47, -30, -12)]
    return [*_conference(days, -55), *core, ("rcpc_held", days.work(4)), *_supervised(days, -47, -28, -9)]


def _new_plan(days: Days) -> Sequence[Happened]:
    """A conference last week: the first visit is made, the first core group is due."""
    return [*_conference(days, -6), *_visits(days, -3), *_supervised(days, -8)]


def _into_care(days: Days, start: date) -> Sequence[Happened]:
    """Coming into care with all that is due in the first days done in time."""
    soon = days.open_from(start + timedelta(days=1))
    names = ("looked_after_started", "placement_started", "placement_first_visit_held", "legal_status_shared")
    first = [(name, start) for name in (*names, "placement_plan_made")]
    health = ("health_assessment_held", soon)
    week = ("health_assessment_requested", "placement_planning_meeting_held", "care_plan_recorded", "pep_meeting_held")
    return [*first, *((name, soon) for name in week), ("placement_visit_held", soon), health]


def _in_care_second_review(days: Days) -> Sequence[Happened]:
    """A child in care whose second review is due this week."""
    first_review = days.months_due(3, days.work(2))
    start = days.open_from(first_review - timedelta(days=24))
    visits = [("placement_visit_held", days.work(number)) for number in (-70, -43, -15)]
    report = days.open_from(first_review - timedelta(days=9))
    review = [
        ("review_report_to_iro", report),
        ("review_report_shared", report),
        ("cla_first_review_held", first_review),
    ]
    plan = ("permanence_plan_made", days.work(-18))
    return [*_into_care(days, start), *review, *visits, *_supervised(days, -77, -58, -39, -20), plan]


def _in_care_long(days: Days) -> Sequence[Happened]:
    """A child settled in care for more than a year: nothing presses."""
    start = days.open_from(days.today - timedelta(days=500))
    visits = [("placement_visit_held", days.work(number)) for number in (-66, -39, -13)]
    reviews = [
        ("cla_first_review_held", days.open_from(start + timedelta(days=18))),
        ("cla_second_review_held", days.open_from(start + timedelta(days=100))),
        ("cla_review_held", days.open_from(start + timedelta(days=270))),
        ("cla_review_held", days.work(-35)),
    ]
    months = [
        ("casework_supervision_held", days.open_from(start + timedelta(days=22 * number))) for number in (1, 2, 3)
    ]
    plan = ("permanence_plan_made", days.open_from(start + timedelta(days=85)))
    health = ("health_assessment_held", days.open_from(start + timedelta(days=350)))
    return [*_into_care(days, start), *reviews, *visits, *months, *_supervised(days, -21), plan, health]


def _in_need(days: Days, visited: int, reviewed: int) -> Sequence[Happened]:
    """A child in need plan, visited and reviewed that many working days away."""
    return [
        ("cin_plan_started", days.work(-95)),
        *(("cin_plan_reviewed", days.work(number)) for number in (reviewed - 45, reviewed)),
        *(("cin_visit_held", days.work(visited - 18 * number)) for number in range(5)),
        *_supervised(days, -93, -55, -17),
    ]


def _assessment(days: Days) -> Sequence[Happened]:
    """A single assessment under way: two progress reviews are held, the third is close by one of two readings."""
    start = days.work(-13)
    return [
        ("referral_received", start),
        ("referral_acknowledged", start),
        ("referral_accepted", start),
        ("case_allocated", start),
        ("child_seen", days.work(-11)),
        ("assessment_visit_recorded", days.work(-10)),
        ("progress_review_dates_set", start),
        ("progress_review_day_5", days.work(-10)),
        ("progress_review_day_10", days.work(-7)),
    ]
