public import JSON

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

extension PauseStore {
    /// Makes a store from one integer.
    ///
    /// The same settings give the same bytes. Throws ``EvaluationError`` when the store does not fit into the years.
    public static func build(_ settings: StoreSettings) throws -> PauseStore {
        let first = CalendarDay(number: 20_000)
        let range = first...first.advanced(by: settings.days - 1)
        let now = DayTime(range.upperBound, minute: 20 * 60)
        let meta = StoreMeta(
            userID: settings.userID, originalDateRange: range, dateRange: range, dataFormat: .synthetic,
            seed: settings.seed, shiftDays: 0, now: now, targetYears: settings.targetYears, injectedContext: [:],
            generator: StoreMeta.currentGenerator)
        return PauseStore(
            meta: meta, profile: PauseProfile(now: now),
            tables: WearableTables(firstDay: first, dayCount: settings.days))
    }

    /// Makes a store again from what was saved of it: the tables from `meta`, byte for byte, the user from `profile`.
    ///
    /// Throws ``EvaluationError``, cause `task`, when either object is not of the documented shape.
    public static func load(
        meta: JSONObject, profile: JSONObject, imported: ImportedTables? = nil
    ) throws -> PauseStore {
        let meta = try StoreMeta(json: meta)
        return PauseStore(
            meta: meta, profile: try PauseProfile(json: profile),
            tables: WearableTables(firstDay: meta.dateRange.lowerBound, dayCount: meta.days.count))
    }
}
