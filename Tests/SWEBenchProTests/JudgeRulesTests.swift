import JSON
import Testing

@testable import SWEBenchPro

@Suite("The judge's rules")
struct JudgeRulesTests {

    private static func verdict(_ tests: [(String, String)], failToPass: [String], passToPass: [String] = []) throws
        -> TestVerdict
    {
        let instance = try InstanceSample.instance {
            $0["fail_to_pass"] = .array(failToPass.map { .string($0) })
            $0["pass_to_pass"] = .array(passToPass.map { .string($0) })
        }
        let list = tests.map { JSONValue.object(["name": .string($0.0), "status": .string($0.1)]) }
        let report = try #require(TestReport(JSONValue.object(["tests": .array(list)]).bytes()))
        return TestVerdict(report, expecting: instance)
    }

    @Test(
        "Every expected name must have passed once",
        arguments: [
            ([("a", "PASSED"), ("b", "PASSED")], true), ([("a", "PASSED")], false),
            ([("a", "PASSED"), ("b", "FAILED")], false), ([("a", "FAILED"), ("a", "PASSED"), ("b", "PASSED")], true),
            ([("a", "PASSED"), ("b", "SKIPPED")], false), ([("a", "PASSED"), ("b ", "PASSED")], false), ([], false),
        ] as [([(String, String)], Bool)])
    func decides(tests: [(String, String)], isResolved: Bool) throws {
        let verdict = try Self.verdict(tests, failToPass: ["a"], passToPass: ["b"])
        #expect(verdict.isResolved == isResolved)
    }

    @Test("Names are compared byte by byte")
    func comparesBytes() throws {
        let verdict = try Self.verdict([("caf\u{65}\u{301}", "PASSED")], failToPass: ["caf\u{e9}"])
        #expect(!verdict.isResolved)
        #expect(verdict.missingFailToPass == ["caf\u{e9}"])
    }

    @Test("A lenient figure stands beside the verdict")
    func givesLenientFigure() throws {
        let verdict = try Self.verdict([("a  'b' ", "PASSED"), ("x", "PASSED")], failToPass: ["a b"])
        #expect(!verdict.isResolved && verdict.isResolvedLeniently)
        #expect(verdict.extraPassed == 2)
    }

    @Test("What is no report is none", arguments: ["", "{}", "[]", "{\"tests\": [{\"name\": 1}]}", "{\"tests\":"])
    func refusesOthers(text: String) {
        #expect(TestReport(Array(text.utf8)) == nil)
    }

    @Test("ENV lines become exports, base first, as they stand")
    func exportsEnvironment() {
        let exports = DockerfileEnvironment.exports(
            base: "FROM x\nENV A=1\n  ENV B=2\nRUN y", instance: "ENV LANG en_US.UTF-8\r\nCMD z")
        #expect(exports == ["export A=1", "export LANG en_US.UTF-8"])
    }

    @Test("The script follows the official sequence")
    func writesScript() {
        let script = EntryScript(
            exports: ["export A=1"], baseCommit: InstanceSample.base, testCheckout: "git checkout f -- t.py",
            selectedTests: ["t.py", "it's"])
        let lines = script.text.split(separator: "\n").map(String.init)
        let order = [
            "export A=1", "cd /app", "git reset --hard \(InstanceSample.base)", "git checkout \(InstanceSample.base)",
            "git apply -v /workspace/patch.diff", "git checkout f -- t.py", "bash /workspace/run_script.sh t.py,it's",
            "rm -rf /workspace/output.json", "\"$interpreter\" /workspace/parser.py",
        ]
        let places = order.map { start in lines.firstIndex { $0.hasPrefix(start) } }
        #expect(!places.contains(nil))
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        #expect(!script.text.contains("set -e") && !script.text.contains("--recount"))
    }

    @Test("Quoting and lenient applying are choices")
    func choosesVariants() {
        var script = EntryScript(exports: [], baseCommit: "abc1234", testCheckout: "", selectedTests: ["it's", "$x"])
        script.quotesTests = true
        script.appliesLeniently = true
        #expect(script.text.contains("run_script.sh 'it'\\''s,$x' "))
        #expect(script.text.contains("patch -p1 --force"))
        #expect(!script.text.contains("tests_checkout"))
    }
}
