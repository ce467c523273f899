public import Evaluation

/// A set of tasks by its official name, and where its data lie.
public struct Tau2TaskSet: Sendable, Hashable {
    /// Which text an agent of the telecom domain gets about technical problems.
    enum TechnicalPolicy: Sendable, Hashable {
        /// The manual.
        case manual
        /// The step-by-step workflow.
        case workflow
    }

    /// The official name, as `retail` or `telecom-workflow`.
    public let name: String
    /// The domain whose world is used: `telecom-workflow` for the workflow variant, else the folder's name.
    public let domain: String
    /// The folder's name below `domains`.
    public let folder: String
    /// The split that is taken where none is named.
    public let defaultSplit: String
    let technicalPolicy: TechnicalPolicy

    private init(
        _ name: String, domain: String? = nil, folder: String? = nil, split: String = "base",
        policy: TechnicalPolicy = .manual
    ) {
        self.name = name
        self.domain = domain ?? name
        self.folder = folder ?? name
        defaultSplit = split
        technicalPolicy = policy
    }

    /// The sets that gage can run.
    public static let all = [
        Tau2TaskSet("mock"), Tau2TaskSet("airline"), Tau2TaskSet("retail"), Tau2TaskSet("telecom"),
        Tau2TaskSet("telecom_full", domain: "telecom", folder: "telecom", split: "full"),
        Tau2TaskSet("telecom_small", domain: "telecom", folder: "telecom", split: "small"),
        Tau2TaskSet("telecom-workflow", folder: "telecom", policy: .workflow),
    ]

    /// The set of that name.
    ///
    /// Throws ``EvaluationError`` with a near miss otherwise.
    public static func named(_ name: String) throws(EvaluationError) -> Tau2TaskSet {
        if let set = all.first(where: { $0.name == name }) { return set }
        throw EvaluationError(
            .configurationInvalid, "'\(name)' is no tau2 domain that gage can run", cause: .configuration,
            advice: NearMiss.advice(name, among: all.map(\.name)))
    }
}
