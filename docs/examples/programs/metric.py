"""How far the answer is from the sum, as the judge found both."""

from gage_program import serve


def score(request):
    verdict = request["verdicts"]["sum_judge"]
    if verdict["found"] is None:
        return {"score": None}
    return {"score": abs(verdict["found"] - verdict["expected"]), "explanation": f"found {verdict['found']}"}


serve(score=score)
