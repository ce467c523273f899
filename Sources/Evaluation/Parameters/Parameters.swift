public import JSON

/// A typed block of the configuration: declared once, decoded, validated, described and put into the JSON Schema.
///
/// ```swift
/// struct PassHatParameters: Parameters {
///     var taskField = "task_id"
///     var maxK: Int?
///
///     static var fields: [ParameterField<Self>] {
///         [
///             .init("task_field", \.taskField, "The metadata key that names the task."),
///             .init("max_k", \.maxK, "The largest k.") { $0.minimum = 1 },
///         ]
///     }
/// }
/// ```
public protocol Parameters: ParameterValue {
    /// The block with every default.
    init()

    /// Its keys.
    static var fields: [ParameterField<Self>] { get }

    /// Whether keys that are not declared are accepted and left to ``readUnknownKeys(_:)``. False by default.
    static var allowsUnknownKeys: Bool { get }

    /// Takes the keys that are not declared, where they are allowed.
    mutating func readUnknownKeys(_ entries: [ConfigEntry])

    /// Reports what is wrong between several keys. Called after all keys have been read.
    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics)
}

extension Parameters {
    /// Undeclared keys are errors.
    public static var allowsUnknownKeys: Bool { false }

    /// Nothing is kept of undeclared keys.
    public mutating func readUnknownKeys(_ entries: [ConfigEntry]) {}

    /// Nothing to check.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {}

    /// The block's keys as documentation sees them.
    public static var fieldDescriptions: [FieldDescription] { fields.map(\.description) }

    /// A mapping with the block's keys.
    public static var schema: ParameterSchema {
        .object(fieldDescriptions, allowsUnknownKeys: allowsUnknownKeys)
    }

    /// Reads the block from a node; null counts as an empty block.
    ///
    /// Problems go to `diagnostics`.
    ///
    /// Returns nil when the node is no mapping. A block with bad keys is still returned, with defaults in their
    /// place, so that reading can go on and find the next problem.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        let entries: [ConfigEntry]
        switch node.content {
        case .mapping(let found): entries = found
        case .scalar(.null): entries = []
        default:
            diagnostics.error("expected a mapping, found \(node.kindName)", at: node)
            return nil
        }
        var block = Self()
        let fields = Self.fields
        var unknown: [ConfigEntry] = []
        var seen: [String: String] = [:]
        for entry in entries {
            guard let field = fields.first(where: { $0.answers(to: entry.key) }) else {
                unknown.append(entry)
                continue
            }
            if let earlier = seen[field.description.name] {
                diagnostics.add(
                    Diagnostic(
                        .error, "'\(entry.key)' says again what '\(earlier)' says", location: entry.keyLocation,
                        path: entry.value.path, advice: "remove one of them"))
                continue
            }
            seen[field.description.name] = entry.key
            field.read(entry.value, &block, &diagnostics)
        }
        for field in fields where field.description.isRequired && seen[field.description.name] == nil {
            diagnostics.error(
                "missing key '\(field.description.name)'", at: node,
                advice: "\(field.description.summary) (\(field.description.schema.summary))")
        }
        report(unknown: unknown, of: fields, into: &diagnostics)
        if allowsUnknownKeys { block.readUnknownKeys(unknown) }
        block.validate(at: node, into: &diagnostics)
        return block
    }

    private static func report(
        unknown: [ConfigEntry], of fields: [ParameterField<Self>], into diagnostics: inout Diagnostics
    ) {
        guard !allowsUnknownKeys else { return }
        let names = fields.flatMap { [$0.description.name] + $0.description.aliases }
        for entry in unknown {
            diagnostics.add(
                Diagnostic(
                    .error, "unknown key '\(entry.key)'", location: entry.keyLocation, path: entry.value.path,
                    advice: NearMiss.advice(entry.key, among: names)))
        }
    }

    /// The block's values by key, secrets left out, for `gage config --resolved` and `summary.json`.
    public var json: JSONValue {
        var object: JSONObject = [:]
        for field in Self.fields where !field.description.isSecret {
            object[field.description.name] = field.write(self)
        }
        return .object(object)
    }
}

