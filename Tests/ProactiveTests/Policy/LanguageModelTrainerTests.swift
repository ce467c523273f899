import Evaluation
import FoundationEssentials
import Glibc
import JSON
import Testing

@testable import Proactive

@Suite("Training a language model through a program")
struct LanguageModelTrainerTests {
    private let pairs = PolicyFixtures.pairs(30)
    private let source = PolicyTrainer.Source(file: "prefs.jsonl", digest: "d")

    private func failure(_ python: FakePython, timeout: Duration? = nil) async -> EvaluationError? {
        var trainer = python.trainer()
        trainer.timeout = timeout
        let place = "\(python.directory)/out"
        do {
            _ = try await trainer.train(on: pairs, source: source, to: place)
            return nil
        } catch {
            return error as? EvaluationError
        }
    }

    @Test func keepsMetricsCurveProvenanceLogAndPrograms() async throws {
        let python = try FakePython(
            behaviour: "echo working; echo to stderr >&2; echo '\(FakePython.metrics)'; echo '{broken' >&2")
        let place = "\(python.directory)/out"
        let metrics = try await python.trainer().train(on: pairs, source: source, to: place)
        #expect(metrics["last_loss"]?.doubleValue == 0.5)
        #expect(metrics["train_rows"]?.intValue == 27)
        let log = String(decoding: try ProactiveFiles.bytes("\(place)/train.log"), as: UTF8.self)
        #expect(log.hasPrefix("working\nto stderr\n"))
        let policy = try ProactiveFiles.json("\(place)/gage_policy.json")
        #expect(try PolicyProvenance(json: policy["trained_on"] ?? .null).heldOut.count == 3)
        #expect(policy["action_scoring"] == "token")
        for name in ["training.json", "training_curve.svg", "train_dpo.py", "action_policy.py", "dpo.yaml", "run.sh"] {
            #expect(ProactiveFiles.exists("\(place)/\(name)"))
        }
    }

