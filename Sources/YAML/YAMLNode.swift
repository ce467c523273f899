/// One node of a YAML document: what it says, and where the text says it.
///
/// Aliases and merge keys are already expanded: a consumer sees plain trees. A node that came through an alias keeps
/// the marks of its definition, so an error inside it points at the text to correct, and tells in ``aliasMark`` where
/// it was used.
public struct YAMLNode: Sendable {
    /// What a node holds, resolved with the core schema of YAML 1.2.
    public enum Content: Sendable {
        /// `null`, `~` or nothing at all.
        case null
        /// `true` or `false`.
        case bool(Bool)
        /// An integer in decimal, octal (`0o17`) or hexadecimal (`0x1F`).
        case int(Int64)
        /// A number that is not an `Int64`: its exact text, integers too large for 64 bits included.
        case float(String)
        /// Text: a quoted or block scalar, or a plain one that is nothing else.
        case string(String)
        /// A list.
        case sequence([YAMLNode])
        /// A mapping in the order of the text; key names are unique.
        case mapping([YAMLPair])
    }

    /// How the text writes a node.
    public enum Style: Sendable, Hashable {
        /// A scalar without quotes.
        case plain
        /// A scalar in `'…'`.
        case singleQuoted
        /// A scalar in `"…"`.
        case doubleQuoted
        /// A `|` block scalar.
        case literal
        /// A `>` block scalar.
        case folded
        /// A collection written by indentation.
        case block
        /// A collection in `[…]` or `{…}`.
        case flow
    }

    /// What the node holds.
    public var content: Content

    /// Where the node begins, its anchor and tag included.
    public var start: YAMLMark

    /// Where the node ends: the position after its last character.
    public var end: YAMLMark

    /// How the text writes the node.
    public var style: Style

    /// The explicit tag in its long form (`tag:yaml.org,2002:str`), if the text has one.
    public var tag: String?

    /// The name of the anchor that defines this node, without the `&`.
    public var anchor: String?

    /// Where an alias (`*name`) or merge brought this node in; `nil` when the node stands where it was written.
    public var aliasMark: YAMLMark?

    /// The characters of a scalar that resolved to something other than a string.
    var unresolvedText: String?

    /// Makes a node that no text has written, for building trees to emit.
    public init(_ content: Content) {
        self.init(content, start: .start, end: .start, style: content.isCollection ? .block : .plain)
    }

    /// Makes a node that stands somewhere in a text.
    public init(_ content: Content, start: YAMLMark, end: YAMLMark, style: Style) {
        self.content = content
        self.start = start
        self.end = end
        self.style = style
    }
}

/// One entry of a mapping.
public struct YAMLPair: Sendable {
    /// The key: always a scalar.
    public var key: YAMLNode

    /// The value.
    public var value: YAMLNode

    /// Makes an entry.
    public init(key: YAMLNode, value: YAMLNode) {
        self.key = key
        self.value = value
    }

    /// Makes an entry under a text key.
    public init(_ name: String, _ value: YAMLNode) {
        self.init(key: YAMLNode(.string(name)), value: value)
    }

    /// The key's characters: `12` and `"12"` are both `12`, `null` is `null`.
    ///
    /// Two entries of one mapping never have the same name.
    public var name: String { key.rawScalar ?? "" }
}

extension YAMLNode.Content {
    var isCollection: Bool {
        switch self {
        case .sequence, .mapping: true
        case .null, .bool, .int, .float, .string: false
        }
    }
}
