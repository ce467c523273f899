"""An agent that adds, and that forgets to carry where its settings say so."""

import re

from gage_program import serve


def answer(request):
    question = request["messages"][-1]["content"]
    left, right = (int(number) for number in re.findall(r"\d+", question))
    total = left + right
    if request["settings"].get("forgets_to_carry") and left % 10 + right % 10 >= 10:
        total -= 10
    return {"message": {"content": f"It is {total}."}, "usage": {"input_tokens": len(question.split()), "output_tokens": 3}}


serve(agent=answer, respond=answer)
