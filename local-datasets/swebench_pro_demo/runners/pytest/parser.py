"""Reads pytest's short summary: one line for each test."""
import json
import sys

names = {"PASSED": "PASSED", "FAILED": "FAILED", "ERROR": "ERROR", "SKIPPED": "SKIPPED"}
tests = []
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        status, _, name = line.rstrip("\n").partition(" ")
        if status in names and name:
            tests.append({"name": name.split(" - ")[0], "status": names[status]})
with open(sys.argv[3], "w", encoding="utf-8") as output:
    json.dump({"tests": tests}, output)
