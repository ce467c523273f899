import FoundationEssentials
import Glibc
import JSON
import Testing

@testable import Proactive

/// The Python that has TRL, where there is one.
enum TRLEnvironment {
    static let variable = "GAGE_TRL_PYTHON"

    static var variables: [String: String] {
        var found: [String: String] = [:]
        for name in ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"] {
            if let value = getenv(name) { found[name] = String(cString: value) }
        }
        return found
    }

    static var python: PythonInterpreter? {
        guard let value = getenv(variable) else { return nil }
        // A variable that names no program is as good as none.
        return try? PythonInterpreter.find(named: String(cString: value), variables: variables, directories: [])
    }

    /// Whether the tests run; says why not.
    static let isThere: Bool = {
        if python != nil { return true }
        print("skipped: requires trl; name a Python that has it in $\(variable), made by `gage proactive setup-venv`")
        return false
    }()
}

@Suite("TRL", .enabled(if: TRLEnvironment.isThere, "requires trl"), .serialized)
struct TRLTests {
    /// Pairs that mostly prefer asking, which the random model of this seed does not.
    private let pairs = PolicyFixtures.pairs(200).map { pair in
        PolicyFixtures.pair(pair.state, prefers: pair.rejectedAction)
    }

    private func train(_ engine: LanguageModelTrainer.Engine, to directory: String) async throws -> JSONObject {
        let python = try #require(TRLEnvironment.python)
        var training = TrainingSettings()
        training.learningRate = 2e-3
        var model = LanguageModelSettings(model: LanguageModelSettings.tinyRandom)
        model.take(training)
        model.maximumSteps = 10
        var trainer = LanguageModelTrainer(
            engine: engine, model: model, training: training, python: python, variables: TRLEnvironment.variables)
        trainer.timeout = .seconds(240)
        return try await trainer.train(
            on: pairs, source: .init(file: nil, digest: "d"), to: directory)
    }

    @Test(arguments: LanguageModelTrainer.Engine.allCases)
    func tenStepsTeachTheRandomModel(engine: LanguageModelTrainer.Engine) async throws {
        let directory = try ProactiveFiles.temporaryDirectory()
        // What a test leaves behind in the temporary directory harms nobody.
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let clock = ContinuousClock()
        let start = clock.now
        let metrics = try await train(engine, to: directory)
        #expect(clock.now - start < .seconds(240))
        let first = try #require(metrics["first_loss"]?.doubleValue)
        #expect(abs(first - log(2.0)) < 0.001)
        let before = try #require(metrics["heldout_accuracy_untrained"]?.doubleValue)
        let after = try #require(metrics["heldout_accuracy"]?.doubleValue)
        #expect(after > before)
        #expect(metrics["curve"]?.arrayValue?.count == 10)

        let python = try #require(TRLEnvironment.python)
        let loaded = try LoadedPolicy.load(
            directory, python: .init(find: { python }, variables: TRLEnvironment.variables))
        #expect(loaded.provenance?.heldOut.count == 20)
        let held = pairs.filter { loaded.provenance?.heldOut.contains($0.state.id) == true }
        let report = try await PolicyEvaluation().evaluate(
            loaded.policy, against: [try #require(loaded.untrained)], on: held.map { DecisionCase(pair: $0) },
            trainedOn: loaded.provenance?.states)
        #expect(report.warning == nil)
        #expect(abs(try #require(report.policy.actionAccuracy?.value) - after) < 1e-9)
        #expect(abs(try #require(report.baselines[0].actionAccuracy?.value) - before) < 1e-9)
    }
}
