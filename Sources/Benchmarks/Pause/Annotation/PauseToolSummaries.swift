import Evaluation
import JSON

/// What tools are for, in a line each, for judges to read.
enum PauseToolSummaries {
    /// The tools that trajectories used, in the order of their names.
    static func used(in trajectories: [JSONObject]) -> [(name: String, summary: String)] {
        of(trajectories.flatMap { PauseTrajectoryReader($0).assistantCalls })
    }

    /// The tools of calls, in the order of their names.
    static func of(_ calls: [PauseGold.Call]) -> [(name: String, summary: String)] {
        let names = Set(calls.map(\.name))
        return names.sorted().map { ($0, summaries[$0] ?? summaries[base(of: $0)] ?? "") }
    }

    private static func base(of name: String) -> String {
        guard !name.hasPrefix("med-"), let dash = name.firstIndex(of: "-") else { return name }
        return String(name[name.index(after: dash)...])
    }

    private static let summaries: [String: String] = {
        let tools = PauseTools.Family.allCases.flatMap { PauseTools.definitions($0) }
        return Dictionary(
            tools.map { ($0.name, $0.description ?? "") }, uniquingKeysWith: { first, _ in first })
    }()
}
