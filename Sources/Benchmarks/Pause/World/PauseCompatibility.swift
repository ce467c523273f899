/// Whose behaviour a world shows where the original has quirks that a number could depend on.
public enum PauseCompatibility: String, Sendable, Hashable, CaseIterable {
    /// The documented behaviour, extensions included.
    case none
    /// The original's, quirks included, without the extensions.
    case source
}
