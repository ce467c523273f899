#!/usr/bin/env python3
"""Goes through the viewer as a person does, in a real browser.

    viewer_flows.py [--screenshots DIR] [--flows|--looks] URL_WITH_TOKEN

The viewer must show runs `first` and `second` over the same samples, the first with failures, and `hostile`, whose
transcripts try to run scripts. Prints one JSON line a check and exits with 1 when one failed.
"""

import argparse
import os
from urllib.parse import urlsplit

import browser
import page_checks


def base(url):
    """The viewer's address without path and token."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def enter(opened, url):
    """Lets the browser in by the link that was printed."""
    opened.goto(url)
    opened.wait_for_url(base(url) + "/")


def flows(chromium, url, results):
    """Open, sort, filter, search, open an episode, go to the next failure, compare two."""
    root = base(url)
    with browser.page(chromium) as (opened, complaints):
        enter(opened, url)
        results.expect("token leaves the address", "token" not in opened.url, opened.url)
        results.expect("runs are listed", opened.locator("#rows tr").count() == 3)

        opened.get_by_role("link", name="Run", exact=True).click()
        names = opened.locator("a.row").all_inner_texts()
        results.expect("runs are sorted", names in (sorted(names), sorted(names, reverse=True)), names)

        opened.keyboard.press("/")
        opened.keyboard.type("first")
        opened.keyboard.press("Enter")
        opened.wait_for_url("**/?**q=first**")
        results.expect("runs are searched", opened.locator("#rows tr").count() == 1)
        opened.locator("a.row").first.click()
        opened.wait_for_url(root + "/run/first")

        total = opened.locator("#rows tr").count()
        opened.get_by_label("Filter", exact=True).fill("failed")
        opened.keyboard.press("Enter")
        opened.wait_for_url("**where=failed**")
        failures = opened.locator("#rows tr").count()
        results.expect("episodes are filtered", 0 < failures < total, f"{failures} of {total}")

        opened.get_by_label("Filter", exact=True).fill("outcom = errored")
        opened.keyboard.press("Enter")
        opened.wait_for_url("**where=outcom%20**".replace("%20", "*"))
        alert = opened.get_by_role("alert").inner_text()
        results.expect("a wrong filter is explained", "did you mean 'outcome'?" in alert, alert)
        # The page of a wrong filter is answered with 400, which the console mentions.
        complaints.take()

        opened.goto(root + "/run/first")
        opened.get_by_role("searchbox", name="Search transcripts").fill("refund")
        opened.keyboard.press("Enter")
        opened.wait_for_url("**q=refund**")
        found = opened.locator("#rows tr").count()
        results.expect("transcripts are searched", 0 < found < total, found)
        opened.locator("a.row").first.click()
        opened.wait_for_url("**/episode/**")
        marks = opened.evaluate("() => CSS.highlights.get('search')?.size ?? 0")
        results.expect("what was searched for is marked", marks > 0, marks)

        keyboard(opened, root, results)

        opened.goto(root + "/run/first")
        opened.get_by_label("Compare with").select_option("second")
        opened.get_by_role("button", name="Side by side").click()
        opened.wait_for_url("**/compare?**")
        results.expect("pairs are listed", opened.locator("#rows tr").count() > 0)
        opened.locator("a.row").first.click()
        opened.wait_for_url("**sample=**")
        results.expect("two transcripts stand side by side", opened.locator(".transcript").count() == 2)
        opened.keyboard.press("u")
        opened.wait_for_url("**b=second")
        results.add("no complaints", complaints.take(), "flows")


def keyboard(opened, root, results):
    """Everything that keys do."""
    opened.goto(root + "/run/first")
    opened.keyboard.press("j")
    opened.keyboard.press("j")
    focused = opened.evaluate("() => document.activeElement?.textContent")
    second = opened.locator("a.row").nth(1).inner_text()
    results.expect("j goes down the rows", focused == second, f"{focused} and {second}")
    opened.keyboard.press("k")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/episode/**")

    first = opened.url
    seen = []
    while opened.locator('[data-go="next-failure"]').count():
        before = opened.url
        opened.keyboard.press("n")
        opened.wait_for_function("before => location.href !== before", arg=before)
        seen.append(opened.locator(".line .badge").first.inner_text())
    good = [word for word in seen if word != "failed" and not word.startswith("errored")]
    results.expect("n goes from failure to failure", seen and not good, seen)
    before = opened.url
    opened.keyboard.press("p")
    opened.wait_for_function("before => location.href !== before", arg=before)
    results.expect("p goes back", opened.url != before)
    before = opened.url
    opened.keyboard.press("j")
    opened.wait_for_function("before => location.href !== before", arg=before)
    results.expect("j goes to the next episode", opened.url != before)

    opened.goto(first)
    calls = opened.locator(".transcript details.call")
    if calls.count():
        opened.keyboard.press("o")
        results.expect("o opens the calls", opened.locator(".transcript details.call[open]").count() == calls.count())
    opened.keyboard.press("?")
    results.expect("? shows the keys", opened.locator("#keys").is_visible())
    opened.keyboard.press("Escape")
    results.expect("Escape hides them", not opened.locator("#keys").is_visible())
    opened.keyboard.press("u")
    opened.wait_for_url("**/run/first")
    opened.get_by_role("searchbox", name="Search transcripts").focus()
    opened.keyboard.type("njk?")
    results.expect("keys in a field are text", opened.url.endswith("/run/first") and not opened.locator("#keys").is_visible())


def annotate(chromium, url, results):
    """A tag is put on an episode in its page."""
    root = base(url)
    with browser.page(chromium) as (opened, complaints):
        enter(opened, url)
        opened.goto(root + "/run/second")
        opened.locator("a.row").first.click()
        opened.get_by_text("Annotate", exact=True).click()
        opened.get_by_label("What").select_option("tag")
        opened.get_by_label("Text").fill("<b>to look at</b>")
        opened.get_by_label("Who").fill("ada")
        opened.get_by_role("button", name="Add").click()
        opened.wait_for_url("**#said")
        said = opened.locator(".said").inner_text()
        results.expect("the tag is shown as text", "<b>to look at</b>" in said, said)
        results.add("no complaints", complaints.take(), "annotate")


def hostile(chromium, url, results):
    """No transcript runs a script, opens a dialog, leaves the page or is refused by the policy."""
    root = base(url)
    with browser.page(chromium) as (opened, complaints):
        enter(opened, url)
        requests = []
        opened.on("request", lambda request: requests.append(request.url))
        opened.goto(root + "/run/hostile")
        links = [each.get_attribute("href") for each in opened.locator("a.row").all()]
        for link in links:
            opened.goto(root + link)
            opened.evaluate("() => document.querySelectorAll('details').forEach((each) => each.open = true)")
        strangers = [each for each in requests if not each.startswith(root + "/") and not each.startswith("data:")]
        results.expect("hostile episodes were opened", len(links) > 10, len(links))
        results.add("no foreign requests", strangers, "hostile")
        results.add("no complaints", complaints.take(), "hostile")


def without_script(chromium, url, results):
    """Everything but keys and live pages works without script."""
    root = base(url)
    with browser.page(chromium, script=False) as (opened, complaints):
        enter(opened, url)
        opened.get_by_label("Search runs").fill("first")
        opened.get_by_role("button", name="Show").click()
        opened.locator("a.row").first.click()
        opened.get_by_label("Filter", exact=True).fill("failed")
        opened.get_by_role("button", name="Show").click()
        opened.locator("a.row").first.click()
        opened.locator('[data-go="next-failure"]').click()
        results.expect("without script", "/episode/" in opened.url, opened.url)
        opened.goto(root + "/run/first")
        results.add("no complaints", complaints.take(), "without script")


def looks(chromium, url, results, folder):
    """Every kind of page in every size and colour scheme."""
    root = base(url)
    pages = {
        "runs": "/", "run": "/run/first", "run-filtered": "/run/first?where=failed&q=refund",
        "compare": "/compare?a=first&b=second&show=all",
    }
    for size in browser.SIZES:
        for scheme in browser.SCHEMES:
            with browser.page(chromium, size, scheme) as (opened, complaints):
                enter(opened, url)
                opened.goto(root + "/run/first?where=failed")
                pages["episode"] = opened.locator("a.row").first.get_attribute("href")
                opened.goto(root + "/compare?a=first&b=second&show=all")
                pages["side-by-side"] = opened.locator("a.row").first.get_attribute("href")
                for name, path in pages.items():
                    opened.goto(root + path)
                    where = f"viewer-{name}-{size}-{scheme}"
                    browser.screenshot(opened, folder, where)
                    if name in ("episode", "run"):
                        opened.evaluate("() => document.querySelectorAll('details').forEach((each) => each.open = true)")
                        browser.screenshot(opened, folder, where + "-open")
                    page_checks.all_of(opened, complaints, results, where, with_focus=size == "desktop")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="the link that gage view printed")
    parser.add_argument(
        "--screenshots", default=os.environ.get("GAGE_BROWSER_SCREENSHOTS"),
        help="a folder for pictures; $GAGE_BROWSER_SCREENSHOTS by default")
    parser.add_argument("--flows", action="store_true", help="only go through the viewer")
    parser.add_argument("--looks", action="store_true", help="only look at the pages")
    options = parser.parse_args()
    results = browser.Results()
    with browser.browser() as chromium:
        if not options.looks:
            flows(chromium, options.url, results)
            annotate(chromium, options.url, results)
            hostile(chromium, options.url, results)
            without_script(chromium, options.url, results)
        if not options.flows:
            looks(chromium, options.url, results, options.screenshots)
    results.finish()


if __name__ == "__main__":
    main()
