import Evaluation
import JSON

/// The parameters of `proactive_task_reward`.
struct TaskRewardParameters: Parameters {
    var runsTests = true
    var partial = false
    var codeWithoutTests = 0.5
    var planning = PlanningScore.constant
    var profile: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("run_tests", \.runsTests, "Whether programs are run with their tests."),
            .init("partial", \.partial, "Whether the share of assertions that hold counts."),
            .init("code_without_tests", \.codeWithoutTests, "The score of code that has no tests.") {
                $0.minimum = 0
                $0.maximum = 1
            },
            .init("planning", \.planning, "How plans are scored."),
            .init("profile", \.profile, "The sandbox profile of the tests, where it is not the adapter's.") {
                $0.reference = .sandboxProfile
            },
        ]
    }

    var settings: TaskReward.Settings {
        var settings = TaskReward.Settings()
        settings.runsTests = runsTests
        settings.givesPartialCredit = partial
        settings.codeWithoutTests = codeWithoutTests
        settings.planning = planning
        return settings
    }
}

/// `proactive_task_reward`: R_task of every trajectory.
struct TaskRewardJudge: RoleAdapter {
    static let key = "proactive_task"

    let parameters: TaskRewardParameters
    private let cache = CodeTestCache()

    init(_ parameters: TaskRewardParameters) { self.parameters = parameters }

    let contract = StepContract(reads: [.sample, .prediction], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let (state, _) = try episode.sample.proactive()
        let lines = try ProactiveLines.read(episode.prediction, state: state)
        let reward = TaskReward(
            settings: parameters.settings,
            tests: SandboxCodeTests.leased(from: scope, profile: parameters.profile, cache: cache))
        var scores: [TaskScore] = []
        for line in lines { scores.append(try await reward.score(line)) }
        let mainline = lines.lastIndex { $0.isMainline }.map { scores[$0] }
        let output: JSONObject = [
            Self.key: [
                "scores": .array(scores.map { .object($0.json) }),
                "r_task": mainline.map { JSONValue($0.score) } ?? .null,
                "is_tested": .bool(mainline?.tests != nil),
            ]
        ]
        episode.verdicts.append(Verdict(judge: scope.adapter.id, output: output))
    }
}
