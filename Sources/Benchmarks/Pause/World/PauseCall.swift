public import JSON

/// A call as it reaches the platform: the tool, the source that its name was prefixed with, and the arguments.
public struct PauseCall: Sendable, Hashable {
    /// The name as it was called, a dot after a source turned into a hyphen.
    public var fullName: String
    /// The tool without its source; `med-…` names stay whole.
    public var tool: String
    /// The source before the hyphen.
    public var source: String?
    /// The arguments by name.
    public var arguments: JSONObject

    /// Reads a name such as `get_cart`, `fitbit-get_intraday_steps`, `fitbit.get_intraday_steps` or
    /// `med-get_provider_list`.
    public init(name: String, arguments: JSONObject) {
        self.arguments = arguments
        let separator = name.hasPrefix("med-") ? nil : name.firstIndex(of: "-") ?? name.firstIndex(of: ".")
        guard let separator else {
            tool = name
            fullName = name.hasPrefix("med.") ? "med-" + name.dropFirst(4) : name
            return
        }
        let prefix = String(name[..<separator])
        let rest = String(name[name.index(after: separator)...])
        fullName = "\(prefix)-\(rest)"
        if prefix == "med" {
            tool = fullName
        } else {
            tool = rest
            source = prefix
        }
    }

    /// Reads a provider's call: `{function: {name, arguments}}` or `{name, arguments}`, where the arguments are a JSON
    /// text, an object, null or missing.
    ///
    /// Throws ``PauseException`` when there is no name, or the arguments are neither.
    public init(json: JSONValue) throws(PauseException) {
        let function = json["function"] ?? json
        guard let name = function["name"]?.stringValue, !name.isEmpty else {
            throw .value("Tool call without a name.")
        }
        self.init(name: name, arguments: try Self.arguments(function["arguments"] ?? .null, of: name))
    }

    private static func arguments(_ raw: JSONValue, of name: String) throws(PauseException) -> JSONObject {
        switch raw {
        case .null: return [:]
        case .object(let object): return object
        case .string(let text):
            guard let parsed = try? JSONValue.parse(text) else {
                // What exactly is wrong with a model's text helps nobody; that it is no JSON does.
                throw .value("The arguments of '\(name)' are not JSON.")
            }
            if parsed.isNull { return [:] }
            guard let object = parsed.objectValue else {
                throw .type("The arguments of '\(name)' must be an object, not \(parsed.typeName).")
            }
            return object
        default: throw .type("The arguments of '\(name)' must be an object, not \(raw.typeName).")
        }
    }
}
