"""Makes samples of sums: `{"left": 12, "right": 30}`."""

from gage_program import serve


def preprocess(request):
    record = request["record"]
    if record.get("skip"):
        return {"drop": "marked as skip"}
    left, right = record["left"], record["right"]
    return {
        "sample": {
            "id": record["id"],
            "messages": [{"role": "user", "content": f"What is {left} + {right}?"}],
            "metadata": {"digits": len(str(max(left, right)))},
            "gold": {"sum": left + right},
        }
    }


serve(preprocess=preprocess)
