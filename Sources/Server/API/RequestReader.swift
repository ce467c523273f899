import Evaluation
import Hummingbird
import JSON

/// Reads what clients send, and says what is wrong with it.
struct RequestReader {
    /// The parameters of a query, by their own names; each may have other spellings.
    private static let spellings: [String: String] = [
        "taskid": "taskID", "task_id": "taskID", "task_ids": "taskID", "taskids": "taskID", "usermodel": "user_model",
    ]

    private let known: [String]
    private var values: [String: [String]] = [:]

    /// Reads a query whose parameters are these.
    ///
    /// Throws ``APIProblem`` for a parameter that is not known: a mistyped one would ask for something else.
    init(_ request: Request, known: [String]) throws(APIProblem) {
        self.known = known
        var strangers: [APIProblem.Field] = []
        for (key, value) in request.uri.queryParameters {
            let name = Self.spellings[key.lowercased()] ?? String(key)
            guard known.contains(name) else {
                let hint = NearMiss.advice(String(key), among: known).map { "; \($0)" } ?? ""
                strangers.append(.init(String(key), "there is no such parameter\(hint)"))
                continue
            }
            values[name, default: []].append(String(value))
        }
        guard strangers.isEmpty else { throw .invalid(strangers) }
    }

    /// The one value of a parameter; nil when it is not there or empty.
    func text(_ name: String) throws(APIProblem) -> String? {
        let given = (values[name] ?? []).filter { !$0.isEmpty }
        guard given.count <= 1 else { throw .field(name, "it is given \(given.count) times") }
        return try given.first.map { value throws(APIProblem) in try Self.checked(value, name) }
    }

    /// The values of a parameter, which may be repeated or separated by commas; none only where it is not given.
    func list(_ name: String) throws(APIProblem) -> [String] {
        guard let given = values[name] else { return [] }
        let parts = given.flatMap { $0.split(separator: ",") }.map(String.init)
        // A list that came out empty, of a variable that is not set, does not mean everything.
        guard !parts.isEmpty else { throw .field(name, "it is given, and names nothing") }
        return try Self.checked(parts, name)
    }

    /// A whole number within bounds.
    func number(_ name: String, in range: ClosedRange<Int>) throws(APIProblem) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .field(name, "it must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Yes or no.
    func flag(_ name: String) throws(APIProblem) -> Bool? {
        switch try text(name)?.lowercased() {
        case nil: return nil
        case "true", "1", "yes": return true
        case "false", "0", "no": return false
        default: throw .field(name, "it must be true or false")
        }
    }

    /// Refuses everything that has no place in a name: only `A-Z a-z 0-9 . _ / : -` are let through.
    static func checked(_ text: String, _ name: String) throws(APIProblem) -> String {
        guard text.utf8.count <= 200 else { throw .field(name, "it is longer than 200 characters") }
        guard !text.isEmpty, text.utf8.allSatisfy(isAllowed) else {
            throw .field(name, "only letters, digits and . _ / : - may stand here")
        }
        guard !text.split(separator: "/", omittingEmptySubsequences: false).contains(where: { $0 == ".." }) else {
            throw .field(name, "'..' may not stand here")
        }
        return text
    }

    /// Checks the entries of a list.
    static func checked(_ texts: [String], _ name: String) throws(APIProblem) -> [String] {
        guard texts.count <= 10_000 else { throw .field(name, "it has more than 10000 entries") }
        var found: [String] = []
        for text in texts {
            let text = try checked(text, name)
            if !found.contains(text) { found.append(text) }
        }
        return found
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/"),
            UInt8(ascii: ":"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension RunRequest {
    /// Reads the query of `/scores`.
    init(query: RequestReader, service: any BenchmarkService) throws(APIProblem) {
        var missing: [APIProblem.Field] = []
        let (model, subset) = (try query.text("model"), try query.text("subset"))
        if model == nil { missing.append(.init("model", "it is missing")) }
        if subset == nil {
            missing.append(.init("subset", "it is missing; one of \(service.subsets.joined(separator: ", "))"))
        }
        guard let model, let subset else { throw .invalid(missing) }
        self.init(model: model, subset: subset, tasks: try query.list("taskID"))
        trials = try query.number("trials", in: 1...1000)
        userModel = try query.text("user_model")
    }

    /// Reads the body of `POST /runs`.
    ///
    /// The names of the documented input file (`model_name`, `subsets`) are understood besides our own.
    init(body: JSONValue, service: any BenchmarkService) throws(APIProblem) {
        guard let object = body.objectValue else {
            throw APIProblem(400, "invalid_body", "the body must be a JSON object")
        }
        let reader = try BodyReader(object)
        let runID = try reader.text("run_id")
        let model = try reader.text("model")
        let subsets = try reader.list("subset")
        if subsets.count > 1 { throw .field("subsets", "a run has one subset; ask for one run each") }
        if runID == nil {
            var missing: [APIProblem.Field] = []
            if model == nil { missing.append(.init("model", "it is missing")) }
            if subsets.isEmpty {
                missing.append(.init("subset", "it is missing; one of \(service.subsets.joined(separator: ", "))"))
            }
            guard missing.isEmpty else { throw .invalid(missing) }
        }
        self.init(model: model ?? "", subset: subsets.first ?? "", tasks: try reader.list("task_ids"))
        self.runID = runID
        trials = try reader.number("trials", in: 1...1000)
        userModel = try reader.text("user_model")
    }
}

/// Reads the members of a body, under their own names or those of the documented input file.
private struct BodyReader {
    private static let names = ["run_id", "model", "subset", "task_ids", "trials", "user_model", "dataset_name"]
    private static let spellings = [
        "model_name": "model", "subsets": "subset", "taskID": "task_ids", "task_id": "task_ids",
    ]

    private var members: JSONObject = [:]

    init(_ object: JSONObject) throws(APIProblem) {
        for (key, value) in object {
            let name = Self.spellings[key] ?? key
            guard Self.names.contains(name) else {
                let hint = NearMiss.advice(key, among: Self.names).map { "; \($0)" } ?? ""
                throw .field(key, "there is no such member\(hint)")
            }
            guard members[name] == nil else { throw .field(key, "it is given twice") }
            if !value.isNull { members[name] = value }
        }
    }

    func text(_ name: String) throws(APIProblem) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.stringValue else { throw .field(name, "it must be a text") }
        return try RequestReader.checked(text, name)
    }

    /// Texts or whole numbers; one alone stands for a list of one.
    func list(_ name: String) throws(APIProblem) -> [String] {
        guard let value = members[name] else { return [] }
        var texts: [String] = []
        for item in value.arrayValue ?? [value] {
            guard let text = item.stringValue ?? item.intValue.map(String.init) else {
                throw .field(name, "its entries must be texts or whole numbers")
            }
            texts.append(text)
        }
        guard !texts.isEmpty else { throw .field(name, "it is given, and names nothing") }
        return try RequestReader.checked(texts, name)
    }

    func number(_ name: String, in range: ClosedRange<Int>) throws(APIProblem) -> Int? {
        guard let value = members[name] else { return nil }
        guard let number = value.intValue, range.contains(number) else {
            throw .field(name, "it must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
