"""Pictures: well-formed, told in words too, and legible without colour."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from bot.casework.chart import Chart, chart_of_case
from bot.casework.path import path
from bot.casework.path_chart import chart_of_path
from bot.casework.picture import WIDTH, svg
from bot.casework.png import png
from bot.casework.timeline import case_file
from bot.commands.office import Office
from tests.bot.casework.conftest import TODAY, case_of

SVG = "{http://www.w3.org/2000/svg}"
PLAN = (("icpc_held", "2026-09-24"), ("core_group_held", "2026-10-12"), ("rcpc_held", "2026-12-22"))


@pytest.fixture
def chart(knowing: Office) -> Chart:
    """A plan whose first visit is overdue and whose first core group was late."""
    return chart_of_case(case_file(case_of(*PLAN), knowing, TODAY), "York", knowing.calendar)


def test_a_screen_reader_is_told_what_the_picture_shows(chart: Chart) -> None:
    """Somebody who cannot see it must know what is overdue."""
    root = ElementTree.fromstring(svg(chart))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert [root.find(f"{SVG}title").text, root.find(f"{SVG}title").get("id")] == ["Case YK-0417", "title"]  # type: ignore[union-attr]
    desc = root.find(f"{SVG}desc")
    assert desc is not None
    assert "First child protection visit: Mon 5 Oct 2026, overdue by 37 working days." in (desc.text or "")


def test_overdue_is_a_pattern_a_shape_and_words_not_only_red(chart: Chart) -> None:
    """One man in twelve does not see the red; and many print in grey."""
    drawn = svg(chart)
    bars = re.findall(r"<g><title>First child protection visit: from[^<]*</title>(.*?)</g>", drawn)
    assert any('fill="url(#overdue)"' in bar for bar in bars)
    assert '<pattern id="overdue"' in drawn
    assert "overdue by 37 working days" in drawn
    assert 'fill="url(#late)"' in drawn


def test_every_mark_stands_on_the_axis(knowing: Office) -> None:
    """A birth and an eighteenth birthday must not stretch a picture over twenty years."""
    case = case_of(("looked_after_started", "2026-08-03"), ("placement_started", "2026-08-03"), born="2017-01-01")
    drawn = svg(chart_of_case(case_file(case, knowing, TODAY), "York", knowing.calendar))
    spots = [float(x) for x in re.findall(r'<(?:circle|rect|line)[^>]*? (?:cx|x|x1)="([\d.]+)"', drawn)]
    assert spots
    assert all(0 <= x <= WIDTH for x in spots)
    assert "in 2032" in drawn
    assert drawn.count(">Jan ") <= 1


def test_words_are_escaped_and_nothing_is_fetched(knowing: Office) -> None:
    """A picture is opened in browsers: it may hold no script and call nothing."""
    case = case_of(("icpc_held", "2026-09-24"), ref='"><script>1</script>')
    drawn = svg(chart_of_case(case_file(case, knowing, TODAY), "York & <co>", knowing.calendar))
    ElementTree.fromstring(drawn)
    assert "<script" not in drawn
    assert re.findall(r'(?:href|src|url)\s*[=(]\s*["\']?(?!#)(\S+)', drawn) == []


def test_an_empty_case_has_a_picture_too(knowing: Office) -> None:
    """A case of this morning has nothing on it yet."""
    ElementTree.fromstring(svg(chart_of_case(case_file(case_of(), knowing, TODAY), "York", knowing.calendar)))


def test_a_png_has_the_size_of_its_svg(chart: Chart) -> None:
    """For reports that take no SVG."""
    data = png(svg(chart), zoom=1.0)
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == WIDTH


def test_a_path_is_drawn_a_lane_a_duty(knowing: Office) -> None:
    """From referral to review on one page."""
    found = path("york", {"referral_received": [date(2026, 3, 2)]}, knowing.book, knowing.calendar)
    chart = chart_of_path(found, "referral received", "York")
    (group,) = chart.groups
    assert len(group.lanes) == len({step.rule.id for step in found.steps})
    assert sum(len(lane.bars) for lane in group.lanes) == len(found.steps)
    ElementTree.fromstring(svg(chart))
