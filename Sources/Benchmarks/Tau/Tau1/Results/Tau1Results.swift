public import Evaluation
public import JSON
import Statistics

/// Results of the original τ-bench, as the official command writes them: a list of results, trial by trial.
public struct Tau1Results: Sendable, Hashable {
    /// The results in file order.
    public var results: [Tau1Result]

    /// Takes results.
    public init(_ results: [Tau1Result]) { self.results = results }

    /// Reads results in the official shape.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) otherwise.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let items = json.arrayValue else {
            throw EvaluationError(.dataMalformed, "results are a list, not \(json.typeName)", cause: .task)
        }
        results = []
        for (position, item) in items.enumerated() {
            results.append(try Tau1Result(json: item, position: position))
        }
    }

    /// Reads a result file.
    ///
    /// Throws ``EvaluationError`` that names it.
    public init(path: String) throws(EvaluationError) {
        do {
            try self.init(json: try Tau1DataDirectory.files.json(path))
        } catch {
            throw EvaluationError(
                error.code, "\(path): \(error.message)", cause: error.cause, advice: error.advice)
        }
    }

    /// The results in the official shape.
    public var json: JSONValue { .array(results.map(\.json)) }

    /// The file's text: indented by two spaces, as Python writes it.
    public var text: String {
        json.text(JSONStyle(keySeparator: ": ", asciiOnly: true, indent: 2, numbers: .python))
    }

    /// Writes a result file, whole or not at all.
    ///
    /// Throws ``EvaluationError`` (`gage.storage`).
    public func write(to path: String) throws(EvaluationError) {
        try TauFiles.write(text.utf8, to: path)
    }

    /// The mean reward, errors counted as failures; nil without results.
    public var averageReward: Double? { results.map(\.reward).mean }

    /// pass^k for k from 1 to the number of trials, by the official rule.
    ///
    /// That number holds for every task: an attempt that is missing counts as failed.
    public var passHat: [Double] {
        let trials = Set(results.map(\.trial)).count
        var successes: [Int: Int] = [:]
        for result in results { successes[result.taskID, default: 0] += result.isSuccess ? 1 : 0 }
        return PassEstimates(successes.values.map { TaskTrials(count: trials, successes: $0) }).passHatK
    }
}
