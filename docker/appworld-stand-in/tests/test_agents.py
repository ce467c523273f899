"""The scripted agents against a table written by hand."""

import unittest

from standin import evaluation
from support import AGENTS, StandIn, make_root

SCENARIOS = ("5a1d0c1", "7be20d4", "c3f40e9", "d90a1b6")
# Passed tests and all tests of each task, by scenario in the order above.
TESTS = (2, 6, 5, 7)
PASSED = {
    "gold": (2, 6, 5, 7), "noop": (1, 1, 1, 1), "wrong_answer": (1, 5, 4, 6), "collateral": (1, 5, 4, 6),
    "no_complete": (1, 5, 4, 6), "status_fail": (2, 6, 5, 7), "too_many_turns": (1, 1, 1, 1),
}


class AgentTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory, cls.root = make_root()
        cls.stand_in = StandIn(cls.root)

    @classmethod
    def tearDownClass(cls):
        cls.stand_in.close()
        cls.directory.cleanup()

    def test_every_agent_passes_what_the_table_says(self):
        self.assertEqual(set(AGENTS), set(PASSED))
        for agent, row in PASSED.items():
            for scenario, passed, total in zip(SCENARIOS, row, TESTS):
                for number in (1, 2, 3):
                    with self.subTest(agent=agent, task=f"{scenario}_{number}"):
                        verdict = self.stand_in.play(agent, f"{scenario}_{number}", steps=20)
                        self.assertEqual((len(verdict["passes"]), verdict["num_tests"]), (passed, total))
                        self.assertEqual(verdict["success"], passed == total)

    def test_two_of_three_tasks_give_66_7_and_0(self):
        for number, agent in ((1, "gold"), (2, "wrong_answer"), (3, "gold")):
            self.stand_in.play(agent, f"c3f40e9_{number}")
        self.stand_in.output("/close_all")
        # Each agent has its experiment; the verdicts are added up as of one.
        results = {}
        for number, agent in ((1, "gold"), (2, "wrong_answer"), (3, "gold")):
            task_id = f"c3f40e9_{number}"
            results[task_id] = evaluation.evaluate_tasks(self.root, agent, [task_id])["individual"][task_id]
        found = evaluation.aggregate(results)
        self.assertEqual(found, {"task_goal_completion": 66.7, "scenario_goal_completion": 0.0})

    def test_a_verdict_says_what_collateral_damage_was_done(self):
        verdict = self.stand_in.play("collateral", "c3f40e9_1")
        self.assertEqual(len(verdict["failures"]), 1)
        self.assertIn("In left but not right:\n['contacts.Group']", verdict["failures"][0]["trace"])
        self.assertEqual(verdict["failures"][0]["label"], "no_op_fail")


if __name__ == "__main__":
    unittest.main()
