import Evaluation

/// The task branches by their names.
public struct TaskBranchCatalog: Sendable {
    /// What a branch is made from.
    public struct Settings: Sendable {
        /// Who writes the tasks of branches that are written.
        public var engine: TaskEngine
        /// What the shop sells.
        public var catalog: ProductCatalog

        /// Describes the surroundings of branches.
        public init(engine: TaskEngine = .template, catalog: ProductCatalog = .standard) {
            self.engine = engine
            self.catalog = catalog
        }
    }

    private var makers: [(name: String, make: @Sendable (Settings) -> any TaskBranch)] = []

    /// A catalog with the five branches, in the order in which they run.
    public init() {
        for branch in PauseBranch.allCases {
            register(branch.rawValue) { settings in
                if branch == .shopping { return ShoppingBranch(catalog: settings.catalog) }
                return StandardBranch(branch, engine: settings.engine, catalog: settings.catalog)
            }
        }
    }

    /// The names, in order.
    public var names: [String] { makers.map(\.name) }

    /// Adds a branch, or replaces the one of that name.
    public mutating func register(_ name: String, make: @escaping @Sendable (Settings) -> any TaskBranch) {
        if let place = makers.firstIndex(where: { $0.name == name }) {
            makers[place].make = make
        } else {
            makers.append((name, make))
        }
    }

    /// The branch of that name, or with `all` every branch in order.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a name that is not known.
    public func branches(named name: String, settings: Settings) throws -> [any TaskBranch] {
        if name == "all" { return makers.map { $0.make(settings) } }
        guard let maker = makers.first(where: { $0.name == name }) else {
            throw EvaluationError(
                .configurationInvalid, "there is no task branch '\(name)'", cause: .configuration,
                advice: "known are all, \(names.joined(separator: ", "))")
        }
        return [maker.make(settings)]
    }
}
