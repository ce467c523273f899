public import JSON

/// A configuration value that still knows where it was written.
public struct ConfigNode: Sendable {
    /// What the node holds.
    public indirect enum Content: Sendable {
        /// A scalar after interpolation: null, boolean, number or text.
        case scalar(JSONValue)
        /// A list.
        case sequence([ConfigNode])
        /// Keys and values in file order.
        case mapping([ConfigEntry])
    }

    /// What the node holds.
    public var content: Content
    /// Where it was written.
    public var location: SourceLocation
    /// Its place in the document, as `tasks[0].steps[1].adapter_id`.
    public var path: String
    /// The scalar's text as written or interpolated, so that `id: 0017` can still be read as text.
    public var text: String?
    /// Where the value came from when not from the file: `environment TAU2_SEED`, `--set`, `default`.
    public var origin: String?
    /// The scalar's text before `${…}` was replaced in it; nil where nothing was replaced.
    ///
    /// What is shown instead of the value when the value is a secret.
    public var written: String?

    /// Places a value.
    public init(
        _ content: Content, location: SourceLocation, path: String, text: String? = nil, origin: String? = nil
    ) {
        self.content = content
        self.location = location
        self.path = path
        self.text = text
        self.origin = origin
        written = nil
    }

    /// The path of an entry below a path: `a.b`, or `a["b.c"]` where the key has dots, brackets or quotes.
    public static func path(_ path: String, key: String) -> String {
        let isPlain = !key.isEmpty && !key.unicodeScalars.contains { ".[]\"\\".unicodeScalars.contains($0) }
        if isPlain { return path.isEmpty ? key : "\(path).\(key)" }
        var quoted = ""
        for scalar in key.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return "\(path)[\"\(quoted)\"]"
    }

    /// The value without its places.
    public var json: JSONValue {
        switch content {
        case .scalar(let value): return value
        case .sequence(let items): return .array(items.map(\.json))
        case .mapping(let entries):
            var object: JSONObject = [:]
            for entry in entries { object[entry.key] = entry.value.json }
            return .object(object)
        }
    }

    /// The value of a key, where this is a mapping that has it.
    public subscript(key: String) -> ConfigNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// Whether this is the scalar null.
    public var isNull: Bool {
        if case .scalar(.null) = content { true } else { false }
    }

    /// What the node is, in a word for messages: `a list`, `a mapping`, `text`, `a number` and so on.
    public var kindName: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(.null): "null"
        case .scalar(.bool): "true/false"
        case .scalar(.string): "text"
        case .scalar: "a number"
        }
    }

    /// A mapping without entries at this place, for decoding defaults.
    public static func empty(at location: SourceLocation, path: String) -> Self {
        Self(.mapping([]), location: location, path: path)
    }

    /// A node made from a value that no file holds; all places are `location`.
    public init(json: JSONValue, location: SourceLocation, path: String, origin: String? = nil) {
        switch json {
        case .array(let items):
            let nodes = items.enumerated().map { index, item in
                ConfigNode(json: item, location: location, path: "\(path)[\(index)]", origin: origin)
            }
            self.init(.sequence(nodes), location: location, path: path, origin: origin)
        case .object(let object):
            let entries = object.map { key, value in
                ConfigEntry(
                    key: key, keyLocation: location,
                    value: ConfigNode(
                        json: value, location: location, path: ConfigNode.path(path, key: key), origin: origin))
            }
            self.init(.mapping(entries), location: location, path: path, origin: origin)
        default:
            let text = json.stringValue ?? json.text()
            self.init(.scalar(json), location: location, path: path, text: text, origin: origin)
        }
    }
}

extension ConfigNode {
    /// The items of a list; nil for anything else.
    public var items: [ConfigNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The entries of a mapping; nil for anything else.
    public var entries: [ConfigEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The text of a scalar that is text; nil for numbers and anything else.
    public var string: String? {
        if case .scalar(.string(let text)) = content { text } else { nil }
    }
}

/// A key of a mapping with its value.
public struct ConfigEntry: Sendable {
    /// The key.
    public var key: String
    /// Where the key was written.
    public var keyLocation: SourceLocation
    /// Its value.
    public var value: ConfigNode

    /// Places a key.
    public init(key: String, keyLocation: SourceLocation, value: ConfigNode) {
        self.key = key
        self.keyLocation = keyLocation
        self.value = value
    }
}
