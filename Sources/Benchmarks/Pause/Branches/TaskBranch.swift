/// One kind of tasks: it builds a prompt, calls a writer, and makes tasks of the answer.
///
/// A branch with a language model writes its prompt in ``buildPrompt(for:)`` and its answer becomes tasks in
/// ``postprocess(_:for:)``; one that needs no model answers from ``callModel(_:)`` itself.
public protocol TaskBranch: Sendable {
    /// The name in task files.
    var name: String { get }
    /// The platform tools that an assistant may call when reference trajectories are made.
    var toolAllowlist: [String] { get }
    /// What the assistant is told about this branch when reference trajectories are made.
    var assistantPolicy: String { get }

    /// Whether the branch can make tasks for this user.
    func isApplicable(to store: PauseStore) -> Bool

    /// The store in which the branch's tasks take place: the user's, with notes, plans or vouchers that the branch
    /// adds.
    ///
    /// One store serves all `runs` of a branch and user. Returns the store itself when the branch adds nothing.
    func preparedStore(from store: PauseStore, runs: Int) throws -> PauseStore

    /// The request for one task.
    func buildPrompt(for store: PauseStore) async throws -> String

    /// The writer's answer to a prompt.
    func callModel(_ prompt: String) async throws -> String

    /// The tasks in a writer's answer.
    func postprocess(_ text: String, for store: PauseStore) async throws -> [PauseTask]

    /// Makes the tasks of one run; `run` counts the runs of this branch for this user from 0.
    func makeTasks(for store: PauseStore, run: Int) async throws -> [PauseTask]
}

extension TaskBranch {
    /// Every store.
    public func isApplicable(to store: PauseStore) -> Bool { true }

    /// Nothing is added.
    public func preparedStore(from store: PauseStore, runs: Int) throws -> PauseStore { store }

    /// Prompt, call, postprocess.
    public func makeTasks(for store: PauseStore, run: Int) async throws -> [PauseTask] {
        let prompt = try await buildPrompt(for: store)
        let answer = try await callModel(prompt)
        return try await postprocess(answer, for: store)
    }
}
