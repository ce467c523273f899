import Evaluation
import Glibc
import JSON
import Models
import Testing

@testable import Tau

@Suite("People who play τ-bench users")
struct Tau1TerminalTests {
    private func id(_ trial: Int = 0) -> EpisodeID { EpisodeID(task: "t", sample: "s", trial: trial) }

    private func scope() -> EpisodeScope {
        let episode = Episode(id: id(), seed: 1, sample: Sample(id: "s"))
        return .stub(
            episode, adapter: AdapterBinding(id: "a", role: .dutAgent), models: StubModels(brain: EchoBrain()),
            leases: StubLeases { throw ReferenceError.missing("sandbox") })
    }

    @Test("The person reads the instruction, then the agent's words, and the end of the input ends the dialogue")
    func conversation() async throws {
        let line = try PseudoTerminal()
        let terminal = Tau1Terminal(path: line.path)
        try await terminal.acquire(for: id())
        var user = Tau1HumanUser(
            instruction: "Buy tea.", reader: Tau1ActionReader(strategy: .act), terminal: terminal)
        line.type("Hello\n")
        #expect(try await user.reply(in: scope()).message == .user("Hello"))
        user.receive(.assistant("{\"name\": \"respond\", \"arguments\": {\"content\": \"Which?\\u001b[2J\"}}"))
        line.type("Green\n")
        #expect(try await user.reply(in: scope()).message == .user("Green"))
        user.receive(.assistant("Sure"))
        line.type("\u{04}")
        #expect(try await user.reply(in: scope()).message == .user("###STOP###"))
        let shown = line.shown()
        #expect(shown.contains("Buy tea.") && shown.contains("Agent: Which?[2J"))
        #expect(!shown.contains("\u{1B}"))
        await terminal.release(by: id())
    }

    @Test("One dialogue at a time has the terminal, and gives it back")
    func oneAtATime() async throws {
        let line = try PseudoTerminal()
        let terminal = Tau1Terminal(path: line.path)
        try await terminal.acquire(for: id())
        let error = await #expect(throws: EvaluationError.self) { try await terminal.acquire(for: id(1)) }
        #expect(error?.cause == .configuration)
        #expect(error?.advice?.contains("concurrency") == true)
        await #expect(throws: EvaluationError.self) { try await terminal.ask("?", for: id()) }
        await terminal.release(by: id(1))
        await #expect(throws: EvaluationError.self) { try await terminal.acquire(for: id(1)) }
        await terminal.release(by: id())
        try await terminal.acquire(for: id(1))
        await terminal.release(by: id(1))
    }

    @Test("Without a terminal nobody can play", arguments: ["/dev/null", "/nowhere"])
    func noTerminal(path: String) async {
        let error = await #expect(throws: EvaluationError.self) {
            try await Tau1Terminal(path: path).acquire(for: id())
        }
        #expect(error?.cause == .configuration)
    }

    @Test("A run that is stopped does not wait for the person")
    func cancellation() async throws {
        let line = try PseudoTerminal()
        let terminal = Tau1Terminal(path: line.path)
        try await terminal.acquire(for: id())
        let waiting = Task { try await terminal.ask("?", for: id()) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        await terminal.release(by: id())
    }
}

/// The far end of a terminal: what is typed, and what is shown.
private struct PseudoTerminal: ~Copyable {
    private var master: Int32 = -1
    private var replica: Int32 = -1
    let path: String

    init() throws {
        var name = [CChar](repeating: 0, count: 128)
        guard openpty(&master, &replica, &name, nil, nil) == 0 else { throw ReferenceError.missing("pseudo terminal") }
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        close(master)
        close(replica)
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(write(master, bytes, bytes.count) == bytes.count)
    }

    func shown() -> String {
        var wanted = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while poll(&wanted, 1, 0) > 0, wanted.revents & Int16(POLLIN) != 0 {
            let count = read(master, &chunk, chunk.count)
            if count <= 0 { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
