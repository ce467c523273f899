"""Reads the lines by which a verbose Go test run ends each test."""
import json
import re
import sys

tests = []
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        match = re.match(r"--- (PASS|FAIL|SKIP): (\S+) \(", line)
        if match:
            status = {"PASS": "PASSED", "FAIL": "FAILED", "SKIP": "SKIPPED"}[match.group(1)]
            tests.append({"name": match.group(2), "status": status})
with open(sys.argv[3], "w", encoding="utf-8") as output:
    json.dump({"tests": tests}, output)
