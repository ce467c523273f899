/// A component under its key, with everything that can be said about it before it is made.
public struct Registration<Product: Sendable>: Sendable {
    /// The key that configurations write.
    public let key: String
    /// Other keys that are accepted.
    public let aliases: [String]
    /// What it is, in one sentence.
    public let summary: String
    /// The roles that a role implementation can play; empty for other components.
    public let roles: [RoleType]
    /// Its parameters.
    public let fields: [FieldDescription]
    /// Whether it takes keys beyond its parameters.
    public let allowsUnknownKeys: Bool
    private let bind: @Sendable (ConfigNode, inout Diagnostics) -> Product?

    /// Registers a component that is made from a parameter block.
    ///
    /// `make` may check what the fields cannot say; what it throws is reported at the block's place.
    public init<Block: Parameters>(
        _ key: String, aliases: [String] = [], roles: [RoleType] = [], summary: String, parameters: Block.Type,
        make: @escaping @Sendable (Block) throws -> Product
    ) {
        self.key = key
        self.aliases = aliases
        self.roles = roles
        self.summary = summary
        fields = Block.fieldDescriptions
        allowsUnknownKeys = Block.allowsUnknownKeys
        bind = { node, diagnostics in
            // Apart, because a report that `diagnostics` already has would not show there as a new error.
            var found = Diagnostics()
            let block = Block.decode(node, into: &found)
            for diagnostic in found.all { diagnostics.add(diagnostic) }
            guard let block, !found.hasErrors else { return nil }
            do {
                return try make(block)
            } catch let error as EvaluationError {
                diagnostics.error(error.message, at: node, advice: error.advice)
            } catch {
                diagnostics.error(String(describing: error), at: node)
            }
            return nil
        }
    }

    /// Registers a component without parameters.
    public init(
        _ key: String, aliases: [String] = [], roles: [RoleType] = [], summary: String,
        make: @escaping @Sendable () -> Product
    ) {
        self.init(key, aliases: aliases, roles: roles, summary: summary, parameters: NoParameters.self) { _ in make() }
    }

    /// Makes the component from what the configuration says; reports what is wrong and returns nil otherwise.
    public func make(from node: ConfigNode, into diagnostics: inout Diagnostics) -> Product? {
        bind(node, &diagnostics)
    }
}

/// The components of one kind by key.
public struct RegistryTable<Product: Sendable>: Sendable {
    /// What a component of this table is called: `dataset loader`, `metric` and so on.
    public let kind: String
    private var byKey: [String: Registration<Product>] = [:]
    private var aliases: [String: String] = [:]

    init(kind: String) { self.kind = kind }

    /// Adds a component.
    ///
    /// A key that is taken is a programming error and stops the program at its start.
    public mutating func register(_ registration: Registration<Product>) {
        precondition(
            byKey[registration.key] == nil && aliases[registration.key] == nil,
            "two \(kind)s are registered as '\(registration.key)'")
        byKey[registration.key] = registration
        for alias in registration.aliases {
            precondition(
                byKey[alias] == nil && aliases[alias] == nil, "two \(kind)s are registered as '\(alias)'")
            aliases[alias] = registration.key
        }
    }

    /// The component under a key or alias.
    public subscript(key: String) -> Registration<Product>? {
        byKey[key] ?? aliases[key].flatMap { byKey[$0] }
    }

    /// The keys, sorted, without aliases.
    public var keys: [String] { byKey.keys.sorted() }

    /// Keys and aliases: everything that a configuration may write.
    public var names: [String] { keys + aliases.keys.sorted() }

    /// What to propose for a name that is none of them: keys, and the aliases that are other words, not other spellings.
    public var suggestions: [String] {
        keys + aliases.filter { Self.folded($0.key) != Self.folded($0.value) }.map(\.key).sorted()
    }

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { $0 != "-" && $0 != "_" }
    }

    /// The components by key.
    public var registrations: [Registration<Product>] { keys.compactMap { byKey[$0] } }
}
