import Evaluation
import JSON

/// The parameters of `tau_bench_eval`.
struct Tau1JudgeParameters: Parameters {
    var dataDirectory: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("data_dir", \.dataDirectory, "The data directory, where it is not that of the dialogue.") {
                $0.aliases = ["tau_bench_data_dir"]
            }
        ]
    }
}

/// `tau_bench_eval`: judges a dialogue by the official rules, from the sample and the trajectory alone.
struct Tau1Judge: RoleAdapter {
    let parameters: Tau1JudgeParameters
    let store: Tau1DataStore

    let contract = StepContract(reads: [.sample, .trajectory], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let facts = try Tau1SampleFacts(episode.sample)
        let configured = parameters.dataDirectory.map {
            Tau1DataDirectory.resolve($0, environment: [:], baseDirectory: scope.run.baseDirectory)
        }
        let domain = try await facts.load(from: store, configured: configured)
        guard let termination = episode.trajectory.termination else {
            throw EvaluationError(
                .judgeFailed, "the episode has no finished dialogue to judge", cause: .configuration,
                advice: "run 'tau_bench_bootstrap' and an agent before 'tau_bench_eval'")
        }
        let replay = Tau1Replay(of: episode.trajectory, strategy: facts.agentStrategy, task: facts.task, in: domain)
        let finding = try Tau1Finding(replay, termination: termination, trajectory: episode.trajectory)
        var output: JSONObject = [
            "env": .string(facts.environment), "split": .string(facts.split), "task_id": JSONValue(facts.task.id),
            "trial": JSONValue(episode.id.trial),
        ]
        output.merge(finding.json)
        episode.verdicts.append(Verdict(judge: scope.adapter.id, output: ["tau_bench": .object(output)]))
    }
}
