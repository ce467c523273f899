#!/usr/bin/env python3
"""Checks pages in a real browser, at desktop and phone width, light and dark.

    check_page.py [--screenshots DIR] [--without-script] [--open-details] URL_OR_FILE...

Prints one JSON line a check, `{"check", "page", "ok", "problems"}`, and exits with 1 when one failed. Several pages are
opened one after the other in the same context, so that a URL with a token lets the next ones in.
"""

import argparse
import re
from pathlib import Path

import browser
import page_checks

SELF_TEST = """<!doctype html><html lang=en><meta name=viewport content="width=device-width"><title>t</title>
<style>a:focus{outline:2px solid}#faint{color:#ddd}#wide{width:2000px}#bare:focus{outline:none}</style>
<main><h1>Self test</h1><p id=faint>faint</p><p id=wide>wide</p><input><a id=bare href=#x>bare</a></main>"""


def url(place):
    """A place on the command line as the browser wants it."""
    return place if "://" in place else Path(place).resolve().as_uri()


def name(place):
    """A file name for a page's picture."""
    path = re.sub(r"[?#].*$", "", place)
    return re.sub(r"[^A-Za-z0-9]+", "-", path.split("://")[-1]).strip("-")[-60:]


def self_test():
    """Whether the checks find what is wrong in a page that has every mistake."""
    with browser.browser() as chromium, browser.page(chromium, "phone") as (opened, complaints):
        opened.set_content(SELF_TEST)
        opened.evaluate("console.error('complaint')")
        found = {
            "labels": page_checks.labels(opened), "contrast": page_checks.contrast(opened),
            "width": page_checks.overflow(opened), "focus": page_checks.focus(opened), "complaints": complaints.take(),
        }
    for check, problems in found.items():
        print(check, problems)
    missed = [check for check, problems in found.items() if not problems]
    if missed:
        raise SystemExit(f"these checks found nothing in a page that is wrong: {missed}")


def check(places, options):
    """Checks each page in each size and colour scheme."""
    results = browser.Results()
    with browser.browser() as chromium:
        for size in browser.SIZES:
            for scheme in browser.SCHEMES:
                with browser.page(chromium, size, scheme, script=not options.without_script) as (opened, complaints):
                    for place in places:
                        where = f"{name(place)}-{size}-{scheme}"
                        response = opened.goto(url(place), wait_until="load")
                        if response is not None and response.status != 0:
                            results.expect("answered", response.ok, f"status {response.status}", where)
                        if options.open_details:
                            opened.evaluate("() => document.querySelectorAll('details').forEach((each) => each.open = true)")
                        browser.screenshot(opened, options.screenshots, where)
                        page_checks.all_of(opened, complaints, results, where, with_focus=size == "desktop")
    results.finish()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", help="URLs or files")
    parser.add_argument("--screenshots", help="a folder for pictures")
    parser.add_argument("--without-script", action="store_true", help="open the pages with JavaScript switched off")
    parser.add_argument("--open-details", action="store_true", help="unfold everything first")
    parser.add_argument("--self-test", action="store_true", help="check the checks")
    options = parser.parse_args()
    if options.self_test:
        self_test()
    elif not options.pages:
        parser.error("name a URL or a file")
    else:
        check(options.pages, options)


if __name__ == "__main__":
    main()
