/// Everything that a world starts from: what it was made of, the user's record, and the wearables' tables.
///
/// A value: copies share what they do not change, so that a fresh store for every trajectory costs next to nothing.
public struct PauseStore: Sendable, Hashable {
    /// What it was made from.
    public var meta: StoreMeta
    /// The user's record.
    public var profile: PauseProfile
    /// What the wearables measured; never serialized, because `meta` makes them again.
    public let tables: WearableTables

    init(meta: StoreMeta, profile: PauseProfile, tables: WearableTables) {
        self.meta = meta
        self.profile = profile
        self.tables = tables
    }
}
