"""Drives Debian's Chromium through Playwright, and keeps what a check must not overlook: the browser's complaints."""

import contextlib
import json
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

#: The widths that every page must look right at.
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")


def executable():
    """The browser: $GAGE_CHROMIUM, or the system's."""
    found = os.environ.get("GAGE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise SystemExit("no chromium in PATH; name one in GAGE_CHROMIUM")
    return found


@contextlib.contextmanager
def browser():
    """A headless Chromium that is gone afterwards."""
    # Chromium's own sandbox needs a user that is not root.
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    flags += ["--disable-dev-shm-usage", "--disable-gpu", "--no-proxy-server"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), headless=True, args=flags)
        try:
            yield chromium
        finally:
            chromium.close()


class Complaints:
    """What a page's console, its scripts and its requests complained about."""

    def __init__(self, page):
        self.found = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("dialog", self._dialog)

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.found.append(f"console {message.type}: {message.text}")

    def _failed(self, request):
        # A stream of events ends with the page that listens to it, and a navigation may be replaced by another.
        if request.failure != "net::ERR_ABORTED":
            self.found.append(f"request failed: {request.url}: {request.failure}")

    def _dialog(self, dialog):
        self.found.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def take(self):
        """What was found since the last time."""
        found, self.found = self.found, []
        return found


@contextlib.contextmanager
def page(chromium, size="desktop", scheme="light", script=True):
    """A page of its own context, and its complaints."""
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script,
        device_scale_factor=1, reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    try:
        opened = context.new_page()
        yield opened, Complaints(opened)
    finally:
        context.close()


class Results:
    """Prints each check as one JSON line, and ends with 1 when one of them failed."""

    def __init__(self):
        self.failures = 0

    def add(self, check, problems, where=""):
        """Tells one check's result: it is well when `problems` is empty."""
        problems = list(problems)
        line = {"check": check, "page": where, "ok": not problems}
        if problems:
            self.failures += 1
            line["problems"] = problems[:20]
        print(json.dumps(line), flush=True)

    def expect(self, check, condition, detail="", where=""):
        """Tells whether something is so."""
        self.add(check, [] if condition else [str(detail) or "it is not so"], where)

    def finish(self):
        """Ends the program with the verdict."""
        sys.exit(1 if self.failures else 0)


def screenshot(opened, folder, name, full=True):
    """Keeps what the page looks like, when a folder is given."""
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        opened.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=full)
