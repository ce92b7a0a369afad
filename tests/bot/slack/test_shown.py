"""Nothing that is shown is more than Slack takes: any words, long titles, two hundred duties. Shortened, or counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.contract import Answer, Choice, DueDate, Followup, Kind, SeeAlso
from bot.messages import cases as say_cases
from bot.messages import digest as say
from bot.nudges.plan import LONDON, Digest, Duty, Line, Times, digest
from bot.nudges.sweep import is_working_in
from bot.services import Services
from bot.slack import modals
from bot.slack.answer_blocks import answer_blocks, plain_answer
from bot.slack.blocks import Block, fitted, section
from bot.slack.casework import case_blocks, case_text
from bot.slack.digest_blocks import alert_blocks, digest_blocks, line_text
from bot.slack.home import home_view
from bot.slack.limits import checked, checked_view, problems, text_problems
from bot.store import cases
from bot.store.cases import CaseEvent, StoredCase
from rules import england
from tests.bot.slack.house import WREN, House, opened_house, words

TODAY = date(2026, 11, 25)
ENGLAND = england()
TIMES = Times(is_working_in(ENGLAND))
ANYTHING = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("&<>*~_`\n "), max_size=60
)
LONG = st.builds(lambda text, times: text * times, ANYTHING, st.integers(1, 120))
SOMETHING = LONG.filter(lambda text: bool(text.strip()))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 1)).map(lambda moment: moment.replace(tzinfo=LONDON))

DUTIES = st.builds(
    Duty,
    case_id=st.integers(1, 10**9),
    case_ref=st.from_regex(re.compile(r"[A-Z0-9/-]{1,40}"), fullmatch=True),
    rule=st.from_regex(re.compile(r"[a-z.-]{1,120}"), fullmatch=True),
    title=SOMETHING,
    due=st.none() | DAYS,
    at=st.none() | MOMENTS,
    nudge_on=st.none() | DAYS,
    question=st.none() | SOMETHING,
    worker=st.none() | st.just("U0123456789"),
    events=st.just(("held",)) | st.just(()),
)
LINES = st.builds(
    Line, DUTIES, over=st.integers(0, 400), met=st.booleans(), done=st.none() | DAYS, tell=st.none() | st.just("U0ABC")
)
GROUPS = st.lists(LINES, max_size=60).map(tuple)
WORKING = st.lists(SOMETHING, max_size=30).map(tuple)
PLACES = st.builds(SeeAlso, entry=st.just("e"), council=st.just("york"), section=SOMETHING, lines=st.just((1, 2)))
ANSWERS = st.builds(
    Answer,
    kind=st.sampled_from(Kind),
    text=SOMETHING,
    headline=LONG,
    body=LONG,
    confidence=st.just(0.5),
    due=st.none() | st.builds(DueDate, on=DAYS, working=WORKING),
    see_also=st.lists(PLACES, max_size=4).map(tuple),
    choices=st.lists(st.builds(Choice, label=SOMETHING, ask=SOMETHING), max_size=30).map(tuple),
    followup=st.none()
    | st.builds(Followup, rule=st.just("r"), event=st.just("e"), question=SOMETHING, needs_time=st.booleans()),
)
quickly = settings(max_examples=40, deadline=None)


@quickly
@given(ANSWERS, st.none() | SOMETHING)
def test_any_answer_can_be_shown(answer: Answer, note: str | None) -> None:
    """An answer that Slack refuses is silence to the worker who asked."""
    blocks = answer_blocks(answer, f"reply:C0123456789:{'1' * 120}", note)
    assert problems(blocks, "message") == []
    assert text_problems(plain_answer(answer)) == []


@quickly
@given(GROUPS, GROUPS, GROUPS, GROUPS, GROUPS, ANYTHING, st.integers(0, 99))
def test_any_digest_can_be_shown_and_hides_nothing(
    overdue: tuple[Line, ...],
    today: tuple[Line, ...],
    soon: tuple[Line, ...],
    notice: tuple[Line, ...],
    blocked: tuple[Line, ...],
    team: str,
    snoozed: int,
) -> None:
    """A long list is cut where Slack's message ends; what is cut is counted, or a manager takes it for all there is."""
    found = Digest(TODAY, 5, overdue, today, soon, notice, blocked, snoozed)
    blocks = digest_blocks(found, team)
    assert problems(blocks, "message") == []
    whole = "\n".join(block["text"]["text"] for block in blocks if block["type"] == "section")
    listed = sum(line_text(line) in whole for line in found.lines)
    assert listed + left_out(blocks) >= len(found.lines)  # alike ones may be listed once for two
    for name, lines in (
        ("overdue", overdue),
        ("today", today),
        ("soon", soon),
        ("notice", notice),
        ("blocked", blocked),
    ):
        assert not lines or f": {len(lines)}*" in whole, name


