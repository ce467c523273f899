/// Collects what is wrong, so that all of it can be said at once.
public struct Diagnostics: Sendable {
    /// Everything reported so far, in the order of discovery.
    public private(set) var all: [Diagnostic] = []
    /// How many of them are errors.
    public private(set) var errorCount = 0
    private var known: Set<Diagnostic> = []

    /// Starts with nothing.
    public init() {}

    /// Whether anything makes running impossible.
    public var hasErrors: Bool { errorCount > 0 }

    /// Reports an error at a node.
    public mutating func error(_ message: String, at node: ConfigNode, advice: String? = nil) {
        add(Diagnostic(.error, message, location: node.location, path: node.path, advice: advice))
    }

    /// Reports a warning at a node.
    public mutating func warning(_ message: String, at node: ConfigNode, advice: String? = nil) {
        add(Diagnostic(.warning, message, location: node.location, path: node.path, advice: advice))
    }

    /// Reports a note at a node.
    public mutating func note(_ message: String, at node: ConfigNode, advice: String? = nil) {
        add(Diagnostic(.note, message, location: node.location, path: node.path, advice: advice))
    }

    /// Reports anything.
    ///
    /// The same report at the same place is kept once.
    public mutating func add(_ diagnostic: Diagnostic) {
        guard known.insert(diagnostic).inserted else { return }
        all.append(diagnostic)
        if diagnostic.severity == .error { errorCount += 1 }
    }

    /// Puts the reports into the order of their places, file by file in the order in which the files first appear.
    ///
    /// Reports without a place come last; reports at one place keep their order.
    public mutating func sortByLocation() {
        var ranks: [String: Int] = [:]
        for file in all.compactMap(\.location?.file) where ranks[file] == nil { ranks[file] = ranks.count }
        func key(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
            guard let place = diagnostic.location else { return (.max, 0, 0) }
            return (ranks[place.file] ?? .max, place.line, place.column)
        }
        let sorted = all.enumerated().sorted { left, right in
            let (leftKey, rightKey) = (key(left.element), key(right.element))
            return leftKey == rightKey ? left.offset < right.offset : leftKey < rightKey
        }
        all = sorted.map(\.element)
    }
}
