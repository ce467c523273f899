import Evaluation

/// The policy texts of a domain, as the official environment serves them.
struct Tau2Policies: Sendable {
    let ordinary: String
    let solo: String
    let source: Tau2Domain.Source

    init(_ taskSet: Tau2TaskSet, in directory: Tau2DataDirectory) throws(EvaluationError) {
        if taskSet.folder == "telecom" {
            ordinary = try Self.telecom(taskSet, isSolo: false, in: directory)
            solo = try Self.telecom(taskSet, isSolo: true, in: directory)
            source = .official
            return
        }
        let path = directory.path("policy.md")
        guard Tau2Files.exists(path) else {
            guard let own = Tau2OwnTexts.policies[taskSet.folder] else {
                throw EvaluationError(
                    .dataMissing, "\(path) is missing", cause: .configuration,
                    advice: "'data_dir' must hold the official policy of '\(taskSet.name)'")
            }
            (ordinary, solo, source) = (own, own, .own)
            return
        }
        ordinary = try Tau2Files.text(path)
        let soloPath = directory.path("policy_solo.md")
        solo = Tau2Files.exists(soloPath) ? try Tau2Files.text(soloPath) : ordinary
        source = .official
    }

    /// Two files in tags; the manual is the same for an agent that works alone.
    private static func telecom(
        _ taskSet: Tau2TaskSet, isSolo: Bool, in directory: Tau2DataDirectory
    ) throws(EvaluationError) -> String {
        let main = try Tau2Files.text(directory.path(isSolo ? "main_policy_solo.md" : "main_policy.md"))
        let technical =
            switch taskSet.technicalPolicy {
            case .manual: "tech_support_manual.md"
            case .workflow: isSolo ? "tech_support_workflow_solo.md" : "tech_support_workflow.md"
            }
        return "<main_policy>\n" + main + "\n</main_policy>\n<tech_support_policy>\n"
            + (try Tau2Files.text(directory.path(technical))) + "\n</tech_support_policy>"
    }
}

/// What the simulated user is told about simulating, from the official files or in gage's own words.
struct Tau2Guidelines: Sendable {
    let withoutTools: String
    let withTools: String
    let source: Tau2Domain.Source

    init(in directory: Tau2DataDirectory) throws(EvaluationError) {
        guard let plain = directory.userSimulatorFile("simulation_guidelines.md"),
            let tools = directory.userSimulatorFile("simulation_guidelines_tools.md")
        else {
            withoutTools = Tau2OwnTexts.userGuidelines
            withTools = Tau2OwnTexts.userGuidelines + Tau2OwnTexts.userToolGuidelines
            source = .own
            return
        }
        withoutTools = try Tau2Files.text(plain)
        withTools = try Tau2Files.text(tools)
        source = .official
    }
}
