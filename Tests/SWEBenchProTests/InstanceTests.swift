import Evaluation
import FoundationEssentials
import JSON
import Testing

@testable import SWEBenchPro

@Suite("Instances")
struct InstanceTests {
    @Test("A record becomes an instance")
    func readsRecords() throws {
        let instance = try InstanceSample.instance()
        #expect(instance.failToPass == ["t.py::test_it's", "t.py::test_b"])
        #expect(instance.problemStatement == "Adding fails.\nAlways.")
        #expect(instance.testCheckoutCommand == "git checkout \(InstanceSample.fix) -- t.py")
        #expect(instance.fixCommits == [InstanceSample.fix])
    }

    @Test("The upper-case spelling of the test lists is known")
    func readsUpperCase() throws {
        let instance = try InstanceSample.instance {
            $0["fail_to_pass"] = nil
            $0["FAIL_TO_PASS"] = ["x"]
        }
        #expect(instance.failToPass == ["x"])
    }

    @Test(
        "A broken record says where and what",
        arguments: [
            ("base_commit", "; rm -rf /", "is no commit id"), ("fail_to_pass", "a, b", "is no list"),
            ("repo", "", "is missing"),
        ])
    func refusesBroken(key: String, value: String, expected: String) {
        #expect {
            try InstanceSample.instance { $0[key] = .string(value) }
        } throws: { error in
            let text = String(describing: error)
            return text.contains(expected) && text.contains(key) && text.contains("calc.jsonl:1")
        }
    }

    @Test("A sample shows nothing that gives the fix away")
    func hidesGold() throws {
        let standardizer = Standardizer(StandardizerParameters())
        let record = DatasetRecord(fields: InstanceSample.record, origin: "calc.jsonl:1")
        guard case .sample(let sample) = try standardizer.process(record) else {
            Issue.record("the record was dropped")
            return
        }
        let visible = JSONValue.object(sample.visibleJSON).text()
        for secret in [InstanceSample.fix, "SECRET", "test_b", "t.py"] {
            #expect(!visible.contains(secret), "\(secret) shows")
        }
        #expect(visible.contains("## Problem Statement") && visible.contains("## Requirements"))
        #expect(!visible.contains("## Interface"))
        #expect(sample.sandbox?["image"] == .string("jefzda/sweap-images:acme.calc-acme__calc-\(InstanceSample.fix)"))
        #expect(sample.gold["swebench_instance"] == .object(InstanceSample.record))
    }

    @Test("A list of ids keeps only its instances")
    func filtersByList() throws {
        let path = "/tmp/gage-smoke-\(UUID().uuidString).txt"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("# smoke\n\ninstance_other\n".utf8).write(to: URL(fileURLWithPath: path))
        var parameters = StandardizerParameters()
        parameters.smokeIDsPath = path
        let result = try Standardizer(parameters).process(
            DatasetRecord(fields: InstanceSample.record, origin: "calc.jsonl:1"))
        guard case .dropped(let reason) = result else {
            Issue.record("the instance was kept")
            return
        }
        #expect(reason == "not among the chosen instances")
    }

    @Test("A missing or empty list is an error and never no filter", arguments: ["", "# nothing\n\n"])
    func refusesEmptyLists(text: String) {
        #expect(throws: EvaluationError.self) { try InstanceFilter.ids(inList: text, named: "ids.txt") }
        var parameters = StandardizerParameters()
        parameters.smokeIDsPath = "/nowhere/ids.txt"
        let standardizer = Standardizer(parameters)
        #expect(throws: EvaluationError.self) {
            try standardizer.process(DatasetRecord(fields: InstanceSample.record, origin: "calc.jsonl:1"))
        }
    }

}
