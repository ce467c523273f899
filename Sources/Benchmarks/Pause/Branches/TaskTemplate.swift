import JSON

/// A parametric task: for a user it gives an instruction, targets, and the solution.
struct TaskTemplate: Sendable {
    /// The label of its tasks.
    let label: String
    /// Writes the task: plays the solution in the scene and returns the instruction.
    ///
    /// Throws ``TemplateFailure`` where the user's data do not suit it.
    let write: @Sendable (inout TemplateScene) throws -> String

    init(_ label: String, _ write: @escaping @Sendable (inout TemplateScene) throws -> String) {
        self.label = label
        self.write = write
    }

    /// The task for a store.
    ///
    /// Throws ``TemplateFailure`` where the user's data do not suit it.
    func task(for store: PauseStore, branch: PauseBranch, run: Int, catalog: ProductCatalog) throws -> PauseTask {
        var scene = TemplateScene(
            store: store,
            stream: PauseStream(seed: store.meta.seed, stage: "tasks:\(branch.rawValue):\(run):\(label)"),
            options: PauseWorldOptions(branchAllowlist: Set(branch.toolAllowlist), isShopping: branch == .shopping),
            catalog: catalog)
        let instruction = try write(&scene)
        if branch.difficulty == .easy {
            // Nothing in a casual task lies behind a gate.
            scene.forbid(.needlessPermission)
            scene.forbid(.needlessSourceTool)
        }
        return PauseTask(
            instruction: instruction, label: label, targets: scene.targets.map { .string($0) },
            difficulty: branch.difficulty, gold: scene.finishedGold())
    }
}

/// The templates of each branch.
enum TaskTemplates {
    static func of(_ branch: PauseBranch) -> [TaskTemplate] {
        switch branch {
        case .wearableDataCasual: wearableCasual
        case .wearableDataAdvanced: wearableAdvanced
        case .lifestyleRecordCasual: lifestyleCasual
        case .lifestyleRecordAdvanced: lifestyleAdvanced
        case .shopping: []
        }
    }
}
