"""Messages, faults and the small rules."""

import json
import unittest

from standin import evaluation
from standin.http import Request
from support import StandIn, make_root

TASK = "c3f40e9_1"


class AnswerTests(unittest.TestCase):
    def test_answers_are_compared_in_one_form(self):
        table = [
            (None, "null"), ("  ", "null"), ("'Lantern  House' ", "lantern house"), ("forty-two", "42"), ("7.0", "7"),
            (3.14159, "3.14"), (["b", "A"], "a | b"), ("seven", "7"), ("seventh", "seventh"), (5, "5"),
        ]
        for answer, form in table:
            with self.subTest(answer=answer):
                self.assertEqual(evaluation.normalized(answer), form)

    def test_percentages_are_rounded_twice(self):
        self.assertEqual(evaluation.percent([1] * 52 + [0] * 116), 30.9)
        self.assertEqual(evaluation.percent([1, 1, 0]), 66.7)
        self.assertEqual(evaluation.percent([]), 0.0)


class ProtocolTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory, cls.root = make_root()

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def stand_in(self, **variables):
        one = StandIn(self.root, **variables)
        self.addCleanup(one.close)
        return one

    def test_ground_truth_richer_than_stored_is_a_500(self):
        one = self.stand_in()
        self.assertEqual(one.post("/initialize", task_id=TASK, ground_truth_mode="full")[0], 500)
        self.assertEqual(one.post("/initialize", task_id="5a1d0c1_1", ground_truth_mode="full")[0], 200)

    def test_bodies_are_refused_in_the_frameworks_words(self):
        one = self.stand_in()
        cases = [
            ("/execute", {"task_id": TASK}, "missing", ["body", "code"]),
            ("/batch_execute", {"task_id": TASK, "codes": [1]}, "string_type", ["body", "codes", 0]),
            ("/initialize", {"task_id": TASK, "max_interactions": "x"}, "int_parsing", ["body", "max_interactions"]),
            ("/initialize", {"task_id": TASK, "ground_truth_mode": "x"}, "literal_error",
             ["body", "ground_truth_mode"]),
            ("/evaluate", {"task_id": TASK, "report": "maybe"}, "bool_parsing", ["body", "report"]),
        ]
        for path, body, kind, place in cases:
            with self.subTest(path=path, body=body):
                status, answer = one.post(path, **body)
                self.assertEqual(status, 422)
                self.assertEqual((answer["detail"][0]["type"], answer["detail"][0]["loc"]), (kind, place))

    def test_tool_arguments_are_checked_against_the_schema(self):
        one = self.stand_in()
        one.initialize(TASK)
        table = [
            ("notes__create_note", {"title": "x"}, "'content' is a required property"),
            ("contacts__show_listing", {"listing_id": "abc"}, "'abc' is not of type 'integer'"),
            ("supervisor__complete_task", {"answer": None}, "None is not valid under any of the given schemas"),
            ("supervisor__complete_task", {"status": "done"}, "'done' is not one of ['success', 'fail']"),
            ("notes__search_notes", {"access_token": "t", "page_limit": 21}, "21 is greater than the maximum of 20"),
            ("notes__search_notes", {"access_token": "t", "page_index": -1}, "-1 is less than the minimum of 0"),
        ]
        for name, arguments, text in table:
            with self.subTest(name=name):
                result = one.call(name, **arguments)
                self.assertTrue(result["isError"])
                self.assertEqual(result["content"][0]["text"], f"Input validation error: {text}")

    def test_arguments_that_are_not_declared_are_ignored(self):
        one = self.stand_in()
        one.initialize(TASK)
        result = one.call("contacts__show_listing", listing_id=1, surplus=2)
        self.assertEqual(result["structuredContent"]["response"]["name"], "The Copper Kettle")

    def test_code_may_not_use_what_harms(self):
        one = self.stand_in()
        one.initialize(TASK, remote=False)
        table = [
            ("import os\nos.system('ls')", "Usage of the following function is not allowed: os.system."),
            ("exit()", "Usage of the following function is not allowed: builtins.exit."),
            ("import sys", "Usage of the following module is not allowed: sys."),
            ("import time\ntime.sleep(1)", "Usage of the following function is not allowed: time.sleep."),
            ("import socket, ctypes", "Usage of the following modules is not allowed: ctypes and socket."),
        ]
        for code, text in table:
            with self.subTest(code=code):
                message = one.output("/execute", task_id=TASK, code=code)
                self.assertEqual(message, f"Execution failed. Traceback:\n{text}")

    def test_code_that_runs_too_long_is_ended(self):
        one = self.stand_in()
        one.initialize(TASK, remote=False, timeout_seconds=1)
        message = one.output("/execute", task_id=TASK, code="while True: pass")
        self.assertTrue(message.endswith("Exception: Execution timed out after 1 seconds."), message)

    def test_interactions_are_limited(self):
        one = self.stand_in()
        one.initialize(TASK, remote=False, max_interactions=1)
        self.assertEqual(one.output("/execute", task_id=TASK, code="print(1)"), "1\n")
        message = one.output("/execute", task_id=TASK, code="print(2)")
        self.assertIn("Maximum number of executions (1) reached.", message)

    def test_faults_concern_the_task_that_is_named(self):
        one = self.stand_in(STAND_IN_INITIALIZE_FAILURES="1", STAND_IN_FAULT_TASK="c3f40e9_2")
        self.assertEqual(one.post("/initialize", task_id=TASK)[0], 200)
        self.assertEqual(one.post("/initialize", task_id="c3f40e9_2")[0], 500)
        self.assertEqual(one.post("/initialize", task_id="c3f40e9_2")[0], 200)

    def test_events_can_be_cut_at_odd_places(self):
        one = self.stand_in(STAND_IN_SPLIT_EVENTS="7")
        pieces = list(one.message("ping").pieces)
        self.assertTrue(all(len(piece) <= 7 for piece in pieces))
        self.assertEqual(b"".join(pieces), b'event: message\r\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\r\n\r\n')

    def test_a_leaking_state_reaches_the_next_task(self):
        one = self.stand_in(STAND_IN_STATE_LEAK="1")
        one.initialize(TASK)
        from standin.apps.login import token_of
        token = token_of("notes", "ada.lindqvist@example.com")
        one.call("notes__create_note", title="leak", content="x", access_token=token)
        one.initialize("c3f40e9_2")
        self.assertEqual(one.server.current.first("supervisor.Supervisor")["first_name"], "Bruno")
        self.assertEqual([note["title"] for note in one.server.current.find("notes.Note", title="leak")], ["leak"])

    def test_messages_without_a_usable_id_are_notifications(self):
        one = self.stand_in()
        fields = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
        for identifier, status in (("null", 202), ("1.5", 202), ("0", 200), ('"a"', 200)):
            body = f'{{"jsonrpc": "2.0", "id": {identifier}, "method": "ping"}}'.encode()
            with self.subTest(identifier=identifier):
                self.assertEqual(one.mcp.answer(Request("POST", "/mcp/", {}, fields, body)).status, status)

    def test_the_api_server_takes_null_for_nothing(self):
        one = self.stand_in()
        one.initialize(TASK)
        for body, status in ((b'{"answer": null}', 200), (b'{"status": null}', 200), (b'{"status": "done"}', 422)):
            request = Request("POST", "/supervisor/message", {}, {"content-type": "application/json"}, body)
            with self.subTest(body=body):
                self.assertEqual(one.apis.answer(request).status, status)

    def test_batches_and_foreign_messages_are_refused(self):
        one = self.stand_in()
        fields = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
        for body, start in ((b"[]", "Validation error: 4 validation errors"), (b"{bad", "Parse error: Expecting")):
            response = one.mcp.answer(Request("POST", "/mcp/", {}, fields, body))
            self.assertEqual(response.status, 400)
            self.assertTrue(json.loads(response.body)["error"]["message"].startswith(start))


if __name__ == "__main__":
    unittest.main()
