public import Evaluation
public import JSON

/// The configuration that holds: templates, overrides and variables put in, keys by their own names, defaults filled
/// in, secrets hidden.
public struct EffectiveDocument: Sendable {
    /// The document.
    ///
    /// Every node knows where it was written, or what it came from.
    public let root: ConfigNode
    /// The document with its secrets and without defaults.
    let written: ConfigNode
    /// What is declared about its open mappings.
    let blocks: BlockSchemas

    /// The document as JSON.
    public var json: JSONValue { root.json }
}