def left_out(blocks: list[Block]) -> int:
    """How many duties a digest says are more than it lists."""
    small = [each["text"] for block in blocks if block["type"] == "context" for each in block["elements"]]
    counts = [re.fullmatch(r"…and (\d+) more: see my Home tab\.", text) for text in small]
    return sum(int(found[1]) for found in counts if found)


def duties(count: int, title: str = "Child protection visit") -> list[Duty]:
    """*count* duties, all late."""
    late = Duty(0, "", "york.cp-visit.next", title, due=date(2026, 11, 20), worker=WREN, events=("cp_visit_held",))
    return [replace(late, case_id=number, case_ref=f"YK-{number:04}") for number in range(1, count + 1)]


@pytest.mark.parametrize("title", ["Child protection visit", "A title & more of it " * 40])
@pytest.mark.parametrize("count", [1, 18, 19, 78, 200, 2_000])
def test_a_digest_of_many_duties_lists_what_fits_and_counts_the_rest(count: int, title: str) -> None:
    """On the worst morning of the year the list still comes, the latest first, and says how long it is."""
    found = digest(duties(count, title), TODAY, TIMES)
    blocks = digest_blocks(found, "Riverbank")
    assert problems(blocks, "message") == []
    whole = "\n".join(str(block) for block in blocks)
    listed = len(set(re.findall(r"YK-\d{4}", whole)))
    assert listed + left_out(blocks) == count
    assert f"{say.heading_overdue()}: {count}" in whole
    assert listed >= min(count, 17)
    if count <= 18:
        assert whole.count("duty_done") == count


def test_every_heading_keeps_a_line_however_long_the_first_is() -> None:
    """Two hundred late ones must not hide the one that is due today."""
    lines = tuple(Line(one, over=3) for one in duties(200))
    other = replace(lines[0], duty=replace(lines[0].duty, case_ref="YK-9999", title="Core group"))
    found = Digest(TODAY, 5, overdue=lines, today=(other,), soon=(other,), notice=(other,), blocked=(other,))
    blocks = digest_blocks(found, "Riverbank")
    assert str(blocks).count("YK-9999") == 4


@quickly
@given(DUTIES, SOMETHING, st.booleans(), DAYS)
def test_any_alert_can_be_shown(duty: Duty, sentence: str, met: bool, day: date) -> None:
    """An hour clock is told in time, whatever its rule is called."""
    blocks = alert_blocks(duty, sentence, Line(duty, met=True, done=day) if met else None)
    assert problems(blocks, "message") == []


@quickly
@given(st.lists(DUTIES, max_size=60), st.lists(SOMETHING, max_size=40))
def test_any_case_can_be_shown(services: Services, found: list[Duty], events: list[str]) -> None:
    """A long case is the one that somebody needs to look at."""
    happened = tuple(CaseEvent(event, TODAY) for event in events)
    case = StoredCase(1, "YK-0417", 1, "york", WREN, None, {}, happened)
    blocks = case_blocks(services, case, found, TODAY)
    assert problems(blocks, "message") == []
    assert text_problems(case_text(services, case, found)) == []
    dated = len(found)
    if dated > 12:
        assert say.and_more(dated - 12) in str(blocks)


