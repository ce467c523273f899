import Evaluation
import JSON

/// Turns the problems of MBPP into states.
public struct MBPPConversion: Sendable {
    /// A part of MBPP, by the official numbers of its problems.
    public enum Split: String, Sendable, Hashable, CaseIterable {
        /// 1 to 10.
        case prompt
        /// 11 to 510.
        case test
        /// 511 to 600.
        case validation
        /// 601 to 974.
        case train

        /// The part that a problem belongs to; nil for a number that MBPP does not have.
        public init?(task: Int) {
            switch task {
            case 1...10: self = .prompt
            case 11...510: self = .test
            case 511...600: self = .validation
            case 601...974: self = .train
            default: return nil
            }
        }
    }

    /// Which part; nil for all.
    public var split: Split? = .test
    /// How many states at most; nil for all.
    public var limit: Int?
    /// Whether the request names the function; without, the name is what asking reveals.
    public var namesFunction = true
    /// Whether the reference solution goes along, hidden from assistants; `dummy: oracle` gives it.
    public var includesSolution = false

    /// The test split with names.
    public init() {}

    /// The states of a file of MBPP, in its order.
    ///
    /// Throws ``EvaluationError``, cause `configuration` where there is no file, `task` where it is not MBPP's.
    public func states(path: String, named name: String) async throws -> [ProactiveState] {
        var found: [ProactiveState] = []
        for try await record in try await JSONLinesFile.records(path, named: name) {
            if let limit, found.count >= limit { break }
            if let state = try state(record) { found.append(state) }
        }
        return found
    }

    /// The state of a row; nil for one of another part.
    func state(_ record: DatasetRecord) throws(EvaluationError) -> ProactiveState? {
        let row = record.fields
        guard let number = row["task_id"]?.intValue, let text = row["text"]?.stringValue,
            let asserts = row["test_list"]?.arrayValue?.compactMap(\.stringValue), !asserts.isEmpty
        else {
            throw EvaluationError(
                .dataMalformed, "\(record.origin): a problem of MBPP has text, task_id and test_list", cause: .task,
                advice: "give --in the file mbpp.jsonl, not the sanitized one")
        }
        let own = Split(task: number)
        guard split == nil || own == split else { return nil }
        let entry = Self.entryPoint(asserts)
        var query = "Write a Python function: \(text.trimmed)"
        if namesFunction, let entry { query += " Name it `\(entry)`." }
        let setup = row["test_setup_code"]?.stringValue?.trimmed ?? ""
        var state = ProactiveState(
            id: "mbpp-\(number)", domain: .coding, query: query, taskUncertainty: TaskUncertainty.estimate(query),
            mbppTests: ((setup.isEmpty ? [] : [setup]) + asserts).joined(separator: "\n"))
        state.extras["entry_point"] = entry.map { .string($0) } ?? .null
        state.extras["meta"] = [
            "task_id": JSONValue(number), "split": own.map { .string($0.rawValue) } ?? .null,
        ]
        if includesSolution, let code = row["code"]?.stringValue {
            state.extras["solution"] = .string(code.replacing("\r\n", with: "\n"))
        }
        return state
    }

    /// The function that the first assertion calls.
    ///
    /// Calls around it such as `set(…)` and `math.isclose(…)` are looked through,
    /// unless there is nothing else.
    static func entryPoint(_ asserts: [String]) -> String? {
        let wrappers: Set<String> = [
            "set", "sorted", "list", "tuple", "str", "int", "float", "bool", "dict", "len", "abs", "round", "sum",
            "not",
            "isclose", "isinstance", "all", "any", "type", "max", "min", "repr",
        ]
        var fallback: String?
        for text in asserts {
            guard let start = text.range(of: "assert") else { continue }
            var name = ""
            for character in text[start.upperBound...] {
                if character.isLetter || character == "_" || (character.isNumber && !name.isEmpty) {
                    name.append(character)
                    continue
                }
                if character == "(", !name.isEmpty {
                    guard wrappers.contains(name) else { return name }
                    fallback = fallback ?? name
                }
                name = ""
            }
        }
        return fallback
    }
}

extension StringProtocol {
    /// Where a text first stands in this one.
    fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
}

extension MBPPConversion {
    /// Writes the states of a file of MBPP as JSON lines, and says how many there are.
    ///
    /// Throws as ``states(path:named:)``, and where the file cannot be written.
    public func write(path: String, named name: String, to target: String) async throws -> Int {
        let states = try await states(path: path, named: name)
        if !states.isEmpty { try LineOutput(target).write(states.map(\.json)) }
        return states.count
    }
}