    @Test func givesTheProgramItsArgumentsWithoutAShell() async throws {
        let python = try FakePython(behaviour: "printf '<%s> ' \"$@\"; echo; echo '\(FakePython.metrics)'")
        var trainer = python.trainer()
        trainer.model.maximumSteps = 10
        let place = "\(python.directory)/out put; rm -rf $HOME"
        _ = try await trainer.train(on: pairs, source: source, to: place)
        let log = String(decoding: try ProactiveFiles.bytes("\(place)/train.log"), as: UTF8.self)
        #expect(
            log.hasPrefix(
                "<train_dpo.py> <--data> <train.jsonl> <--eval-data> <heldout.jsonl> <--model> <tiny-random> <--output> <.> "
                    + "<--epochs> <3.0> <--lr> <0.001> <--beta> <0.1> <--seed> <42> "))
        #expect(log.contains("<--max-steps> <10>"))
    }

    @Test func passesOnlyKnownVariablesAndStaysOffline() async throws {
        let python = try FakePython(behaviour: "env; echo '\(FakePython.metrics)'")
        let place = "\(python.directory)/out"
        let variables = ["OPENAI_API_KEY": "sk-secret", "HF_TOKEN": "hf-secret", "CUDA_VISIBLE_DEVICES": "0"]
        _ = try await python.trainer(variables: variables).train(on: pairs, source: source, to: place)
        let log = String(decoding: try ProactiveFiles.bytes("\(place)/train.log"), as: UTF8.self)
        #expect(!log.contains("secret"))
        for line in ["HF_HUB_OFFLINE=1", "TRANSFORMERS_OFFLINE=1", "HF_DATASETS_OFFLINE=1", "CUDA_VISIBLE_DEVICES=0"] {
            #expect(log.contains("\(line)\n"))
        }
    }

    @Test func aHubModelGoesOnlineWithItsToken() {
        let variables = PythonVariables.training(["HF_TOKEN": "t", "GEMINI_API_KEY": "k"], isOffline: false)
        #expect(variables["HF_TOKEN"] == "t")
        #expect(variables["HF_HUB_OFFLINE"] == nil)
        #expect(variables["GEMINI_API_KEY"] == nil)
    }

    @Test func anExitStatusIsReportedWithTheLastTwentyLines() async throws {
        let python = try FakePython(behaviour: "for i in $(seq 1 50); do echo line $i; done; exit 3")
        let error = try #require(await failure(python))
        #expect(error.code == .trainingFailed)
        #expect(error.description.contains("training ended with status 3"))
        #expect(error.description.contains("line 31\n"))
        #expect(!error.description.contains("line 30\n"))
        #expect(error.description.contains("line 50"))
        #expect(error.description.contains("train.log"))
    }

    @Test func aMissingImportIsNamed() async throws {
        let python = try FakePython(
            behaviour: "echo \"ModuleNotFoundError: No module named 'accelerate.utils'\" >&2; exit 1")
        let error = try #require(await failure(python))
        #expect(error.code == .pythonPackageMissing)
        #expect(error.cause == .configuration)
        #expect(error.description.contains("'accelerate' is missing"))
    }

    @Test func aMissingPackageIsFoundBeforeTraining() async throws {
        let python = try FakePython(lacking: "trl", behaviour: "echo started")
        let error = try #require(await failure(python))
        #expect(error.code == .pythonPackageMissing)
        #expect(error.description.contains("lacks trl"))
        #expect(error.description.contains("setup-venv"))
        #expect(!ProactiveFiles.exists("\(python.directory)/out/train.log"))
    }

    @Test func aTrainingThatTakesTooLongIsStopped() async throws {
        let python = try FakePython(behaviour: "echo begun; sleep 300")
        let error = try #require(await failure(python, timeout: .milliseconds(300)))
        #expect(error.code == .trainingTimedOut)
        #expect(error.description.contains("begun"))
    }

    @Test func noMetricsAreAFailure() async throws {
        let python = try FakePython(behaviour: "echo all fine")
        #expect(try #require(await failure(python)).message.contains("no metrics"))
    }

    @Test func aProgramThatIsNoneIsNamed() async throws {
        let python = try FakePython(behaviour: "")
        try ProactiveFiles.write("not a program", to: python.path)
        try ProactiveFiles.makeExecutable(python.path)
        let error = try #require(await failure(python))
        #expect(error.cause == .configuration)
    }

    @Test func cancellingEndsTheProgramAndWhatItStarted() async throws {
        let python = try FakePython(behaviour: "sleep 300 & echo $! > pids; echo $$ >> pids; echo ready; wait")
        let place = "\(python.directory)/out"
        let (ready, continuation) = AsyncStream<Void>.makeStream()
        var trainer = python.trainer()
        trainer.onLine = { _ in continuation.yield() }
        let task = Task { [trainer, pairs, source] in try await trainer.train(on: pairs, source: source, to: place) }
        for await _ in ready { break }
        let pids = String(decoding: try ProactiveFiles.bytes("\(place)/pids"), as: UTF8.self).split(separator: "\n")
            .compactMap { Int32($0) }
        #expect(pids.count == 2)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        for pid in pids { #expect(kill(pid, 0) == -1 || Self.isZombie(pid)) }
    }

    /// Killed, and not yet collected by whoever inherited it.
    private static func isZombie(_ pid: Int32) -> Bool {
        let status = FileManager.default.contents(atPath: "/proc/\(pid)/stat").map {
            String(decoding: $0, as: UTF8.self)
        }
        return status.map { $0.contains(") Z ") } ?? true
    }

    @Test func readsTheCurveFromTheTrainersOwnLines() {
        let curve = LanguageModelTrainer.curve(in: [
            "Loading", "{'loss': '0.6931', 'rewards/accuracies': '0.5', 'epoch': '0.1'}",
            "{'train_loss': '0.5'}", "{'loss': 0.4, 'grad_norm': 1.0, 'rewards/accuracies': 1.0}",
        ])
        #expect(
            curve == [
                TrainingPoint(step: 1, loss: 0.6931, accuracy: 0.5), TrainingPoint(step: 2, loss: 0.4, accuracy: 1),
            ])
    }
}
