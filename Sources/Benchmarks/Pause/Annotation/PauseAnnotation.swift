import JSON

/// What one judge thinks of a trajectory, or several together.
struct PauseAnnotation: Sendable, Hashable {
    /// What happened.
    var summary = ""
    /// What is wrong; empty when nothing is.
    var errorAnalysis = ""
    /// Whether the right tools were called in the right order.
    var isLogicCorrect = false
    /// Whether they were called with the right arguments.
    var areParametersCorrect = false
    /// Whether the assistant's reasons and the policy were right.
    var isPolicyCorrect = false

    /// Whether the trajectory can serve as a reference.
    var passes: Bool { isLogicCorrect && areParametersCorrect && isPolicyCorrect }

    /// Nothing is right, for this reason.
    static func failing(_ reason: String) -> Self { Self(errorAnalysis: reason) }

    /// Reads a judge's answer; nil when a flag is missing.
    ///
    /// A judge that finds no error has no complaint about the policy, whatever the flag says.
    init?(answer: JSONObject) {
        guard let logic = PauseReply.flag(answer["tool_calling_logic_correct"]),
            let parameters = PauseReply.flag(answer["tool_calling_parameter_correct"])
        else { return nil }
        let analysis = (answer["error_analysis"]?.stringValue ?? "").trimmingBlanks
        self.init(
            summary: answer["trajectory_summary"]?.stringValue ?? "", errorAnalysis: analysis, isLogicCorrect: logic,
            areParametersCorrect: parameters,
            isPolicyCorrect: analysis.isEmpty || (PauseReply.flag(answer["reason_policy_correct"]) ?? false))
    }

    init(
        summary: String = "", errorAnalysis: String = "", isLogicCorrect: Bool = false,
        areParametersCorrect: Bool = false, isPolicyCorrect: Bool = false
    ) {
        self.summary = summary
        self.errorAnalysis = errorAnalysis
        self.isLogicCorrect = isLogicCorrect
        self.areParametersCorrect = areParametersCorrect
        self.isPolicyCorrect = isPolicyCorrect
    }

    /// What several judges think together: logic and arguments by strict majority, the policy if anyone finds it right.
    static func vote(_ annotations: [Self]) -> Self {
        guard !annotations.isEmpty else { return .failing("nobody judged this trajectory") }
        let majority = { (flags: [Bool]) in flags.count { $0 } * 2 > flags.count }
        let analyses = annotations.map(\.errorAnalysis).filter { !$0.isEmpty }
        return Self(
            summary: annotations.map(\.summary).first { !$0.isEmpty } ?? "",
            errorAnalysis: analyses.joined(separator: "\n"),
            isLogicCorrect: majority(annotations.map(\.isLogicCorrect)),
            areParametersCorrect: majority(annotations.map(\.areParametersCorrect)),
            isPolicyCorrect: annotations.contains(where: \.isPolicyCorrect))
    }

    /// The members of an annotation in a log.
    var json: JSONObject {
        [
            "trajectory_summary": .string(summary), "error_analysis": .string(errorAnalysis),
            "tool_calling_logic_correct": .bool(isLogicCorrect),
            "tool_calling_parameter_correct": .bool(areParametersCorrect),
            "reason_policy_correct": .bool(isPolicyCorrect),
        ]
    }
}
