public import Evaluation
import FoundationEssentials
import JSON

/// What an input file of the MT-benchmark asks for: `{"dataset_name", "model_name", "subsets"}`.
///
/// `subsets` is one name, names separated by commas, or a list of names. `task_ids`, `trials` and `user_model` may be given
/// besides.
public struct MTBenchmarkInput: Sendable, Hashable {
    /// The model under test, by a LiteLLM-style name.
    public var model: String
    /// The environments, in the order given.
    public var subsets: [Tau1DomainName]
    /// The tasks by id; empty for all.
    public var taskIDs: [Int]
    /// Attempts at each task; nil for the configuration's own number.
    public var trials: Int?
    /// The model that plays the user; nil for the configuration's own.
    public var userModel: String?

    /// The data set's name, as input files write it and output directories begin with.
    public static let dataset = "tau_bench"

    /// Asks for all tasks of some environments.
    public init(model: String, subsets: [Tau1DomainName]) {
        self.model = model
        self.subsets = subsets
        taskIDs = []
        trials = nil
        userModel = nil
    }

    /// Reads an input file's text; `file` is its name in messages.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, that names everything that is wrong with it.
    public init(text: String, file: String) throws(EvaluationError) {
        let json: JSONValue
        do {
            json = try JSONValue.parse(text)
        } catch {
            throw EvaluationError(
                .configurationInvalid, "\(file) is not JSON: \(error)", cause: .configuration, advice: Self.advice)
        }
        guard let object = json.objectValue else {
            throw EvaluationError(
                .configurationInvalid, "\(file) must be a JSON object", cause: .configuration, advice: Self.advice)
        }
        var reading = Reading(object)
        reading.checkNames()
        reading.checkDataset()
        self.init(model: reading.model(), subsets: reading.subsets())
        taskIDs = reading.taskIDs()
        trials = reading.trials()
        userModel = reading.userModel()
        guard reading.problems.isEmpty else {
            throw EvaluationError(
                .configurationInvalid, "\(file): \(reading.problems.joined(separator: "; "))", cause: .configuration,
                advice: Self.advice)
        }
    }

    /// Reads an input file.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, that names the file and everything that is wrong with it.
    public init(path: String) throws(EvaluationError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EvaluationError(
                .configurationInvalid, "\(path) cannot be read", cause: .configuration, advice: Self.advice)
        }
        try self.init(text: String(decoding: data, as: UTF8.self), file: path)
    }

    private static let advice =
        #"write {"dataset_name": "tau_bench", "model_name": "openai/gpt-4o", "subsets": ["retail", "airline"]}"#
}

/// Reads the members one by one and keeps what is wrong with them.
private struct Reading {
    private static let names = ["dataset_name", "model_name", "subsets", "task_ids", "trials", "user_model"]

    let object: JSONObject
    private(set) var problems: [String] = []

    init(_ object: JSONObject) { self.object = object }

    mutating func checkNames() {
        for key in object.keys where !Self.names.contains(key) {
            let hint = NearMiss.advice(key, among: Self.names).map { " (\($0))" } ?? ""
            problems.append("there is no key '\(key)'\(hint)")
        }
    }

    mutating func checkDataset() {
        guard let name = text("dataset_name", isRequired: true) else { return }
        guard [MTBenchmarkInput.dataset, "tau-bench"].contains(name.lowercased()) else {
            problems.append("'dataset_name' is '\(name)', and only '\(MTBenchmarkInput.dataset)' can be run here")
            return
        }
    }

    mutating func model() -> String { text("model_name", isRequired: true) ?? "" }

    mutating func userModel() -> String? { text("user_model", isRequired: false) }

    mutating func subsets() -> [Tau1DomainName] {
        let known = Tau1DomainName.allCases.map(\.rawValue)
        guard let value = object["subsets"], !value.isNull else {
            problems.append("'subsets' is missing; its names are \(known.joined(separator: ", "))")
            return []
        }
        let items = value.arrayValue?.map(\.stringValue) ?? value.stringValue.map(Self.parts) ?? [nil]
        var found: [Tau1DomainName] = []
        for item in items {
            guard let item else {
                problems.append("'subsets' must be a name or a list of names")
                return []
            }
            guard let subset = Tau1DomainName(rawValue: item) else {
                problems.append("there is no subset '\(item)'; there are \(known.joined(separator: ", "))")
                continue
            }
            if !found.contains(subset) { found.append(subset) }
        }
        if found.isEmpty, problems.isEmpty { problems.append("'subsets' names nothing") }
        return found
    }

    mutating func taskIDs() -> [Int] {
        guard let value = object["task_ids"], !value.isNull else { return [] }
        if value.arrayValue?.isEmpty == true { problems.append("'task_ids' names nothing; leave it out for all tasks") }
        var found: [Int] = []
        for item in value.arrayValue ?? [value] {
            guard let id = item.intValue ?? item.stringValue.flatMap({ Int($0) }), id >= 0 else {
                problems.append("'task_ids' must be whole numbers from 0 on, not \(item.text())")
                continue
            }
            if !found.contains(id) { found.append(id) }
        }
        return found
    }

    mutating func trials() -> Int? {
        guard let value = object["trials"], !value.isNull else { return nil }
        guard let number = value.intValue, number >= 1 else {
            problems.append("'trials' must be a whole number from 1 on, not \(value.text())")
            return nil
        }
        return number
    }

    private mutating func text(_ key: String, isRequired: Bool) -> String? {
        guard let value = object[key], !value.isNull else {
            if isRequired { problems.append("'\(key)' is missing") }
            return nil
        }
        guard let text = value.stringValue, !text.isEmpty else {
            problems.append("'\(key)' must be a text, not \(value.text())")
            return nil
        }
        return text
    }

    private static func parts(of text: String) -> [String?] {
        text.split(separator: ",").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
