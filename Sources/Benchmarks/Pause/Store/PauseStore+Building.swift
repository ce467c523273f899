import Evaluation
public import JSON

extension PauseStore {
    /// Makes a store from one integer.
    ///
    /// The same settings give the same bytes, on every machine. Throws ``EvaluationError``, cause `configuration`, when
    /// the days do not fit into the years.
    public static func build(_ settings: StoreSettings) throws -> PauseStore {
        var settings = settings
        if let imported = settings.imported { settings.days = imported.tables.dayCount }
        let window = try StoreWindow(settings)
        let original = settings.imported.map { imported in
            imported.tables.firstDay...imported.tables.firstDay.advanced(by: imported.tables.dayCount - 1)
        }
        let meta = StoreMeta(
            userID: settings.imported?.userID ?? settings.userID, originalDateRange: original ?? window.days,
            dateRange: window.days, dataFormat: original == nil ? .synthetic : .csv, seed: settings.seed,
            shiftDays: original?.lowerBound.distance(to: window.days.lowerBound) ?? 0, now: window.now,
            targetYears: settings.targetYears, injectedContext: [:], generator: StoreMeta.currentGenerator)
        let builder = StoreBuilder(meta: meta, imported: settings.imported)
        let (tables, sports, habit) = builder.tables()
        return PauseStore(
            meta: meta, profile: builder.profile(sports: sports, habit: habit, settings: settings), tables: tables)
    }

    /// Makes a store again from what was saved of it: the tables from `meta`, byte for byte, the user from `profile`.
    ///
    /// `imported` are the tables that the store was built from, where `meta` says that they are not synthetic. Throws
    /// ``EvaluationError``, cause `task`, when either object is not of the documented shape or the tables are missing.
    public static func load(
        meta: JSONObject, profile: JSONObject, imported: ImportedTables? = nil
    ) throws -> PauseStore {
        let meta = try StoreMeta(json: meta)
        let profile = try PauseProfile(json: profile)
        guard meta.dataFormat == .synthetic else {
            guard let imported, imported.tables.firstDay == meta.originalDateRange.lowerBound,
                imported.tables.dayCount == meta.days.count
            else {
                throw EvaluationError(
                    .dataMissing,
                    "the store was built from imported tables of \(meta.originalDateRange.lowerBound) to "
                        + "\(meta.originalDateRange.upperBound), which are not here",
                    cause: .task, advice: "Give the same exports that the store was built from.")
            }
            return PauseStore(
                meta: meta, profile: profile, tables: StoreBuilder(meta: meta, imported: imported).tables().tables)
        }
        return PauseStore(
            meta: meta, profile: profile, tables: StoreBuilder(meta: meta, imported: nil).tables().tables)
    }

    /// What whoever writes a persona may know of the user.
    public var personaFacts: PersonaFacts {
        var stream = PauseStream(seed: meta.seed, stage: "sports")
        let plan = SportPlan(days: meta.dateRange, stream: &stream)
        return PersonaFacts(
            habit: plan.template, meta: meta, tables: tables, meals: profile.records(.meals))
    }
}
