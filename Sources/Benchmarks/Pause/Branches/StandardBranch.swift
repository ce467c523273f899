import Evaluation
import JSON

/// One of the four wearable and lifestyle branches, written by templates or by a language model.
public struct StandardBranch: TaskBranch {
    /// Which of the four.
    public let branch: PauseBranch
    private let engine: TaskEngine
    private let catalog: ProductCatalog

    /// Makes a branch.
    public init(_ branch: PauseBranch, engine: TaskEngine, catalog: ProductCatalog = .standard) {
        self.branch = branch
        self.engine = engine
        self.catalog = catalog
    }

    /// The name in task files.
    public var name: String { branch.rawValue }
    /// The platform tools of the branch.
    public var toolAllowlist: [String] { branch.toolAllowlist }
    /// What the assistant is told about the branch.
    public var assistantPolicy: String { branch.assistantPolicy }

    /// The casual wearable branch needs a day that can be seen; the others suit every user.
    public func isApplicable(to store: PauseStore) -> Bool {
        branch == .wearableDataCasual ? !store.profile.visibleDays.isEmpty : true
    }

    /// Advanced branches add notes, care plans, a reminder and an appointment; the casual lifestyle branch connects all
    /// sources.
    public func preparedStore(from store: PauseStore, runs: Int) throws -> PauseStore {
        switch branch {
        case .wearableDataAdvanced, .lifestyleRecordAdvanced: return BranchContext(branch: branch).inject(into: store)
        case .lifestyleRecordCasual:
            var store = store
            store.profile.marketplaces = store.profile.marketplaces.map {
                Marketplace(source: $0.source, isConnected: true)
            }
            return store
        case .wearableDataCasual, .shopping: return store
        }
    }

    /// The request for one task, with the first three examples.
    public func buildPrompt(for store: PauseStore) async throws -> String {
        BranchPrompts(branch: branch, store: store).generation(examples: Array(BranchExamples.of(branch).prefix(3)))
    }

    /// The model's answer; without a model an ``EvaluationError``, cause `configuration`.
    public func callModel(_ prompt: String) async throws -> String {
        guard case .model(let model, let parameters) = engine else {
            throw EvaluationError(
                .configurationInvalid, "branch '\(name)' is written by templates and has no model to ask",
                cause: .configuration, advice: "use the engine 'llm' with a backend")
        }
        return try await TaskWriter.ask(model, parameters: parameters, prompt, index: 0)
    }

    /// The task in an answer, with the branch's standing rules for the user; none when the answer cannot be used.
    public func postprocess(_ text: String, for store: PauseStore) async throws -> [PauseTask] {
        TaskDraft(text: text).map { [task($0)] } ?? []
    }

    /// Makes the task of one run.
    public func makeTasks(for store: PauseStore, run: Int) async throws -> [PauseTask] {
        switch engine {
        case .template: return templateTask(for: store, run: run).map { [$0] } ?? []
        case .model(let model, let parameters):
            let prompts = BranchPrompts(branch: branch, store: store)
            var stream = PauseStream(seed: store.meta.seed, stage: "tasks:\(name):\(run):examples")
            var writer = TaskWriter(model: model, parameters: parameters, prompts: prompts)
            guard let draft = try await writer.draft(examples: BranchExamples.of(branch), from: &stream) else {
                return []
            }
            return [task(draft)]
        }
    }

    private func task(_ draft: TaskDraft) -> PauseTask {
        PauseTask(
            instruction: draft.instruction + "\n\n" + BranchPrompts.standingUserRules(of: branch), label: draft.label,
            targets: draft.targets.map { .string($0) }, difficulty: branch.difficulty)
    }

    /// The task of a run: of the templates that suit the user, in an order of the user's own, each run takes the next.
    private func templateTask(for store: PauseStore, run: Int) -> PauseTask? {
        var stream = PauseStream(seed: store.meta.seed, stage: "tasks:\(name)")
        var suitable: [PauseTask] = []
        for template in stream.shuffled(TaskTemplates.of(branch)) where suitable.count <= run {
            // A template that does not suit the user's data says so by throwing.
            if let task = try? template.task(for: store, branch: branch, run: run, catalog: catalog) {
                suitable.append(task)
            }
        }
        guard !suitable.isEmpty else { return nil }
        var task = suitable[run % suitable.count]
        task.instruction += "\n\n" + BranchPrompts.standingUserRules(of: branch)
        return task
    }
}
