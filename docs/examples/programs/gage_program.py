"""Reads gage's requests and writes the answers: one JSON object a line. Notes go to standard error."""

import json
import sys


class Fault(Exception):
    """What keeps a request from being answered; `cause` says who is at fault, `retry` whether trying again can help."""

    def __init__(self, message, cause=None, retry=False):
        super().__init__(message)
        self.answer = {"message": message, "retry": retry}
        if cause:
            self.answer["cause"] = cause


def serve(**handlers):
    """Answers each request with the handler named like its `do`, until the input ends."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = handlers[request["do"]](request)
        except Fault as fault:
            answer = {"error": fault.answer}
        except Exception as error:  # The run goes on; the episode says what went wrong.
            answer = {"error": {"message": f"{type(error).__name__}: {error}"}}
        print(json.dumps({"request": request["request"], **answer}), flush=True)
