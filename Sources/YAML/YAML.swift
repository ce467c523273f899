/// Limits for reading YAML that somebody else may have written.
public struct YAMLOptions: Sendable, Hashable {
    /// How deep collections may nest.
    ///
    /// Reading recurses once a level, so keep it in the hundreds.
    public var maximumDepth: Int

    /// How many nodes aliases and merges may bring in together, each counted with all that is below it.
    ///
    /// Long text counts as one node more for every 64 bytes.
    /// What aliases name is shared, not copied, but whoever walks the tree pays for every use: this bounds the walk.
    public var maximumAliasedNodes: Int

    /// Makes limits; the defaults are far above any configuration and far below what hurts.
    public init(maximumDepth: Int = 200, maximumAliasedNodes: Int = 1_000_000) {
        self.maximumDepth = maximumDepth
        self.maximumAliasedNodes = maximumAliasedNodes
    }
}

/// Reads YAML text into trees of ``YAMLNode``.
///
/// Scalars follow the core schema of YAML 1.2: `yes`, `off` and `12:30:45` are strings, `017` is seventeen. Equal keys
/// in one mapping, keys that are not scalars and tags outside the core schema are errors with their position.
public enum YAML {
    /// Reads a text that holds one document; an empty text, or one of comments only, is a null node.
    ///
    /// Throws a ``YAMLError`` that locates the first fault, a second document included.
    public static func parse(_ text: String, options: YAMLOptions = .init()) throws(YAMLError) -> YAMLNode {
        var builder = TreeBuilder(source: try EventSource(text), options: options)
        let first = try builder.nextDocument()
        guard let first else { return YAMLNode(.null) }
        if let second = try builder.startOfNextDocument() {
            throw YAMLError("a second document begins here, but one was expected", at: second)
                .hinting("remove the '---' or put the document into a file of its own")
        }
        return first
    }

    /// Reads every document of a text; an empty text has none.
    ///
    /// Throws a ``YAMLError`` that locates the first fault. The limits hold for each document.
    public static func parseAll(_ text: String, options: YAMLOptions = .init()) throws(YAMLError) -> [YAMLNode] {
        var builder = TreeBuilder(source: try EventSource(text), options: options)
        var documents: [YAMLNode] = []
        while let document = try builder.nextDocument() { documents.append(document) }
        return documents
    }
}
