import Engine
import Evaluation
import GageConfiguration
import Glibc
import JSON
import Models
import Server
import Storage
import Synchronization
import Tau

/// τ-bench for the HTTP API.
final class TauBenchService: BenchmarkService {
    let title = "τ-bench"
    let subsets = ["airline", "retail"]
    private let planner: TauBenchPlanner
    private let runner: TauBenchRunner
    /// What runs have of which a client says nothing.
    private let defaults: TauBenchFacts
    /// Protects how many tasks each environment has, once that was looked up.
    private let taskCounts = Mutex<[String: Int]>([:])

    /// Runs are planned and carried out with these.
    init(planner: TauBenchPlanner, runner: TauBenchRunner, defaults: TauBenchFacts) {
        self.planner = planner
        self.runner = runner
        self.defaults = defaults
    }

    // MARK: Requests

    func resolve(_ request: RunRequest) async throws -> RunRequest {
        if let id = request.runID { return try await resolveResumption(request, of: id) }
        guard subsets.contains(request.subset) else { throw unknownSubset(request.subset) }
        var resolved = request
        resolved.model = try model(request.model, field: "model")
        resolved.userModel = try request.userModel.map { try model($0, field: "user_model") } ?? defaults.userModel
        resolved.trials = request.trials ?? defaults.trials
        let tasks = try numbers(request.tasks)
        resolved.tasks = tasks.map { String($0) }
        try await checkRange(of: tasks, in: request.subset)
        return resolved
    }

    func prepare(_ request: RunRequest) async throws -> any BenchmarkRun {
        let id = request.runID ?? RunID.make(wallSeconds: Double(time(nil)), random: .random(in: 0 ... .max))
        let job: TauBenchJob
        do {
            job = try request.runID == nil ? planner.begin(wish(request)) : planner.resume(id, wish(request))
        } catch let error as TauBenchConfigurationError {
            throw APIProblem(400, "invalid_configuration", error.message)
        }
        return TauBenchServiceRun(id: id, job: job, runner: runner)
    }

    /// Fills in what a run to go on with has.
    private func resolveResumption(_ request: RunRequest, of id: String) async throws -> RunRequest {
        guard let known = try await run(id) else { throw APIProblem.unknownRun(id) }
        var resolved = known.request
        resolved.runID = id
        for (name, wanted, has) in [
            ("model", request.model.isEmpty ? "" : try model(request.model, field: "model"), resolved.model),
            ("subset", request.subset, resolved.subset),
        ] where !wanted.isEmpty && wanted != has {
            throw APIProblem.field(name, "the run '\(id)' has '\(has)'; leave it out to go on with it")
        }
        let tasks = try numbers(request.tasks)
        try await checkRange(of: tasks, in: resolved.subset)
        resolved.tasks = tasks.map { String($0) }
        return resolved
    }

    private func wish(_ request: RunRequest) -> TauBenchWish {
        let tasks = request.tasks.compactMap { Int($0) }
        guard request.runID == nil else { return TauBenchWish(tasks: tasks) }
        return TauBenchWish(
            model: request.model, subset: request.subset, tasks: tasks, trials: request.trials,
            userModel: request.userModel == defaults.userModel ? nil : request.userModel)
    }

    private func model(_ text: String, field: String) throws(APIProblem) -> String {
        let name = ModelNameResolver.name(escaped: text)
        do {
            _ = try ModelNameResolver(client: planner.components.client).factory(named: name)
            return name
        } catch {
            let known = error as? EvaluationError
            var problem = APIProblem(
                400, "invalid_model", known?.message ?? "'\(name)' cannot be called", advice: known?.advice)
            problem.fields = [.init(field, "'\(text)' was read as '\(name)'")]
            throw problem
        }
    }

    private func unknownSubset(_ name: String) -> APIProblem {
        let hint = NearMiss.advice(name, among: subsets).map { "; \($0)" } ?? ""
        return .field("subset", "there is no subset '\(name)'; there are \(subsets.joined(separator: ", "))\(hint)")
    }

