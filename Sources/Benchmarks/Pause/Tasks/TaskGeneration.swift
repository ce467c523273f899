import Evaluation
import JSON

/// Makes users, their tasks, and the files that hold both: what `gage pause generate-tasks` does.
public struct TaskGeneration: Sendable {
    /// What to make.
    public struct Settings: Sendable {
        /// The middle part of file names.
        public var profileID = "developing"
        /// How many users.
        public var users = 1
        /// How often each branch runs for each user.
        public var runsPerBranch = 5
        /// A branch, or `all`.
        public var branch = "all"
        /// The one integer that everything is drawn from.
        public var seed: Int
        /// The name of the users in `meta`; nil for one from the seed.
        public var userID: String?
        /// How many days each user's store covers.
        public var days = 30
        /// The years within which the stores lie.
        public var targetYears = 2024...2026
        /// At most so many tasks altogether; nil for no limit.
        public var limit: Int?
        /// Who writes tasks that are written.
        public var engine = TaskEngine.template

        /// Describes what to make from a seed.
        public init(seed: Int) { self.seed = seed }
    }

    /// One user's part.
    public struct User: Sendable {
        /// The position among the users, from 1.
        public var number: Int
        /// The store before any branch added context.
        public var store: PauseStore
        /// The file and what became of each branch.
        public var result: TaskGenerator.Result
    }

    private let settings: Settings
    private let branches: [any TaskBranch]

    /// Checks the settings.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for an unknown branch or numbers that cannot work.
    public init(_ settings: Settings, catalog: TaskBranchCatalog = TaskBranchCatalog()) throws {
        let counts = [
            ("user_num", settings.users), ("runs_per_branch", settings.runsPerBranch), ("days", settings.days),
        ]
        for (name, count) in counts where count < 1 {
            throw EvaluationError(
                .configurationInvalid, "\(name) must be at least 1, not \(count)", cause: .configuration)
        }
        self.settings = settings
        branches = try catalog.branches(named: settings.branch, settings: .init(engine: settings.engine))
    }

    /// Makes one user after the other and hands each over.
    ///
    /// Throws what a model or `body` throws.
    public func forEachUser(_ body: (User) async throws -> Void) async throws {
        var left = settings.limit ?? Int.max
        var seeds = PauseStream(seed: settings.seed, stage: "users")
        for number in 1...settings.users where left > 0 {
            // The first user has the given seed, so that it can be found again in the file.
            let seed = number == 1 ? settings.seed : seeds.integer(in: 1...999_999_999)
            var store = try PauseStore.build(
                StoreSettings(
                    seed: seed, userID: settings.userID ?? "synthetic_\(seed)", days: settings.days,
                    targetYears: settings.targetYears, connectsOneSource: needsVisibleDay,
                    starter: StarterProfile(profileID: settings.profileID)))
            if case .model(let model, let parameters) = settings.engine {
                let request = PersonaRequest(facts: store.personaFacts)
                let persona = try await request.persona(by: model, parameters: parameters)
                // Without a usable one the template writer's stays.
                if let persona { store.profile.adopt(persona) }
            }
            let generator = TaskGenerator(branches: branches, runsPerBranch: settings.runsPerBranch)
            let result = try await generator.generate(for: store, limit: left)
            left -= result.file.tasks.count
            try await body(User(number: number, store: store, result: result))
        }
    }

    /// The name of a user's file; `time` is the same for all users of one command.
    public func fileName(of user: Int, time: String) -> String {
        "tasks_\(settings.profileID)_\(time)\(user == 1 ? "" : "_\(user)").json"
    }

    private var needsVisibleDay: Bool {
        branches.contains {
            $0.name == PauseBranch.wearableDataCasual.rawValue || $0.name == PauseBranch.lifestyleRecordCasual.rawValue
        }
    }
}
