public import Evaluation

/// Reads a YAML file that is one block of parameters, such as the policy of a gate.
public struct ParameterFile<Block: Parameters>: Sendable {
    /// The block, with defaults in the place of what could not be read; nil when the file is no mapping at all.
    public let block: Block?
    /// The file's nodes, which know where everything was written; nil when the file could not be read.
    public let node: ConfigNode?
    /// Everything that is wrong with the file.
    public let diagnostics: Diagnostics

    /// Reads the file at a path; what is wrong with it is in ``diagnostics``.
    public init(path: String) {
        var diagnostics = Diagnostics()
        var found: (block: Block?, node: ConfigNode)?
        do {
            let text = try ConfigurationFile.read(path)
            if let node = NodeReader(file: path).read(text, into: &diagnostics) {
                found = (Block.decode(node, into: &diagnostics), node)
            }
        } catch {
            diagnostics.add(Diagnostic(.error, error.message, location: nil, path: "", advice: nil))
        }
        (block, node, self.diagnostics) = (found?.block, found?.node, diagnostics)
    }
}