/// One key of a ``Parameters`` block, bound to its property.
public struct ParameterField<Owner: Parameters>: Sendable {
    /// The key as documentation sees it.
    public let description: FieldDescription
    let read: @Sendable (ConfigNode, inout Owner, inout Diagnostics) -> Void
    let write: @Sendable (Owner) -> JSONValue

    /// What may be said about a key besides its name, property and summary.
    public struct Traits: Sendable {
        /// Other names that are accepted.
        public var aliases: [String] = []
        /// Whether it must be given.
        public var isRequired = false
        /// Whether its value must never be written to any output.
        public var isSecret = false
        /// What its value names.
        public var reference: ReferenceKind?
        /// For whole and real numbers: the smallest value.
        public var minimum: Double?
        /// For whole and real numbers: the largest value.
        public var maximum: Double?
        /// For texts (or lists of texts): the values that are allowed.
        public var allowed: [String] = []
        /// Set when the key is accepted and has no effect: why.
        public var ignoredBecause: String?

        /// Nothing special.
        public init() {}
    }

    /// Binds a key to a property.
    ///
    /// The property's initial value is the default.
    public init<Value: ParameterValue>(
        _ name: String, _ property: any WritableKeyPath<Owner, Value> & Sendable, _ summary: String,
        _ adjust: (inout Traits) -> Void = { _ in }
    ) {
        var traits = Traits()
        adjust(&traits)
        let settled = traits
        description = FieldDescription(
            name: name, aliases: traits.aliases, summary: summary,
            schema: Self.narrow(Value.schema, by: traits), isRequired: traits.isRequired,
            defaultValue: Owner()[keyPath: property].json, isSecret: traits.isSecret, reference: traits.reference,
            ignoredBecause: traits.ignoredBecause)
        read = { node, owner, diagnostics in
            let before = diagnostics.all.count
            guard let value = Value.decode(node, into: &diagnostics) else { return }
            if diagnostics.all.count == before { Self.check(value.json, at: node, by: settled, into: &diagnostics) }
            if let reason = settled.ignoredBecause, !node.isNull {
                diagnostics.note("'\(name)' has no effect: \(reason)", at: node)
            }
            owner[keyPath: property] = value
        }
        write = { $0[keyPath: property].json }
    }

    init(
        description: FieldDescription,
        read: @escaping @Sendable (ConfigNode, inout Owner, inout Diagnostics) -> Void,
        write: @escaping @Sendable (Owner) -> JSONValue
    ) {
        self.description = description
        self.read = read
        self.write = write
    }

    func answers(to key: String) -> Bool {
        description.name == key || description.aliases.contains(key)
    }

    private static func narrow(_ schema: ParameterSchema, by traits: Traits) -> ParameterSchema {
        switch schema {
        case .integer where traits.minimum != nil || traits.maximum != nil:
            .integer(minimum: traits.minimum.map { Int($0) }, maximum: traits.maximum.map { Int($0) })
        case .number where traits.minimum != nil || traits.maximum != nil:
            .number(minimum: traits.minimum, maximum: traits.maximum)
        case .string where !traits.allowed.isEmpty: .string(allowed: traits.allowed)
        case .list(let item): .list(narrow(item, by: traits))
        case .optional(let inner): .optional(narrow(inner, by: traits))
        default: schema
        }
    }

    private static func check(
        _ value: JSONValue, at node: ConfigNode, by traits: Traits, into diagnostics: inout Diagnostics
    ) {
        if case .sequence(let items) = node.content {
            for item in items { check(item.json, at: item, by: traits, into: &diagnostics) }
            return
        }
        if let number = value.doubleValue {
            if let minimum = traits.minimum, number < minimum {
                diagnostics.error(
                    "\(value.text()) is too small", at: node, advice: "the smallest value is \(BoundText.text(minimum))"
                )
            } else if let maximum = traits.maximum, number > maximum {
                diagnostics.error(
                    "\(value.text()) is too large", at: node, advice: "the largest value is \(BoundText.text(maximum))")
            }
        }
        if let text = value.stringValue, !traits.allowed.isEmpty, !traits.allowed.contains(text) {
            diagnostics.error(
                "'\(text)' is not allowed here", at: node, advice: NearMiss.advice(text, among: traits.allowed))
        }
    }
}
