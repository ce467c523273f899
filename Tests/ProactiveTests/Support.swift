import Evaluation
import Foundation
import JSON
import Models
import Synchronization

@testable import Proactive

/// The project's root, three folders above this file.
let projectRoot = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

/// A path among the project's own tasks.
func ownData(_ name: String) -> String { "\(projectRoot)/local-datasets/proactive/\(name)" }

extension ActionPrompts {
    static let short = ActionPrompts([
        .coding: [.clarify: "Ask.", .execute: "Do it."], .planning: [.clarify: "Ask first.", .execute: "Plan it."],
    ])
}

extension ProactiveState {
    static func coding(
        _ id: String = "s", query: String = "Write `twice(x)`.", uncertainty: Double = 0.3, tests: String? = nil,
        extras: JSONObject = [:]
    ) -> ProactiveState {
        ProactiveState(
            id: id, domain: .coding, query: query, taskUncertainty: uncertainty, mbppTests: tests, extras: extras)
    }

    /// A task that only somebody who was told the fact solves.
    static func hidden(_ id: String = "s") -> ProactiveState {
        coding(
            id, tests: "assert twice(2) == 5",
            extras: [
                "facts": ["It adds one."], "solution": "def twice(x):\n    return 2 * x + 1",
                "naive_solution": "def twice(x):\n    return 2 * x", "entry_point": "twice",
            ])
    }
}

/// Says whether a program passes by looking for a text in it; counts how often it is asked.
final class TextTests: CodeTesting {
    private let mark: String
    /// Protects the count.
    private let asked = Mutex(0)
    var count: Int { asked.withLock { $0 } }

    init(passing mark: String) { self.mark = mark }

    func run(code: String, tests: String, isPartial: Bool) async throws -> CodeTestResult {
        asked.withLock { $0 += 1 }
        return CodeTestResult(
            passed: code.contains(mark), exitStatus: 0, timedOut: false, durationMilliseconds: 1,
            standardErrorTail: "", sandbox: "none")
    }
}

/// Writes what a closure says.
struct ScriptedWriter: AssistantWriter {
    let text: @Sendable (AssistantRequest) -> String

    func message(for request: AssistantRequest) async throws -> AssistantMessage { AssistantMessage(text(request)) }
}

/// Answers chat requests from a closure and keeps them.
final class RecordingModel: ChatModel {
    let name = "recording"
    /// Protects the requests.
    private let kept = Mutex<[ChatRequest]>([])
    private let text: @Sendable (ChatRequest) -> String
    var requests: [ChatRequest] { kept.withLock { $0 } }

    init(_ text: @escaping @Sendable (ChatRequest) -> String) { self.text = text }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        kept.withLock { $0.append(request) }
        return ChatResponse(
            message: .assistant(text(request)), finishReason: .stop, model: name,
            usage: Usage(inputTokens: 10, outputTokens: 5), cost: 0.01)
    }
}

extension TrajectoryGenerator {
    static func testing(
        _ writer: any AssistantWriter = DummyAssistant(), rule: ReactionRule = .sampled, seed: UInt64 = 7,
        tests: (any CodeTesting)? = nil, adjust: (inout GenerationSettings) -> Void = { _ in }
    ) -> TrajectoryGenerator {
        var settings = GenerationSettings()
        adjust(&settings)
        var user = UserSimulator.Settings()
        user.rule = rule
        return TrajectoryGenerator(
            settings: settings, writer: writer, user: UserSimulator(settings: user), prompts: .short,
            reward: TaskReward(tests: tests), seed: seed)
    }
}

extension Persona {
    static let novice = Persona.standard(.coding)[0]
    static let busy = Persona.standard(.coding)[1]
    static let engineer = Persona.standard(.coding)[2]
}

/// A directory that goes away with the test.
final class Scratch {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/proactive-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // What cannot be removed stays among the temporary files.
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, to name: String) throws -> String {
        let place = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: place))
        return place
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")), as: UTF8.self)
    }
}

/// A call of nobody.
let anyCall = CallContext(episode: EpisodeID(task: "t", sample: "s", trial: 0), purpose: "test")
