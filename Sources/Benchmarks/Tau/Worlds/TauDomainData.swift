/// The loaded data of a domain, from which fresh worlds are made.
///
/// Load once, share freely, and make one world per episode: that costs microseconds.
public protocol TauDomainData: Sendable {
    /// A fresh world.
    ///
    /// Throws where the domain does not support solo mode, with the official text.
    func makeWorld(isSolo: Bool) throws(PythonException) -> any TauWorld
}
