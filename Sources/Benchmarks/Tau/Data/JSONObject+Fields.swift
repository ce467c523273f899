import Evaluation
import JSON

extension EvaluationError {
    /// Official data that are not of the official shape.
    static func malformedTau2(_ message: String) -> EvaluationError {
        EvaluationError(.dataMalformed, message, cause: .task)
    }
}

extension JSONObject {
    /// A text or null; anything else is an error that names the key.
    func optionalString(_ key: String, of owner: String) throws(EvaluationError) -> String? {
        switch self[key] {
        case nil, .null: return nil
        case .string(let text): return text
        case .some(let other): throw .malformedTau2("'\(key)' of \(owner) must be text, not \(other.typeName)")
        }
    }

    /// A text; anything else, absence included, is an error that names the key.
    func requiredString(_ key: String, of owner: String) throws(EvaluationError) -> String {
        guard let text = try optionalString(key, of: owner) else {
            throw .malformedTau2("\(owner) needs '\(key)'")
        }
        return text
    }

    /// An object or null.
    func optionalObject(_ key: String, of owner: String) throws(EvaluationError) -> JSONObject? {
        switch self[key] {
        case nil, .null: return nil
        case .object(let object): return object
        case .some(let other): throw .malformedTau2("'\(key)' of \(owner) must be an object, not \(other.typeName)")
        }
    }

    /// An object.
    func requiredObject(_ key: String, of owner: String) throws(EvaluationError) -> JSONObject {
        guard let object = try optionalObject(key, of: owner) else { throw .malformedTau2("\(owner) needs '\(key)'") }
        return object
    }

    /// A list or null.
    func optionalList(_ key: String, of owner: String) throws(EvaluationError) -> [JSONValue]? {
        switch self[key] {
        case nil, .null: return nil
        case .array(let items): return items
        case .some(let other): throw .malformedTau2("'\(key)' of \(owner) must be a list, not \(other.typeName)")
        }
    }

    /// A list of texts or null.
    func optionalStrings(_ key: String, of owner: String) throws(EvaluationError) -> [String]? {
        guard let items = try optionalList(key, of: owner) else { return nil }
        var texts: [String] = []
        for item in items {
            guard let text = item.stringValue else {
                throw .malformedTau2("'\(key)' of \(owner) must be a list of texts")
            }
            texts.append(text)
        }
        return texts
    }

    /// `assistant`, `user` or null.
    func requestor(_ key: String, of owner: String) throws(EvaluationError) -> Requestor? {
        guard let name = try optionalString(key, of: owner) else { return nil }
        guard let requestor = Requestor(rawValue: name) else {
            throw .malformedTau2("'\(key)' of \(owner) must be 'assistant' or 'user', not '\(name)'")
        }
        return requestor
    }
}
