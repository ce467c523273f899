import Engine
import Evaluation
import FoundationEssentials
import GageConfiguration
import GageTesting
import JSON
import Models
import Testing

@testable import SWEBenchPro

/// Agents and tests that work against gage, in real containers.
@Suite("Hostile agents and tests", .enabled { await DemoInstances.areThere() }, .serialized)
struct HostileTests {
    /// What an episode comes to in which the agent runs one command in `calc` and submits.
    private static func agent(
        running command: String, history: String = "strip"
    ) async throws -> (patch: String, record: EpisodeRecord) {
        let directory = try TemporaryDirectory()
        let replies: JSONValue = [
            ["tool_calls": [["name": "bash", "arguments": ["command": .string(command)]]]],
            ["tool_calls": [["name": "submit", "arguments": [:]]]],
        ]
        let script: JSONValue = ["replies": replies]
        let path = "\(directory.path)/agent.json"
        try Data(script.bytes()).write(to: URL(fileURLWithPath: path))
        let id = try DemoInstances.records()["calc"]?["instance_id"]?.stringValue ?? ""
        let plan = try DemoInstances.plan(
            "demo.yaml",
            set: [
                "datasets.demo.params.preprocess_kwargs.ids": "[\(id)]", "backends.scripted_agent.config.path": path,
                "role_adapters.repository.params.implementation_params.history": history,
            ])
        let record = try #require(try await DemoInstances.run(plan).first)
        return (record.prediction?.artifacts["model_patch"]?.stringValue ?? "", record)
    }

    private static let fix = """
        sed -i '/def add/,/return/ s/first - second/first + second/; s/return name\\r/return name.upper()\\r/' calc.py
        """

    @Test(
        "What an agent configures in git changes nothing in its patch, and modes and other repositories survive",
        arguments: ["strip", "single"])
    func configuredGit(history: String) async throws {
        let (patch, record) = try await Self.agent(
            running: Self.fix + """
                ; git config filter.x.clean 'echo FILTERED'; echo '* filter=x' > .git/info/attributes
                git config core.autocrlf true; git config core.fileMode false; git config core.fsmonitor false
                git config diff.external 'echo EXTERNAL'; git config --global filter.x.clean 'echo FILTERED'
                echo '[[' >> .git/config; printf 'new\\n' > tool; chmod +x tool test_calc.py
                mkdir nested; git init -q nested; echo 1 > nested/file
                """, history: history)
        #expect(record.judged == "resolved", "\(record.judgeOutput) \(patch)")
        #expect(!patch.contains("FILTERED") && !patch.contains("EXTERNAL"))
        #expect(patch.contains("+    return first + second\r\n"))
        #expect(patch.contains("diff --git a/tool b/tool\nnew file mode 100755\n"))
        #expect(patch.contains("old mode 100644\nnew mode 100755\n"))
    }

    @Test("An agent that destroys its repository has no patch, which is its own failure")
    func destroyedRepository() async throws {
        let (patch, record) = try await Self.agent(running: "rm -rf .git")
        #expect(patch.isEmpty)
        #expect(record.judged == "missing_patch (model)")
        #expect(
            record.judgeOutput["failure_detail"]?.stringValue == "the base commit is gone from the agent's repository")
    }

    @Test("A test that replaces the judge's files decides nothing")
    func replacedJudge() async throws {
        let lines = [
            "import os", "for name in os.listdir('/workspace'):",
            "    if name.startswith('mark.') or name == 'checkout.log':",
            "        open('/workspace/' + name, 'w').write('1\\nNo space left on device\\n')",
            "open('/workspace/parser.py', 'w').write('import os; os._exit(0)')",
            "script = open('/workspace/entryscript.sh').read()",
            "place = script.index('rm -rf /workspace/output.json')",
            "open('/workspace/entryscript.sh', 'r+').write(script[:place] + 'exit 0\\n' + '#' * 1000)",
        ]
        let patch =
            "diff --git a/conftest.py b/conftest.py\nnew file mode 100644\n--- /dev/null\n+++ b/conftest.py\n"
            + "@@ -0,0 +1,\(lines.count) @@\n" + lines.map { "+\($0)\n" }.joined()
        let record = try await JudgedPatch(instance: "calc", patch: patch).record()
        #expect(record.judged == "assertion_error (model)", "\(record.judgeOutput)")
    }
}