    private func numbers(_ tasks: [String]) throws(APIProblem) -> [Int] {
        var numbers: [Int] = []
        for task in tasks {
            // A leading zero or a sign would name the same task by another text.
            guard let number = Int(task), number >= 0, String(number) == task else {
                throw .field("taskID", "'\(task)' is no task; tasks are whole numbers from 0 on")
            }
            numbers.append(number)
        }
        return numbers
    }

    private func checkRange(of tasks: [Int], in subset: String) async throws {
        let count = try await taskCount(subset)
        guard let stranger = tasks.first(where: { $0 >= count }) else { return }
        var problem = APIProblem(
            404, "unknown_task", "there is no task \(stranger) in '\(subset)'; its tasks are 0 to \(count - 1)")
        problem.fields = [.init("taskID", "there is no task \(stranger)")]
        throw problem
    }

    private func taskCount(_ subset: String) async throws -> Int {
        if let known = taskCounts.withLock({ $0[subset] }) { return known }
        do {
            let plan = try planner.begin(TauBenchWish(subset: subset)).loaded.plan
            guard let dataset = plan.tasks.first?.dataset else { return 0 }
            let opened = try await dataset.loader.open(
                in: DatasetContext(
                    datasetID: dataset.id, baseDirectory: plan.baseDirectory, seed: plan.seed,
                    environment: plan.environment, hubParameters: dataset.hubParameters))
            let count = opened.count ?? 0
            taskCounts.withLock { $0[subset] = count }
            return count
        } catch let error as TauBenchConfigurationError {
            throw APIProblem(500, "invalid_configuration", "the server's configuration is wrong: \(error.message)")
        } catch let error as EvaluationError where error.code == .dataMissing {
            throw APIProblem(500, "data_missing", error.message, advice: error.advice)
        }
    }

    // MARK: Runs on disk

    func latestRun(matching request: RunRequest) async throws -> String? {
        let facts: TauBenchFacts
        do {
            facts = try planner.begin(wish(request)).facts
        } catch let error as TauBenchConfigurationError {
            throw APIProblem(400, "invalid_configuration", error.message)
        }
        for id in try latestRunIDs().prefix(Self.lookBack) {
            // A run that cannot be read is no result.
            guard let stored = try? StoredTauBenchRun(id, in: runner.outputDirectory), stored.facts == facts,
                stored.description.phase == .completed
            else { continue }
            return id
        }
        return nil
    }

    /// How many runs are looked at for an old result.
    private static let lookBack = 1000

    func runs(limit: Int) async throws -> [RunDescription] {
        var found: [RunDescription] = []
        for id in try latestRunIDs() where found.count < limit {
            // Runs of other benchmarks, and such as are being made, are not ours to show.
            guard let stored = try? StoredTauBenchRun(id, in: runner.outputDirectory) else { continue }
            found.append(stored.description)
        }
        return found.sorted { $0.startedAt > $1.startedAt }
    }

    /// The runs on disk by the time of their last change, the latest first; opening all their journals would take long.
    private func latestRunIDs() throws -> [String] {
        let dated = try RunDirectory.runs(in: runner.outputDirectory).map { id -> (id: String, changed: Double) in
            var status = stat()
            guard stat("\(runner.outputDirectory)/\(id)/run.sqlite", &status) == 0 else { return (id, 0) }
            return (id, Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
        }
        return dated.sorted { ($0.changed, $0.id) > ($1.changed, $1.id) }.map(\.id)
    }

    func run(_ id: String) async throws -> RunDescription? {
        guard exists(id) else { return nil }
        return try StoredTauBenchRun(id, in: runner.outputDirectory)?.description
    }

    func scores(ofRun id: String) async throws -> [ScoreRow] {
        guard exists(id), let stored = try StoredTauBenchRun(id, in: runner.outputDirectory) else { return [] }
        return try stored.scores()
    }

    func trajectory(ofRun id: String, task: String, trial: Int) async throws -> [JSONValue]? {
        guard exists(id), let stored = try StoredTauBenchRun(id, in: runner.outputDirectory) else { return nil }
        return try stored.trajectory(task: task, trial: trial)
    }

    private func exists(_ id: String) -> Bool { RunDirectory.exists(in: runner.outputDirectory, runID: id) }
}
