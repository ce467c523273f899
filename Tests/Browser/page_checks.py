"""The checks that hold for every page: console, labels, contrast, width, focus."""

from pathlib import Path

SCRIPT = (Path(__file__).parent / "page_checks.js").read_text()

#: How many elements the focus is moved through.
FOCUS_STEPS = 40


def _ask(opened, name):
    opened.evaluate(SCRIPT)
    return opened.evaluate(f"() => globalThis.gageChecks.{name}()")


def labels(opened):
    """Names of controls, headings, landmarks, ids that stand twice."""
    return _ask(opened, "labels")


def contrast(opened):
    """Texts whose contrast is below WCAG's AA."""
    return _ask(opened, "contrast")


def overflow(opened):
    """What makes the page wider than the window."""
    return _ask(opened, "overflow")


def focus(opened, steps=FOCUS_STEPS):
    """Moves through the page by Tab: each stop must be seen, show that it has the focus, and come in the page's order."""
    problems, last, visited = [], -1, 0
    opened.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    opened.evaluate(SCRIPT)
    for _ in range(steps):
        opened.keyboard.press("Tab")
        stop = opened.evaluate("() => globalThis.gageChecks.focused()")
        if stop is None:
            break
        if stop["number"] == last:
            problems.append(f"the focus is trapped at {stop['description']}")
            break
        if stop["number"] < last:
            break
        last, visited = stop["number"], visited + 1
        if not stop["visible"]:
            problems.append(f"the focus is on something unseen: {stop['description']}")
        if not stop["shown"]:
            problems.append(f"the focus is not shown: {stop['description']}")
    if visited == 0:
        problems.append("nothing can be reached by Tab")
    return problems


def all_of(opened, complaints, results, where, with_focus=True):
    """Runs every check on a page and tells the results."""
    results.add("labels", labels(opened), where)
    results.add("contrast", contrast(opened), where)
    results.add("width", overflow(opened), where)
    if with_focus:
        results.add("focus", focus(opened), where)
    results.add("no complaints", complaints.take(), where)
