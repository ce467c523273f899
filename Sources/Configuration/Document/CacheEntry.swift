import Evaluation
import JSON

/// The `cache` of a document: `true`, `false`, or a mapping.
struct CacheEntry: ParameterValue {
    /// What was written; nil for `false`.
    var block: CacheBlock?

    static var schema: ParameterSchema { .either([.boolean, CacheBlock.schema]) }

    static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        if case .mapping = node.content { return CacheBlock.decode(node, into: &diagnostics).map { Self(block: $0) } }
        if case .scalar(let value) = node.content, let isOn = value.boolValue {
            return Self(block: isOn ? CacheBlock() : nil)
        }
        return mismatch(node, into: &diagnostics, advice: "write true, false, or a mapping with 'path' and 'mode'")
    }

    var json: JSONValue { block?.json ?? false }
}

/// The `cache` block.
struct CacheBlock: Parameters {
    var path: String?
    var mode = CacheMode.readWrite
    var maxAge: TimeSpan?

    static var fields: [ParameterField<Self>] {
        [
            .init("path", \.path, "The cache's file; gage/responses.sqlite in the user's cache directory by default."),
            .init("mode", \.mode, "What a run takes from the cache and leaves in it."),
            .init("max_age", \.maxAge, "How old a reply may be: seconds, or a number with a unit as in 30d."),
        ]
    }
}
