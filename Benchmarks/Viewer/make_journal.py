#!/usr/bin/env python3
"""Makes a large finished run out of a small one, for timing the viewer.

    make_journal.py SOURCE_RUN TARGET_RUN [--episodes 100000] [--messages 8] [--seed 1]

The journal has the source's tables and run, and episodes of some messages each: four in five passed, some failed, some with
errors of several causes. Python's standard library is all that it needs.
"""

import argparse
import json
import os
import random
import sqlite3
import time

WORDS = (
    "order refund fern lamp address shop cancel exchange policy payment card gift status pending delivered item return "
    "please thanks sorry cannot already today tomorrow confirm details email number colour size reason account"
).split()
CAUSES = (("provider", "provider.timeout"), ("sandbox", "sandbox.unavailable"), ("model", "model.empty_reply"))


def sentence(chance, count):
    return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize() + "."


def trajectory(chance, number, messages):
    entries = [{"role": "user", "content": sentence(chance, 20), "speaker": "user", "time": 0, "duration": 0}]
    while len(entries) < messages:
        call = f"call_{len(entries)}"
        function = {"name": chance.choice(["get_order", "get_user", "cancel_order", "refund"]),
                    "arguments": {"order_id": f"#W{number:07d}", "note": sentence(chance, 4)}}
        entries.append({
            "role": "assistant", "content": sentence(chance, 25), "speaker": "agent", "time": 1, "duration": 1,
            "tool_calls": [{"id": call, "type": "function", "function": function}],
            "usage": {"input_tokens": 900, "output_tokens": 60}, "cost": 0.002, "model": "made-up"})
        entries.append({
            "role": "tool", "content": json.dumps({"order": f"#W{number:07d}", "note": sentence(chance, 15)}),
            "tool_call_id": call, "name": function["name"], "speaker": "environment", "requester": "agent", "time": 2,
            "duration": 0.1})
    return {"entries": entries[:messages], "termination": "user_stop"}


def row(chance, number, messages):
    kind = chance.random()
    passed = kind < 0.8
    values = {
        "task": f"shop_{number % 5}", "sample_id": f"order_{number // 5:06d}", "trial": 0, "task_ordinal": number % 5,
        "sample_ordinal": number // 5, "revision": 1, "seed": number, "outcome": "scored", "started_at": 1.77e9 + number / 50,
        "duration": round(chance.expovariate(0.05), 3), "input_tokens": 3600, "output_tokens": 240, "agent_cost": 0.008,
        "user_cost": 0.0,
        "sample": json.dumps({"id": f"order_{number // 5}", "metadata": {"domain": chance.choice(["retail", "airline"])}}),
        "trajectory": json.dumps(trajectory(chance, number, messages), separators=(",", ":")),
    }
    if kind > 0.95:
        cause, code = chance.choice(CAUSES)
        values |= {"outcome": "errored", "cause": cause, "reason": code,
                   "error": json.dumps({"code": code, "message": sentence(chance, 8), "cause": cause})}
    else:
        scores = [{"metric_id": "reward", "values": {"reward": 1.0 if passed else round(chance.random() * 0.9, 3)}},
                  {"metric_id": "pass", "values": {"pass": 1.0 if passed else 0.0}}]
        values |= {"scores": json.dumps(scores), "verdicts": json.dumps([{"judge": "judge", "output": scores[0]["values"]}]),
                   "prediction": json.dumps({"answer": sentence(chance, 12), "artifacts": {}, "extras": {}})}
    return values


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--episodes", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.makedirs(options.target)
    chance = random.Random(options.seed)
    began = time.monotonic()
    target = sqlite3.connect(f"{options.target}/run.sqlite")
    source = sqlite3.connect(f"file:{options.source}/run.sqlite?mode=ro", uri=True)
    for (statement,) in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"):
        target.execute(statement)
    for pragma in ("user_version", "application_id"):
        target.execute(f"PRAGMA {pragma} = {source.execute(f'PRAGMA {pragma}').fetchone()[0]}")
    run = list(source.execute("SELECT * FROM run").fetchone())
    target.execute(f"INSERT INTO run VALUES ({','.join('?' * len(run))})", run)
    target.execute("UPDATE run SET run_id = ?", [os.path.basename(options.target)])
    for task in range(5):
        target.execute("INSERT INTO task VALUES (?, ?, 'made', '{}', ?, 1)", [f"shop_{task}", task, options.episodes // 5])
    with target:
        for number in range(options.episodes):
            values = row(chance, number, options.messages)
            marks = ",".join("?" * len(values))
            target.execute(f"INSERT INTO episode ({','.join(values)}) VALUES ({marks})", list(values.values()))
    target.close()
    size = os.path.getsize(f"{options.target}/run.sqlite") / 1e6
    print(f"{options.episodes} episodes, {size:.0f} MB, {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
