"""What stays, leaks and gets lost, as in the original."""

import unittest

from standin.apps.login import token_of
from support import AGENTS, StandIn, make_root

TASK = "c3f40e9_1"
EMAIL = "ada.lindqvist@example.com"
TOKEN = token_of("notes", EMAIL)


class IsolationTests(unittest.TestCase):
    def setUp(self):
        self.directory, self.root = make_root()
        self.stand_in = StandIn(self.root)

    def tearDown(self):
        self.stand_in.close()
        self.directory.cleanup()

    def create(self, title="left over"):
        self.stand_in.call("notes__create_note", title=title, content="x", access_token=TOKEN)

    def titles(self):
        result = self.stand_in.call("notes__search_notes", access_token=TOKEN)
        answer = result["structuredContent"]["response"]
        return [note["title"] for note in answer] if isinstance(answer, list) else answer["message"]

    def test_initialize_again_keeps_the_remote_state(self):
        self.stand_in.initialize(TASK)
        self.create()
        self.stand_in.initialize(TASK)
        self.assertEqual(self.titles(), ["left over"])

    def test_close_all_keeps_the_remote_state_too(self):
        self.stand_in.initialize(TASK)
        self.create()
        self.stand_in.output("/close_all")
        self.stand_in.initialize(TASK)
        self.assertEqual(self.titles(), ["left over"])

    def test_close_of_the_task_resets_it(self):
        self.stand_in.initialize(TASK)
        self.create()
        self.stand_in.output("/close", task_id=TASK)
        self.stand_in.initialize(TASK)
        self.assertEqual(self.titles(), [])

    def test_a_local_world_is_reset_by_initialize(self):
        self.stand_in.initialize(TASK, remote=False)
        code = f"apis.notes.create_note(title='t', content='c', access_token='{TOKEN}')"
        self.stand_in.output("/execute", task_id=TASK, code=code)
        self.stand_in.initialize(TASK, remote=False)
        verdict = self.stand_in.output("/evaluate", task_id=TASK)
        self.assertEqual(len(verdict["passes"]), 1)

    def test_a_logged_out_token_stays_logged_out(self):
        self.stand_in.initialize(TASK)
        self.stand_in.call("notes__logout", access_token=TOKEN)
        self.stand_in.output("/close", task_id=TASK)
        self.stand_in.initialize(TASK)
        login = self.stand_in.call("notes__login", username=EMAIL, password="ada-notes-26")
        self.assertEqual(login["structuredContent"]["response"]["access_token"], TOKEN)
        self.assertIn("not authorized", self.titles())

    def test_evaluate_before_save_makes_later_ones_wrong_until_close_all(self):
        self.stand_in.initialize(TASK, experiment="stale")
        for step in AGENTS["gold"][TASK]:
            for call in step:
                self.stand_in.call(call["name"], **call["arguments"])
        self.assertFalse(self.stand_in.output("/evaluate", task_id=TASK)["success"])
        self.stand_in.output("/save", task_id=TASK)
        self.assertFalse(self.stand_in.output("/evaluate", task_id=TASK)["success"])
        self.stand_in.output("/close_all")
        self.assertTrue(self.stand_in.output("/evaluate", task_id=TASK, experiment_name="stale")["success"])

    def test_evaluate_all_refuses_while_a_state_is_open(self):
        self.stand_in.play("gold", TASK)
        self.stand_in.output("/evaluate", task_id=TASK, experiment_name="gold")
        body = {"task_ids": [TASK], "experiment_name": "gold"}
        self.assertEqual(self.stand_in.post("/evaluate_all", **body)[0], 500)
        self.stand_in.output("/close_all")
        found = self.stand_in.output("/evaluate_all", **body)
        self.assertEqual(found["aggregate"], {"task_goal_completion": 100.0, "scenario_goal_completion": 100.0})

    def test_execute_after_close_destroys_what_was_saved(self):
        self.stand_in.initialize(TASK, remote=False)
        self.stand_in.output("/close", task_id=TASK)
        message = self.stand_in.output("/execute", task_id=TASK, code="print(apis.supervisor.show_profile())")
        self.assertTrue(message.startswith("Execution failed. Traceback:\n"))
        self.assertEqual(self.stand_in.post("/evaluate", task_id=TASK)[0], 500)

    def test_evaluate_after_close_opens_the_saved_state_again(self):
        self.stand_in.initialize(TASK, remote=False)
        self.stand_in.output("/execute", task_id=TASK, code="apis.supervisor.complete_task()")
        self.stand_in.output("/close", task_id=TASK)
        self.assertEqual(self.stand_in.post("/task_completed", task_id=TASK)[0], 500)
        self.assertEqual(len(self.stand_in.output("/evaluate", task_id=TASK)["passes"]), 2)
        self.assertTrue(self.stand_in.output("/task_completed", task_id=TASK))

    def test_save_after_close_of_a_remote_world_changes_nothing(self):
        self.stand_in.initialize(TASK)
        self.create()
        self.stand_in.output("/save", task_id=TASK)
        self.stand_in.output("/close", task_id=TASK)
        self.stand_in.output("/save", task_id=TASK)
        self.assertEqual(len(self.stand_in.output("/evaluate", task_id=TASK)["passes"]), 3)

    def test_calls_after_close_fail_inside(self):
        self.stand_in.initialize(TASK)
        self.stand_in.output("/close", task_id=TASK)
        result = self.stand_in.call("supervisor__show_profile")
        self.assertEqual(result["structuredContent"], {"response": {"message": "Internal Server Error"}})

    def test_checkpoints_bring_a_local_state_back(self):
        self.stand_in.initialize(TASK, remote=False)
        self.assertEqual(self.stand_in.output("/save_state", task_id=TASK, state_id="before"), "before")
        code = f"apis.notes.create_note(title='t', content='c', access_token='{TOKEN}')"
        self.stand_in.output("/execute", task_id=TASK, code=code)
        self.assertIsNone(self.stand_in.output("/load_state", task_id=TASK, state_id="before"))
        search = f"print(len(apis.notes.search_notes(access_token='{TOKEN}')))"
        self.assertEqual(self.stand_in.output("/execute", task_id=TASK, code=search), "0\n")
        self.assertEqual(self.stand_in.post("/load_state", task_id=TASK, state_id="never")[0], 500)


if __name__ == "__main__":
    unittest.main()
