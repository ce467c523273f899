import Evaluation
import JSON
import Testing

@testable import SWEBenchPro

/// Every way in which a judging can end, against a real engine.
@Suite("Judging against a real engine", .enabled { await DemoInstances.areThere() }, .serialized)
struct JudgeTableTests {
    private static func hostile(_ kind: String) throws -> JudgedPatch {
        JudgedPatch(
            instance: "hostile",
            patch: try DemoInstances.gold("hostile").replacing("+KIND = \"good\"", with: "+KIND = \"\(kind)\""))
    }

    @Test("The fix resolves its instance", arguments: ["calc", "shell", "golike", "hostile", "flaky"])
    func goldResolves(instance: String) async throws {
        let record = try await JudgedPatch(instance: instance, patch: DemoInstances.gold(instance)).record()
        #expect(record.judged == "resolved")
        #expect(record.outcome == .scored)
    }

    @Test("Nothing is resolved by changing nothing", arguments: ["calc", "shell", "golike"])
    func noopResolvesNothing(instance: String) async throws {
        let patch = "diff --git a/x.txt b/x.txt\nnew file mode 100644\n--- /dev/null\n+++ b/x.txt\n@@ -0,0 +1 @@\n+x\n"
        let record = try await JudgedPatch(instance: instance, patch: patch).record()
        #expect(record.judged == "assertion_error (model)")
        #expect(record.judgeOutput["missing_fail_to_pass"]?.arrayValue?.isEmpty == false)
        #expect(record.judgeOutput["missing_pass_to_pass"]?.arrayValue == [])
    }

    @Test("No patch is the agent's failure, and a verdict", arguments: [nil, "", "  \n"] as [String?])
    func noPatch(patch: String?) async throws {
        let record = try await JudgedPatch(instance: "calc", patch: patch).record()
        #expect(record.judged == "missing_patch (model)")
        #expect(record.outcome == .scored)
        #expect(record.scores.first?.values["resolve_rate"] == 0)
    }

    @Test(
        "What happens to a fix on its way decides whether it applies",
        arguments: [
            ("wrong code", "assertion_error (model)"), ("syntax error", "assertion_error (model)"),
            ("wrong context", "patch_apply_failed (model)"), ("no carriage returns", "patch_apply_failed (model)"),
            ("last line lost", "patch_apply_failed (model)"), ("no final line feed", "resolved"),
            ("binary section", "resolved"), ("test file edited", "resolved"),
        ])
    func damagedPatches(damage: String, expected: String) async throws {
        let gold = try DemoInstances.gold("calc")
        let lines = gold.split(separator: "\n", omittingEmptySubsequences: false)
        let patch =
            switch damage {
            case "wrong code": gold.replacing("+    return first + second", with: "+    return first * second")
            case "syntax error": gold.replacing("+    return first + second", with: "+    return first +")
            case "wrong context": gold.replacing(" def add(first, second):", with: " def add(one, two):")
            case "no carriage returns": gold.replacing("\r\n", with: "\n")
            case "last line lost": lines.dropLast(2).joined(separator: "\n") + "\n"
            case "no final line feed": String(gold.unicodeScalars.dropLast())
            case "binary section": gold + "diff --git a/i.png b/i.png\nBinary files a/i.png and b/i.png differ\n"
            default:
                gold + "diff --git a/test_calc.py b/test_calc.py\n--- a/test_calc.py\n+++ b/test_calc.py\n"
                    + "@@ -3,3 +3,3 @@\n \n def test_subtract():\n-    assert subtract(5, 3) == 2\n+    assert True\n"
            }
        #expect(patch != gold)
        let record = try await JudgedPatch(instance: "calc", patch: patch).record()
        #expect(record.judged == expected)
        #expect(record.outcome == .scored)
    }

