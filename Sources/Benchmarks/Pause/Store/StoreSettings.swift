/// What to build a store from.
public struct StoreSettings: Sendable, Hashable {
    /// The one integer that everything is drawn from.
    public var seed: Int
    /// The name of the user in `meta.json`.
    public var userID: String
    /// How many days the store covers.
    public var days: Int
    /// The years within which the store has to lie.
    public var targetYears: ClosedRange<Int>
    /// Whether at least one source of the user is connected, as the casual branches need it.
    public var connectsOneSource: Bool
    /// Who the user is, in words that somebody else wrote; nil for the template writer's.
    public var persona: PausePersona?
    /// Imported minute tables instead of generated ones.
    public var imported: ImportedTables?
    /// What the user's record holds before anything is generated.
    public var starter: StarterProfile

    /// Describes a store.
    public init(
        seed: Int, userID: String = "synthetic", days: Int = 30, targetYears: ClosedRange<Int> = 2024...2026,
        connectsOneSource: Bool = false, persona: PausePersona? = nil, imported: ImportedTables? = nil,
        starter: StarterProfile = .minimal
    ) {
        self.seed = seed
        self.userID = userID
        self.days = days
        self.targetYears = targetYears
        self.connectsOneSource = connectsOneSource
        self.persona = persona
        self.imported = imported
        self.starter = starter
    }
}
