public import Evaluation
public import JSON

/// `adaptive_concurrency` of a backend: whether the number of calls at a time follows what the endpoint can bear.
///
/// Written `true`, `false` or as a block of bounds. An explicit cap of the backend (`async_max_concurrency`) is the
/// upper bound either way.
public struct AdaptiveConcurrency: Sendable, Hashable {
    /// Whether the limit moves; without that only the cap holds.
    public var isOn = true
    /// Where it moves.
    public var bounds = AdaptiveBounds()

    /// On, with the usual bounds.
    public init() {}

    /// On or off, with the usual bounds.
    public init(isOn: Bool) { self.isOn = isOn }
}

extension AdaptiveConcurrency: ParameterValue {
    /// A switch, or bounds.
    public static var schema: ParameterSchema { .either([.boolean, AdaptiveBounds.schema]) }

    /// Reads a switch or bounds.
    public static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        guard case .mapping = node.content else {
            return Bool.decode(node, into: &diagnostics).map(Self.init(isOn:))
        }
        return AdaptiveBounds.decode(node, into: &diagnostics).map { bounds in
            var value = Self()
            value.bounds = bounds
            return value
        }
    }

    /// The switch where the bounds are the usual ones, else the bounds.
    public var json: JSONValue {
        isOn && bounds != AdaptiveBounds() ? bounds.json : .bool(isOn)
    }
}

/// Where an adaptive limit begins, and between which bounds it stays.
public struct AdaptiveBounds: Parameters, Hashable {
    /// Calls at a time to begin with.
    public var initial = 20
    /// The fewest calls at a time.
    public var minimum = 1
    /// The most calls at a time; nil for the backend's cap, or as many as there are.
    public var maximum: Int?

    /// The usual bounds: from 20 calls, down to 1, up to the backend's cap.
    public init() {}

    /// Sets bounds.
    public init(initial: Int, minimum: Int = 1, maximum: Int? = nil) {
        self.initial = initial
        self.minimum = minimum
        self.maximum = maximum
    }

    /// The keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init("initial", \.initial, "Calls at a time to begin with.") { $0.minimum = 1 },
            .init("min", \.minimum, "The fewest calls at a time.") { $0.minimum = 1 },
            .init("max", \.maximum, "The most calls at a time; else the backend's cap.") { $0.minimum = 1 },
        ]
    }

    /// Refuses bounds that exclude each other.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if let maximum, minimum > maximum, let entry = node["min"] ?? node["max"] {
            diagnostics.error("'min' is \(minimum) and 'max' is \(maximum)", at: entry)
        }
    }
}