    @Test("A hanging test ends with its time, and its background processes with the container")
    func hangs() async throws {
        let record = try await Self.hostile("hang").judging("test_timeout_s", "4").record()
        #expect(record.judged == "test_execution_error (model)")
        #expect(record.judgeOutput["failure_detail"]?.stringValue == "timeout")
    }

    @Test("A memory limit that is reached is the machine's fault, and no zero")
    func runsOutOfMemory() async throws {
        let record = try await Self.hostile("memory").judging("infra_retries", "0").record()
        #expect(record.judged == "oom_killed (infra)")
        #expect(record.scores.isEmpty)
        guard case .errored(let error) = record.outcome else {
            Issue.record("outcome \(record.outcome)")
            return
        }
        #expect(error.cause == .sandbox)
    }

    @Test(
        "A patch that misbehaves gets the verdict that it would get officially",
        arguments: [
            ("garbage", "missing_output (benchmark)"), ("flood", "resolved"), ("exit", "assertion_error (model)"),
            ("file", "resolved"), ("report", "assertion_error (model)"), ("fork", "resolved"),
        ])
    func misbehaves(kind: String, expected: String) async throws {
        let record = try await Self.hostile(kind).record()
        #expect(record.judged == expected)
    }

    @Test("A limit on processes is felt by the tests")
    func limitsProcesses() async throws {
        let record = try await Self.hostile("fork").judging("pids_limit", "64").record()
        #expect(record.judged == "assertion_error (model)")
    }

    @Test("A network is there when it is asked for, and only then")
    func opensNetwork() async throws {
        let record = try await JudgedPatch(instance: "hostile", patch: DemoInstances.gold("hostile"))
            .judging("block_network", "false").record()
        #expect(record.judged == "assertion_error (model)")
        #expect(record.judgeOutput["missing_pass_to_pass"]?.arrayValue?.count == 1)
    }

    @Test(
        "The Dockerfiles' environment reaches the tests",
        arguments: [("good", "resolved"), ("bad", "assertion_error (model)")])
    func environmentDecides(weather: String, expected: String) async throws {
        let dockerfiles = try WeatherDockerfiles(weather)
        let record = try await JudgedPatch(instance: "flaky", patch: DemoInstances.gold("flaky"))
            .judging("dockerfiles_dir", dockerfiles.path).record()
        #expect(record.judged == expected)
    }

    @Test("An image that is not to be had is the machine's fault, and no zero")
    func missingImage() async throws {
        let record = try await JudgedPatch(instance: "calc", patch: DemoInstances.gold("calc"))
            .judging("image_uri", "gage-demo/nothing:here").judging("allow_pull", "false")
            .judging("infra_retries", "0").record()
        #expect(record.judged == "image_missing (infra)")
        #expect(record.outcome.name == "errored")
    }

    @Test("A judge looks for its image at the mirror that it is told of")
    func mirroredImage() async throws {
        let record = try await JudgedPatch(instance: "calc", patch: DemoInstances.gold("calc"))
            .judging("registry_prefix", "mirror.local/nowhere").judging("allow_pull", "false")
            .judging("infra_retries", "0").record()
        #expect(record.judged == "image_missing (infra)")
        let detail = record.judgeOutput["failure_detail"]?.stringValue ?? ""
        #expect(detail.contains("mirror.local/nowhere/sweap-images"))
    }

    @Test("Scripts that are not there are the benchmark's fault, and no zero")
    func missingScripts() async throws {
        let record = try await JudgedPatch(instance: "calc", patch: DemoInstances.gold("calc"))
            .judging("scripts_dir", "local-datasets").record()
        #expect(record.judged == "missing_run_scripts (benchmark)")
        #expect(record.outcome.name == "errored")
    }

    @Test("A container that ends midway is the machine's fault")
    func lostContainer() async throws {
        let record = try await Self.hostile("hang").judging("infra_retries", "0")
            .sandboxed("runtime_configs.command", "[-c, sleep 3]").record()
        #expect(record.judged == "container_error (infra)", "\(record.judgeOutput)")
    }
}
