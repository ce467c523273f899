import Evaluation
import JSON

/// The scripted judge that reads its answers from a file.
///
/// The file is a list of `{stage, file?, branch?, traj?, model?, judge?, attempt?, answer | text | error}`; the first entry
/// whose keys all fit answers. `answer` is an object, `text` is said as it is, `error` is a provider's failure.
struct PauseFixtureJudge: PauseJudge {
    let name = PauseJudgeRoute.fixtureJudge
    private let entries: [JSONValue]

    init(entries: [JSONValue]) { self.entries = entries }

    /// Reads the file.
    init(path: String) throws(EvaluationError) {
        guard let entries = try PauseFiles.json(path).arrayValue else {
            throw EvaluationError(
                .dataMalformed, "\(path) must be a list of answers", cause: .configuration,
                advice: "write [{\"stage\": \"annotate\", \"answer\": {…}}, …]")
        }
        self.init(entries: entries)
    }

    func answer(_ question: PauseQuestion, in scope: EpisodeScope) async throws -> String {
        guard let entry = entries.first(where: { Self.fits($0, question) }) else {
            throw EvaluationError(
                .scriptExhausted, "no fixture answers \(question.stage.rawValue) for \(question.place.file)",
                cause: .configuration)
        }
        if let error = entry["error"]?.stringValue {
            throw EvaluationError(.providerFailed, error, cause: .provider)
        }
        return entry["text"]?.stringValue ?? entry["answer"]?.text() ?? "{}"
    }

    private static func fits(_ entry: JSONValue, _ question: PauseQuestion) -> Bool {
        guard entry["stage"]?.stringValue == question.stage.rawValue else { return false }
        let texts = [
            ("file", question.place.file), ("branch", question.place.branch), ("model", question.place.assistantModel),
        ]
        for (key, value) in texts {
            if let wanted = entry[key]?.stringValue, wanted != value { return false }
        }
        let numbers = [
            ("traj", question.place.trajectory), ("judge", question.judge), ("attempt", question.attempt),
        ]
        for (key, value) in numbers {
            if let wanted = entry[key]?.intValue, wanted != value { return false }
        }
        return true
    }
}

extension PauseClients {
    /// The judge of a route.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when there is none; relative paths are read against `base`.
    func judge(_ route: PauseJudgeRoute, base: String) throws -> any PauseJudge {
        guard route.client == Self.scripted else {
            let client = try client(route.client, model: route.model, parameters: route.parameters)
            return PauseModelJudge(name: route.model, model: client.model, parameters: client.parameters)
        }
        guard route.model == PauseJudgeRoute.fixtureJudge, let path = route.path else { return PauseRuleJudgeScript() }
        return try PauseFixtureJudge(path: PauseFiles.absolute(path, in: base))
    }
}
