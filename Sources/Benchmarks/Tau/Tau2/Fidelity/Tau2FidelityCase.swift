import Evaluation
import JSON

/// One official case, and how gage does on it.
struct Tau2FidelityCase: TauRecordedCase {
    let json: JSONValue
    let id: String
    let domain: Tau2Domain
    /// How the recorder wrote the time of replays in error texts.
    static let timestamp = "<NOW>"
    /// What the recorder put in the place of random identifiers.
    static let identifiers = IdentifierSource.fixed("deadbeef")

    var found: [TauFidelityReport.Disagreement] = []

    init(_ json: JSONValue, in domain: Tau2Domain) {
        self.json = json
        self.domain = domain
        id = json["case_id"]?.stringValue ?? "(no id)"
    }

    /// The domain that a case is of.
    static func domainName(of json: JSONValue) -> String { json["domain"]?.stringValue ?? "" }

    /// Plays a case of any form.
    static func play(_ json: JSONValue, in domain: Tau2Domain) -> TauCaseOutcome {
        var played = Tau2FidelityCase(json, in: domain)
        let kind: String
        do {
            if json["calls"] != nil {
                kind = "tools"
                try played.playTools()
            } else if json["agent_script"] != nil {
                kind = "orch"
                try played.playOrchestration()
            } else if json["recorded"] != nil {
                kind = "real"
                try played.playRecording()
            } else {
                kind = json["kind"]?.stringValue ?? "(no kind)"
                try played.playTrajectory()
            }
        } catch {
            played.record("case", expected: "a case that can be read", actual: .string(String(describing: error)))
            return TauCaseOutcome(
                domain: domainName(of: json), kind: json["kind"]?.stringValue ?? "unreadable",
                disagreements: played.found)
        }
        return TauCaseOutcome(domain: domainName(of: json), kind: kind, disagreements: played.found)
    }

    /// The task that the case names, or the one that it brings.
    func task() throws(EvaluationError) -> Tau2Task {
        if let own = json["task"], !own.isNull { return try Tau2Task(json: own) }
        return try task(json["task_id"])
    }

    /// The task of that id.
    func task(_ id: JSONValue?) throws(EvaluationError) -> Tau2Task {
        guard let id = id?.stringValue, let task = domain.task(id) else {
            throw .malformedTau2("the domain has no task \(id?.text() ?? "null")")
        }
        return task
    }

    /// The messages of the case.
    func messages() throws(EvaluationError) -> [Tau2Message] {
        var messages: [Tau2Message] = []
        for item in json["messages"]?.arrayValue ?? [] { messages.append(try Tau2Message(json: item)) }
        return messages
    }

    /// Notes a difference between the digests of a world and the recorded ones.
    mutating func compareDigests(_ field: String, expected: JSONValue?, of world: any TauWorld) {
        guard let expected, !expected.isNull else { return }
        compare(field, expected: expected, actual: Self.digests(of: world))
    }

    /// Both digests of a world as the cases write them.
    static func digests(of world: any TauWorld) -> JSONValue {
        ["agent": .string(world.agentDigest), "user": JSONValue(optional: world.userDigest)]
    }
}

extension PythonException {
    /// The exception as the cases write it.
    var caseJSON: JSONValue { ["type": .string(kind.rawValue), "message": .string(message)] }
}
