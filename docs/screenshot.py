"""Takes docs/page.png of a demonstration that is running: `signpost demo`, then `python docs/screenshot.py [ADDRESS]`.

Asks two questions as the invented newly qualified worker would, in a thread of the team's channel, and takes what the
browser shows. Needs what the tests need: Playwright and Debian's chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

QUESTION = "@Signpost when is the first core group due if the conference was last Thursday?"
TARGET = Path(__file__).with_name("page.png")


def main(address: str) -> None:
    """Ask, wait for the answers, take the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB", color_scheme="light")
        page.goto(f"{address}/?as=U0ROBIN&at=C0RIVERBANK")
        expect(page.locator("body[data-ready]")).to_be_visible()
        page.fill("#say-main", QUESTION)
        page.press("#say-main", "Enter")
        expect(page.locator(".thread .thumb").first).to_be_visible(timeout=15_000)
        page.locator(".pair").first.scroll_into_view_if_needed()
        page.locator("main .scroll").evaluate("scroll => (scroll.scrollTop = 0)")
        page.mouse.move(0, 0)
        page.screenshot(path=TARGET)
        browser.close()
    print(f"{TARGET} ({TARGET.stat().st_size / 1000:.0f} kB)")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8765")
