"""A report opened in a real browser, which may ask for nothing and must not complain."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH")


@dataclass
class Opened:
    """A page, and what must stay empty: requests that left it, and complaints of the browser."""

    page: Page
    folder: Path
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def at(self, address: str) -> Page:
        """The page at one of its addresses, drawn."""
        if self.page.url.startswith("file:"):
            self.page.evaluate("(hash) => { location.hash = hash; }", address)
        else:
            self.page.goto(f"{(self.folder / 'index.html').as_uri()}#{address}")
        self.wait("true")
        return self.page

    def wait(self, truth: str) -> None:
        """Until an expression of JavaScript is true, and what the address says is drawn.

        Playwright's own way is `eval`, which the page forbids.
        """
        truth = f"document.documentElement.dataset.siap === (location.hash || '#') && ({truth})"
        for _ in range(200):
            if self.page.evaluate(truth):
                return
            self.page.wait_for_timeout(25)
        raise AssertionError(truth)

    def rows(self, table: str) -> list[list[str]]:
        """The cells of a table's rows that are shown."""
        found: list[list[str]] = self.page.eval_on_selector_all(
            f"#tabel-{table} tbody tr",
            "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))",
        )
        return found

    def count(self, view: str) -> int:
        """How many rows the table of a view says that it has."""
        text = self.page.locator(f"#lihat-{view} .count").inner_text()
        return 0 if text.startswith("Tidak") else int(text.split()[0].replace(".", ""))


@contextmanager
def open_browser() -> Iterator[Browser]:
    """The browser without a window. One at a time: Playwright does not nest."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def open_report(browser: Browser, folder: Path, *, width: int = 1280, height: int = 900) -> Opened:
    """A fresh page for the report in `folder`."""
    page = browser.new_page(viewport={"width": width, "height": height})
    opened = Opened(page, folder)
    page.on("request", lambda request: _note(opened, request.url))
    page.on("console", lambda message: opened.complaints.append(message.text))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    return opened


def _note(opened: Opened, url: str) -> None:
    if not url.startswith(("data:", "file:", "blob:")):
        opened.requests.append(url)
