import Evaluation
import JSON

extension PausePrompts {
    /// What judges are shown of a task.
    struct Exhibit {
        /// The task.
        var task: PauseTask
        /// Its branch.
        var branch: String
        /// The time at which it takes place.
        var now: String
        /// The tools that trajectories used, with their descriptions.
        var tools: [(name: String, summary: String)]

        /// The part that all questions begin with.
        var text: String {
            let listed = tools.map { "- \($0.name): \($0.summary)" }.joined(separator: "\n")
            let targets = task.targetTexts.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
            return """
                ## Task (\(branch), at \(now))
                \(task.instruction)

                ## Targets
                \(targets)

                ## Tools
                \(listed)
                """
        }
    }

    /// Asks what a trajectory is worth.
    static func annotation(_ exhibit: Exhibit, transcript: [String]) -> [Message] {
        [.system(annotatorRules), .user("\(exhibit.text)\n\n## Conversation\n\(transcript.joined(separator: "\n"))")]
    }

    /// Asks which trajectory is the best.
    static func selection(_ exhibit: Exhibit, annotations: [JSONObject]) -> [Message] {
        let listed = JSONValue.array(annotations.map { .object($0) }).text()
        return [.system(selectorRules), .user("\(exhibit.text)\n\n## What judges said of each trajectory\n\(listed)")]
    }

    /// Asks what to do better.
    static func rerunGuidance(_ exhibit: Exhibit, annotations: [JSONObject]) -> [Message] {
        let listed = JSONValue.array(annotations.map { .object($0) }).text()
        return [.system(guidanceRules), .user("\(exhibit.text)\n\n## What judges said of the attempts\n\(listed)")]
    }

    /// Asks which targets were reached.
    static func alignment(_ exhibit: Exhibit, transcript: [String]) -> [Message] {
        [.system(alignmentRules), .user("\(exhibit.text)\n\n## Conversation\n\(transcript.joined(separator: "\n"))")]
    }

    private static let annotatorRules = """
        You inspect a conversation between a health assistant and a user, tool calls included, as a candidate for a \
        reference solution. Decide three things strictly: were the right tools called in a sensible order, nothing \
        needed missing; were the arguments right; are the assistant's statements supported by results, and were the rules \
        about permissions and user-only tools kept? A day more or less in a date range is no error. An assistant that \
        recommends something without the tool for it, or that calls a tool of the user's, is wrong. Answer with one JSON \
        object: {"trajectory_summary": text, "error_analysis": text, empty when nothing is wrong, \
        "tool_calling_logic_correct": bool, "tool_calling_parameter_correct": bool, "reason_policy_correct": bool}.
        """

    private static let selectorRules = """
        Several attempts at one task were found correct. Choose the one that serves best as a reference: complete, direct, \
        without needless calls or questions. Answer with one JSON object: {"select_assistant_model": the assistant_model \
        of the chosen one, or empty, "select_reason": text, "tie": true when none is better}.
        """

    private static let guidanceRules = """
        All attempts at a task were found wrong. Write advice for the next attempt that avoids the errors found, as \
        instructions about tools, order, arguments and what to ask the user; give away no value from the data. Answer \
        with one JSON object: {"rerun_guidance": text}.
        """

    private static let alignmentRules = """
        For each target decide whether the conversation reaches it. Answer with one JSON object: {"analysis": text, \
        "achieved": one boolean for each target, in order}.
        """
}
