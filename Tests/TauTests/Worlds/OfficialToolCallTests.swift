import JSON
import Testing

@testable import Tau

@Suite("Official tool calls", .enabled(if: TauReference.hasTau2))
struct OfficialToolCallTests {
    @Test("Every recorded call answers and changes the data as officially", arguments: OfficialDomain.allCases)
    func recordedCalls(domain: OfficialDomain) throws {
        let tasks = try domain.tasks()
        var disagreements = Disagreements()
        for line in try TauReference.lines("tau2/cases/\(domain.rawValue).tools.jsonl.gz") {
            try replay(line, of: domain, tasks: tasks, &disagreements)
        }
        print("\(domain.rawValue): \(disagreements.compared) values of recorded tool calls compared")
        #expect(disagreements.compared > 0)
        #expect(disagreements.found.isEmpty, "\(disagreements.summary)")
    }

    private func replay(
        _ line: JSONValue, of domain: OfficialDomain, tasks: [String: JSONValue], _ disagreements: inout Disagreements
    ) throws {
        let name = line["case_id"]?.stringValue ?? ""
        var world = try domain.world(isSolo: line["solo_mode"]?.boolValue ?? false)
        if let task = line["initial_state_of_task"]?.stringValue { try world.prepare(for: tasks[task]) }
        var digests = Digests(of: world)
        disagreements.compare(digests, Digests(line["initial_hash"]), "\(name) initial digests")
        let calls = try #require(line["calls"]?.arrayValue)
        let results = try #require(line["results"]?.arrayValue)
        for (call, result) in zip(calls, results) {
            let requestor = try #require(call["requestor"]?.stringValue.flatMap(Requestor.init))
            let outcome = world.call(
                call["name"]?.stringValue ?? "", arguments: call["arguments"]?.objectValue ?? [:],
                requestor: requestor)
            let what = "\(name) \(call.text())"
            disagreements.compare(outcome.content, result["content"]?.stringValue ?? "", "\(what) content")
            disagreements.compare(outcome.isError, result["error"]?.boolValue ?? false, "\(what) error flag")
            guard let changed = result["hash_after"], !changed.isNull else { continue }
            digests = Digests(of: world)
            disagreements.compare(digests, Digests(changed), "\(what) digests")
        }
        disagreements.compare(Digests(of: world), Digests(line["final_hash"]), "\(name) final digests")
    }
}

/// The digests of both databases of a world.
struct Digests: Equatable {
    var agent: String?
    var user: String?

    init(of world: any TauWorld) {
        agent = world.agentDigest
        user = world.userDigest
    }

    init(_ official: JSONValue?) {
        agent = official?["agent"]?.stringValue
        user = official?["user"]?.stringValue
    }
}
