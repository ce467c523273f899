import JSON
import Testing

@testable import Tau

@Suite("Official telecom tool calls", .enabled(if: TauReference.hasTau2))
struct TelecomToolCallTests {
    @Test("Every recorded call answers and changes the data as officially")
    func recordedCalls() throws {
        var disagreements = Disagreements()
        for line in try TauReference.lines("tau2/cases/telecom.tools.jsonl.gz") {
            try replay(line, &disagreements)
        }
        print("telecom: \(disagreements.compared) values of recorded tool calls compared")
        #expect(disagreements.compared > 0)
        #expect(disagreements.found.isEmpty, "\(disagreements.summary)")
    }

    private func replay(_ line: JSONValue, _ disagreements: inout Disagreements) throws {
        let name = line["case_id"]?.stringValue ?? ""
        var world = try TelecomReference.world(for: line)
        try world.prepare(for: try TelecomReference.task(line["initial_state_of_task"]))
        var digests = Digests(line["initial_hash"])
        disagreements.compare(Digests(of: world), digests, "\(name) initial digests")
        let calls = try #require(line["calls"]?.arrayValue)
        let results = try #require(line["results"]?.arrayValue)
        try #require(calls.count == results.count)
        for (call, result) in zip(calls, results) {
            let requestor = try #require(call["requestor"]?.stringValue.flatMap(Requestor.init))
            let outcome = world.call(
                call["name"]?.stringValue ?? "", arguments: call["arguments"]?.objectValue ?? [:],
                requestor: requestor)
            try world.synchronizeTools()
            let what = "\(name) \(call.text())"
            disagreements.compare(outcome.content, result["content"]?.stringValue ?? "", "\(what) content")
            disagreements.compare(outcome.isError, result["error"]?.boolValue ?? false, "\(what) error flag")
            // A call without a digest has changed nothing.
            if let changed = result["hash_after"], !changed.isNull { digests = Digests(changed) }
            disagreements.compare(Digests(of: world), digests, "\(what) digests")
        }
        disagreements.compare(Digests(of: world), Digests(line["final_hash"]), "\(name) final digests")
    }
}
