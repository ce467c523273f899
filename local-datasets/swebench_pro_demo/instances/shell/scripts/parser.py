"""Reads lines `ok NAME` and `not ok NAME`."""
import json
import sys

tests = []
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        line = line.rstrip("\n")
        if line.startswith("ok "):
            tests.append({"name": line[3:], "status": "PASSED"})
        elif line.startswith("not ok "):
            tests.append({"name": line[7:], "status": "FAILED"})
with open(sys.argv[3], "w", encoding="utf-8") as output:
    json.dump({"tests": tests}, output)
