import Evaluation
import JSON

@testable import SWEBenchPro

/// A record of our own, in the data set's form.
enum InstanceSample {
    static let fix = "f00df00df00df00df00df00df00df00df00df00d"
    static let base = "ba5eba5eba5eba5eba5eba5eba5eba5eba5eba5e"

    static let record: JSONObject = [
        "instance_id": .string("instance_acme__calc-\(fix)-vnan"), "repo": "Acme/calc", "base_commit": .string(base),
        "repo_language": "python", "problem_statement": "\"Adding fails.\\nAlways.\"",
        "requirements": "add() must add.", "interface": "", "fail_to_pass": "['t.py::test_it\\'s', \"t.py::test_b\"]",
        "pass_to_pass": "[]", "selected_test_files_to_run": "[\"t.py\"]", "patch": "SECRET_PATCH",
        "test_patch": "SECRET_TESTS",
        "before_repo_set_cmd": .string("git reset --hard \(base)\ngit clean -fd\ngit checkout \(fix) -- t.py\n\n"),
        "issue_categories": "[\"major_bug\"]",
    ]

    static func instance(_ change: (inout JSONObject) -> Void = { _ in }) throws -> Instance {
        var fields = record
        change(&fields)
        return try Instance(record: fields, origin: "calc.jsonl:1")
    }
}
