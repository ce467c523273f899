"""Compares the number in the answer with the sum in the sample's gold data."""

import re

from gage_program import Fault, serve


def judge(request):
    gold = request["sample"]["gold"].get("sum")
    if gold is None:
        return {"unscorable": "the sample has no sum"}
    answer = (request["prediction"] or {}).get("answer")
    if answer is None:
        return {"verdict": {"correct": False, "found": None, "expected": gold}}
    numbers = re.findall(r"-?\d+", answer)
    if len(numbers) > 1:
        raise Fault(f"two numbers in one answer: {answer!r}", cause="agent")
    found = int(numbers[0]) if numbers else None
    return {"verdict": {"correct": found == gold, "found": found, "expected": gold}}


serve(judge=judge)