@quickly
@given(
    SOMETHING,
    st.lists(LONG, max_size=60),
    SOMETHING,
    st.dictionaries(st.from_regex(r"[a-z_]{1,80}", fullmatch=True), SOMETHING, min_size=1, max_size=300),
)
def test_any_dialog_can_be_opened(title: str, lines: list[str], ref: str, events: dict[str, str]) -> None:
    """A dialog that does not open is a date that is not recorded."""
    opened = [
        modals.working(lines),
        modals.notice(title, lines, small_print=ref),
        modals.done(title, ref, dict(list(events.items())[:80]), TODAY, True, "{}"),
        modals.moment(title, TODAY, "{}"),
        modals.snooze(title, ref, TODAY, "{}"),
        modals.record(ref, events, TODAY, "{}"),
        modals.new_case({"1": title, "2": ref}, events, WREN, TODAY),
        modals.setup(title, {"york": "York"}, None, 15, "{}"),
        modals.setup("", {"york": "York"}, "york", 8, "{}"),
    ]
    assert all(checked_view(view) is view for view in opened if view["blocks"])


@given(LONG, st.integers(2, 400))
@quickly
def test_words_are_cut_to_what_they_are_once_escaped(text: str, most: int) -> None:
    """An ampersand takes five characters: a limit counted before escaping is no limit."""
    cut = fitted(text, most)
    assert len(cut) <= most
    assert re.search(r"&(?!amp;|lt;|gt;)", cut) is None
    assert "<" not in cut


def test_what_slack_would_refuse_is_an_error_here() -> None:
    """Found where it is made, with its place, and not in Slack's log at eight in the morning."""
    with pytest.raises(ValueError, match=r"blocks\[0\]\.text is 3,001 characters; Slack takes 3,000"):
        checked([section("a" * 3_001)])
    with pytest.raises(ValueError, match=r"view\.title is missing"):
        checked_view({"type": "modal", "blocks": [section("a")]})


@pytest.fixture(scope="module")
def crowded(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A worker with sixty cases in a team, and in six teams more."""
    folder: Path = tmp_path_factory.mktemp("crowded")
    with opened_house(services, f"sqlite:///{folder / 'signpost.db'}", folder) as house:
        crowd = house.team(WREN)
        others = [house.team(WREN) for _ in range(6)]
        with house.store.write() as connection:
            for team, count, worker in [(crowd, 60, WREN), *((other, 30, "U0ASH") for other in others)]:
                for number in range(count):
                    ref = f"YK-{team.id}{number:03}"
                    cases.add(connection, team.id, ref, "york", house.app.desk.now, worker=worker)
                    case = cases.by_ref(connection, team.id, ref)
                    assert case is not None
                    cases.record(connection, case.id, "cin_visit_held", date(2026, 10, 20), worker, house.app.desk.now)
        yield house


def test_home_of_somebody_with_sixty_cases_and_seven_teams(crowded: House) -> None:
    """The busiest worker needs her list most: it comes, and says what it leaves out."""
    view = home_view(crowded.app.desk, WREN)
    assert checked_view(view) == view
    shown = str(view)
    assert say_cases.home_more(40) in shown
    assert say_cases.home_more_teams(1) in shown
    assert say_cases.home_total(30) in shown


def test_a_digest_of_sixty_is_taken_by_slack(crowded: House) -> None:
    """Not only by our own table: the workspace refuses what Slack would refuse, and took it at the first try."""
    crowded.sweep()
    for team_number in (1, 2):
        [message] = crowded.said(f"C0TEAM{team_number}")
        assert message.blocks
    assert "Overdue: 60" in words(crowded.said("C0TEAM1")[0])
    refused = [one for one in crowded.workspace.calls("chat.postMessage") if not (one.reply or {}).get("ok")]
    assert refused == []
