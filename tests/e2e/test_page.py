"""The page in a real browser: asking, following up, commands, recording, and that it can be used by everybody."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.local.demo import Demo
from bot.local.team import ASH, QUESTIONS_CHANNEL, ROBIN, TEAM_CHANNEL, WREN
from bot.messages import page as say
from bot.messages import slack as say_slack

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
ANSWER_MS = 15_000
expect.set_options(timeout=ANSWER_MS)

# What a checker of accessibility looks for: a name for everything one can use, ids that are there once, contrast.
FAULTS = """() => {
  const faults = [];
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const named = (one) => (one.getAttribute("aria-label") || one.textContent || "").trim() || one.title
    || [...(one.labels || [])].some((label) => label.textContent.trim())
    || (one.getAttribute("aria-labelledby") || "").split(" ").some((id) => document.getElementById(id)?.textContent);
  for (const one of document.querySelectorAll("button, a[href], input, select, textarea, summary, dialog[open]"))
    if (shown(one) && !named(one)) faults.push(`no name: ${one.outerHTML.slice(0, 120)}`);
  for (const one of document.querySelectorAll("img")) if (!one.hasAttribute("alt")) faults.push("no alt");
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids)) if (ids.filter((each) => each === id).length > 1) faults.push(`id twice: ${id}`);
  for (const one of document.querySelectorAll("[aria-describedby], [aria-labelledby], [aria-controls], label[for]"))
    for (const name of ["aria-describedby", "aria-labelledby", "aria-controls", "for"])
      for (const id of (one.getAttribute(name) || "").split(" ").filter(Boolean))
        if (!document.getElementById(id)) faults.push(`${name} leads nowhere: ${id}`);
  if (!document.documentElement.lang) faults.push("no language");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  for (const landmark of ["main", "nav"]) if (!document.querySelector(landmark)) faults.push(`no ${landmark}`);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (layers) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const layer of layers) { canvas.fillStyle = layer; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !shown(one) || one.closest(".unseen, [aria-hidden=true], option, noscript")) continue;
    const layers = [];
    for (let up = one; up; up = up.parentElement) layers.unshift(getComputedStyle(up).backgroundColor);
    const ground = over(["Canvas", ...layers]);
    const ink = over([`rgb(${ground.join(" ")})`, getComputedStyle(one).color]);
    const [high, low] = [light(ink), light(ground)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(getComputedStyle(one).fontSize);
    const least = size >= 24 || (size >= 18.66 && getComputedStyle(one).fontWeight >= 700) ? 3 : 4.5;
    if (ratio < least) faults.push(`contrast ${ratio.toFixed(2)}: ${one.className} ${one.textContent.slice(0, 40)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the screen");
  return faults;
}"""


def visit(page: Page, demo: Demo, viewer: str, at: str) -> Page:
    """Go to a place as somebody."""
    page.goto(f"{demo.url}/?as={viewer}&at={at}")
    listening(page)
    return page


def ask(page: Page, words: str, box: str = "#say-main") -> None:
    """Type and press Enter, once the page's script listens."""
    expect(page.locator(box)).to_be_visible()
    listening(page)
    page.fill(box, words)
    page.press(box, "Enter")


def listening(page: Page) -> None:
    """Wait for the page's script."""
    expect(page.locator("body[data-ready]")).to_be_visible()


def faults(page: Page) -> list[str]:
    """What keeps somebody from using the page as it stands, once its styles are there."""
    page.wait_for_load_state("load")
    found: list[str] = page.evaluate(FAULTS)
    return found


def duty(page: Page, *words: str) -> Locator:
    """The line of the list that holds all these words."""
    found = page.locator(".pair")
    for each in words:
        found = found.filter(has_text=each)
    return found.first


def im(viewer: str) -> str:
    """Somebody's direct message with Signpost."""
    return f"D{viewer[1:]}"


def test_a_question_in_a_direct_message_is_answered_below_it(page: Page, demo: Demo) -> None:
    """A newly qualified worker asks alone, and follows up without asking all of it again."""
    visit(page, demo, ROBIN, im(ROBIN))
    expect(page.locator(".prompt")).to_have_count(len(say_slack.SUGGESTED_PROMPTS))
    ask(page, "When is the first core group due if the conference was held on 2 April 2026?")
    answer = page.locator(".msg.nested", has_text="Signpost").first
    expect(answer).to_contain_text("20 April 2026")
    expect(page.locator(".looking")).to_be_hidden()
    answer.get_by_role("button", name="Working").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 Apr 2026")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name=say.FOLLOW_UP).click()
    ask(page, "and the next one?", "#say-thread")
    expect(page.locator(".thread .msg").last).to_contain_text("next core group", ignore_case=True)
    thumb = page.locator(".thread").get_by_role("button", name="Helpful", exact=True).last
    thumb.click()
    expect(thumb).to_have_attribute("aria-pressed", "true")


def test_a_prompt_can_be_pressed(page: Page, demo: Demo) -> None:
    """Who does not know what to ask presses what is offered."""
    visit(page, demo, ASH, im(ASH))
    page.locator(".prompt").nth(2).click()
    expect(
        page.locator(".msg.nested", has_text="Signpost").first.get_by_role("button", name="Helpful", exact=True)
    ).to_be_visible()


def test_a_mention_opens_its_thread_and_a_follow_up_needs_no_mention(page: Page, demo: Demo) -> None:
    """The team reads question and answer together, and goes on asking there."""
    visit(page, demo, WREN, QUESTIONS_CHANNEL)
    ask(page, "@Signpost how often must a child on a child protection plan be visited?")
    thread = page.get_by_role("complementary")
    expect(thread.locator(".msg", has_text="20 working days").first).to_be_visible()
    ask(page, "and when is the first core group due after a conference on 2 April 2026?", "#say-thread")
    expect(thread.locator(".msg", has_text="20 April 2026").first).to_be_visible()
    page.get_by_role("link", name=say.CLOSE_THREAD).click()
    expect(thread).to_have_count(0)
    expect(page.locator(".replies-link").last).to_contain_text(say.replies(3))


def test_a_command_is_answered_to_one_person_alone(page: Page, demo: Demo, browser: Browser) -> None:
    """What somebody is unsure of is nobody else's business."""
    visit(page, demo, WREN, TEAM_CHANNEL)
    page.fill("#say-main", "/")
    expect(page.locator(".command-hint").first).to_be_visible()
    ask(page, "/signpost due first core group, ICPC 2 April 2026")
    private = page.locator(".msg.private").last
    expect(private).to_contain_text("20 April 2026")
    expect(private).to_contain_text(say.ONLY_YOU)
    other = visit(browser.new_page(), demo, ASH, TEAM_CHANNEL)
    expect(other.locator(".msg").first).to_be_visible()
    expect(other.locator(".msg.private")).to_have_count(0)
    other.close()


def test_done_records_the_visit_and_says_what_is_due_next(page: Page, demo: Demo) -> None:
    """The loop that keeps visits in time: late, done, next."""
    visit(page, demo, WREN, TEAM_CHANNEL)
    overdue = duty(page, "YK-0417", "over")
    overdue.get_by_role("button", name="Working").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("20 working days")
    dialog.get_by_role("button", name="Close").last.click()
    expect(dialog).to_be_hidden()
    overdue.get_by_role("button", name="Done").click()
    day = dialog.get_by_label(re.compile("When did it happen"))
    day.fill((date.today() + timedelta(days=40)).isoformat())
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").filter(has_text="not come yet")).to_be_visible()
    expect(day).to_have_attribute("aria-invalid", "true")
    day.fill(date.today().isoformat())
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("Recorded for YK-0417")
    expect(dialog).to_contain_text("is due on")
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.locator(".msg s", has_text="YK-0417").first).to_be_visible()


def test_home_shows_ones_own_cases_and_adds_one(page: Page, demo: Demo) -> None:
    """A worker's day begins with what is theirs."""
    visit(page, demo, ROBIN, "home")
    expect(page.locator(".home-tab")).to_contain_text("YK-0388")
    page.get_by_role("button", name="Add a case").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").filter(has_text=re.compile(r"\w")).first).to_be_visible()
    dialog.get_by_label(re.compile("reference")).fill("YK-0999")
    dialog.get_by_label("What happened?").select_option("cin_plan_started")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("Added YK-0999")


def test_an_update_leaves_draft_and_thread_alone(page: Page, demo: Demo) -> None:
    """A digest that arrives in mid-sentence must not eat the sentence."""
    visit(page, demo, WREN, QUESTIONS_CHANNEL)
    page.locator(".replies-link").first.click()
    expect(page.get_by_role("complementary")).to_be_visible()
    listening(page)
    page.fill("#say-main", "half a sen")
    page.fill("#say-thread", "and half an")
    demo.workspace.people.post(ASH, QUESTIONS_CHANNEL, "Something new & <b>bold</b>".replace("<", "&lt;"))
    expect(page.locator(".msg", has_text="Something new").first).to_be_visible()
    expect(page.locator("#say-main")).to_have_value("half a sen")
    expect(page.locator("#say-thread")).to_have_value("and half an")
    expect(page.get_by_role("complementary")).to_be_visible()
    page.reload()
    expect(page.locator("#say-main")).to_have_value("half a sen")


def test_what_is_typed_stays_words_in_the_browser(page: Page, demo: Demo) -> None:
    """Nothing anybody types may run on a colleague's page."""
    visit(page, demo, WREN, QUESTIONS_CHANNEL)
    ask(page, "<img src=x onerror=\"document.title='broken'\"> <script>document.title='broken'</script>")
    expect(page.locator(".msg .body").last).to_contain_text("<script>document.title")
    expect(page).not_to_have_title("broken")
    expect(page.locator(".msg img, .msg script")).to_have_count(0)


def test_one_can_be_somebody_else_by_keyboard(page: Page, demo: Demo) -> None:
    """Worker, manager and newly qualified see different things, and no mouse is needed to see them."""
    visit(page, demo, WREN, TEAM_CHANNEL)
    page.locator(".who summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("Ash Example")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".who summary")).to_contain_text("Ash Example")
    listening(page)
    page.keyboard.press("Tab")
    focused = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert focused != "none", "whoever moves by keyboard must see where they are"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_everybody_can_use_it(browser: Browser, demo: Demo, size: Any, scheme: Any) -> None:  # noqa: ANN401
    """Names, contrast, landmarks and width, in both colours and on a telephone, in every kind of place."""
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    for at in (TEAM_CHANNEL, QUESTIONS_CHANNEL, im(WREN), "home"):
        visit(page, demo, WREN, at)
        expect(page.locator(".msg, .prompt, .home-tab").first).to_be_visible()
        assert faults(page) == [], at
    visit(page, demo, WREN, QUESTIONS_CHANNEL)
    page.locator(".replies-link").first.click()
    expect(page.get_by_role("complementary")).to_be_visible()
    assert faults(page) == [], "thread"
    visit(page, demo, WREN, TEAM_CHANNEL)
    duty(page, "YK-0431").get_by_role("button", name="Done").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == [], "dialog"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.close()


def test_on_a_telephone_the_places_are_behind_a_button(browser: Browser, demo: Demo) -> None:
    """At 390 pixels there is room for one thing at a time."""
    page = browser.new_page(viewport=NARROW)  # type: ignore[arg-type]
    visit(page, demo, WREN, TEAM_CHANNEL)
    expect(page.locator("#side")).to_be_hidden()
    page.get_by_role("button", name=say.MENU).click()
    page.get_by_role("link", name="practice-questions").click()
    expect(page.get_by_role("heading", name="#practice-questions")).to_be_visible()
    expect(page.locator("#side")).to_be_hidden()
    page.close()
