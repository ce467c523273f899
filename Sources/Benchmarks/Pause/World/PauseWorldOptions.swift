/// How a world behaves, apart from its data.
public struct PauseWorldOptions: Sendable, Hashable {
    /// The assistant's tools of a branch; nil where every tool may be called.
    ///
    /// Tools that were discovered through `get_source_features` and `get_med_features` are allowed besides.
    public var branchAllowlist: Set<String>?
    /// Whose quirks it shows.
    public var compatibility: PauseCompatibility
    /// The seed of new identifiers; nil for the one that the store was built from.
    public var seed: Int?
    /// Whether an assistant that calls `authorize_checkout` is told that only the user can, and goes on.
    public var isShopping: Bool
    /// Whether discovered tools are described as bare function objects, as Gemini takes them.
    public var describesBareFunctions: Bool

    /// Describes a world's behaviour.
    public init(
        branchAllowlist: Set<String>? = nil, compatibility: PauseCompatibility = .none, seed: Int? = nil,
        isShopping: Bool = false, describesBareFunctions: Bool = false
    ) {
        self.branchAllowlist = branchAllowlist
        self.compatibility = compatibility
        self.seed = seed
        self.isShopping = isShopping
        self.describesBareFunctions = describesBareFunctions
    }
}
