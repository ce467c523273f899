#!/usr/bin/env python3
"""Times the viewer's pages over a run.

    time_pages.py URL_WITH_TOKEN RUN [OTHER_RUN] [--repeat 15]

Waits until the run's index is complete and says how long that took; then prints the median and the slowest of each page in
milliseconds, from the request to the last byte.
"""

import argparse
import http.client
import json
import re
import statistics
import time
from urllib.parse import quote, urlsplit


class Viewer:
    """A client with the viewer's cookie and one kept connection."""

    def __init__(self, url):
        parts = urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        self.connection.request("GET", f"/?{parts.query}")
        answer = self.connection.getresponse()
        answer.read()
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]

    def get(self, path):
        """The body, and the milliseconds that it took."""
        began = time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {body[:300]}")
        return body, (time.perf_counter() - began) * 1e3


def link(body, pattern):
    found = re.search(pattern, body)
    return found.group(1).replace("&amp;", "&") if found else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("run")
    parser.add_argument("other", nargs="?")
    parser.add_argument("--repeat", type=int, default=15)
    options = parser.parse_args()
    viewer = Viewer(options.url)
    began = time.monotonic()
    slowest = 0.0
    while True:
        body, taken = viewer.get(f"/api/run/{options.run}")
        slowest = max(slowest, viewer.get(f"/run/{options.run}")[1], taken)
        state = json.loads(body)
        if state["indexed"] == state["episodes"]:
            break
        time.sleep(0.2)
    print(f"index of {state['episodes']} episodes: {time.monotonic() - began:.1f} s; slowest page meanwhile {slowest:.0f} ms")
    run = f"/run/{options.run}"
    pages = {"runs": "/", "run": run}
    for name, where in {
        "failures": "failed", "one cause": "outcome = errored and cause = sandbox", "score": "score(reward) < 0.5",
        "turns, tokens, time": "turns > 2 and tokens > 1k and time > 10s", "no index helps": 'sample ~ "99" and not failed',
        "text": 'text ~ "refund policy"', "text of many": "text ~ refund and not failed", "tool": "tool = refund and failed",
    }.items():
        pages[f"filter: {name}"] = f"{run}?where={quote(where)}"
    pages["search: one word"] = f"{run}?q=refund"
    pages["search: three words"] = f"{run}?q=refund+fern+lamp"
    for key in ("sample", "outcome", "score", "turns", "tokens", "cost", "time"):
        pages[f"sorted by {key}"] = f"{run}?sort={key}&desc=1"
    first = viewer.get(run)[0]
    pages["last page"] = f"{run}?page=last"
    later = link(first, r'rel="next" href="([^"]+)"')
    if later:
        pages["next page"] = later
    pages["episode"] = link(first, r'class="row" href="([^"]+)"')
    found = viewer.get(pages["filter: text of many"])[0]
    pages["episode in a filtered list"] = link(found, r'class="row" href="([^"]+)"')
    found = viewer.get(pages["sorted by time"])[0]
    pages["episode in a sorted list"] = link(found, r'class="row" href="([^"]+)"')
    if options.other:
        pages["compare"] = f"/compare?a={options.run}&b={options.other}"
        pages["compare: passed in one"] = f"/compare?a={options.run}&b={options.other}&show=lost"
        found = viewer.get(pages["compare"])[0]
        pair = link(found, r'class="row" href="([^"]+)"')
        if pair:
            pages["side by side"] = pair
    print(f"{'page':32} {'first':>7} {'median':>7} {'slowest':>7}  ms")
    for name, path in pages.items():
        times = [viewer.get(path)[1] for _ in range(options.repeat)]
        print(f"{name:32} {times[0]:7.1f} {statistics.median(times):7.1f} {max(times):7.1f}")


if __name__ == "__main__":
    main()
