import Evaluation
import Glibc
import JSON
import MCP
import Testing

/// Servers that are programs, some of which are none.
@Suite struct ProgramTests {
    /// A server of a few lines: it greets, and answers calls with what `answer` prints for `$id`.
    private static func shell(_ answer: String) -> [String] {
        let script = """
            id() { echo "$1" | sed 's/.*"id":\\([0-9]*\\).*/\\1/'; }
            while read -r line; do
              case $line in
                *initialize\\"*) echo "{\\"jsonrpc\\":\\"2.0\\",\\"id\\":$(id "$line"),\\"result\\":{\\"protocolVersion\\":\\"2025-06-18\\"}}" ;;
                *notifications/*) ;;
                *) id=$(id "$line"); \(answer) ;;
              esac
            done
            """
        return ["/bin/sh", "-c", script]
    }

    private static let answering =
        #"echo "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}}""#

    @Test func aProgramIsSpokenWith() async throws {
        try await Sessions.program(Self.shell(Self.answering)).closing { session in
            let reply = try await session.call("x", arguments: [:])
            #expect(reply.text == "hi")
        }
    }

    @Test func whatItPrintsBesideMessagesIsPassedOver() async throws {
        try await Sessions.program(Self.shell("echo 'Starting up…'; echo; echo '{not a message}'; " + Self.answering))
            .closing { session in
                let reply = try await session.call("x", arguments: [:])
                #expect(reply.text == "hi")
            }
    }

    @Test func whatItPrintedIsInTheErrorOfASilentOne() async throws {
        let session = try Sessions.program(Self.shell("echo 'no such table'")) { $0.timeout = .milliseconds(500) }
        let error = try #require(await session.failure())
        await session.close()
        #expect(error.code == .toolServerTimeout)
        #expect(error.message.contains("it also sent what is no message: no such table"))
    }

    @Test func aMessageThatIsNoneEndsTheSession() async throws {
        let deep = #"printf '{"jsonrpc":"2.0","id":%s,"result":' "$id"; head -c 5000 /dev/zero | tr '\0' '['; echo"#
        let session = try Sessions.program(Self.shell(deep))
        let error = try #require(await session.failure())
        await session.close()
        #expect(error.code == .toolServerLost)
        #expect(error.message.contains("no JSON"))
    }

    @Test func anEndlessLineEnds() async throws {
        let session = try Sessions.program(Self.shell("tr '\\0' x </dev/zero")) { $0.timeout = .seconds(60) }
        let error = try #require(await session.failure())
        await session.close()
        #expect(error.code == .toolServerLost)
        #expect(error.message.contains("a line has more than the"))
    }

    @Test func aProgramThatIsNotThereIsNamed() async throws {
        let error = try #require(await (try Sessions.program(["no-such-mcp-server"])).failure())
        #expect(error.cause == .configuration)
        #expect(error.message.contains("the program cannot be started"))
        #expect(error.message.contains("no-such-mcp-server"))
    }

    @Test func itsLastWordsAreInTheError() async throws {
        let command = ["/bin/sh", "-c", "echo 'ModuleNotFoundError: No module named x, key s3cret-value' >&2; exit 7"]
        let session = try Sessions.program(command, environment: ["KEY": "s3cret-value"])
        let error = try #require(await session.failure())
        await session.close()
        #expect(error.message.contains("the program ended with status 7; it last wrote: ModuleNotFoundError"))
        #expect(!error.message.contains("s3cret"))
    }

    @Test func itEndsWithTheSessionAndWhatItStartedToo() async throws {
        let answer =
            #"sleep 1000 & echo "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"$$ $!\"}]}}""#
        let session = try Sessions.program(Self.shell(answer))
        let reply = try await session.call("x", arguments: [:])
        let processes = reply.text.split(separator: " ").compactMap { Int32($0) }
        #expect(processes.count == 2)
        #expect(processes.allSatisfy { kill($0, 0) == 0 })
        await session.close()
        // The kernel takes a moment to carry out what it was told.
        for _ in 0..<1000 where processes.contains(where: isRunning) { try await Task.sleep(for: .milliseconds(1)) }
        #expect(processes.allSatisfy { !isRunning($0) })
    }

    /// Whether a process runs; one that is dead and not yet buried does not.
    private func isRunning(_ process: Int32) -> Bool {
        guard let stream = fopen("/proc/\(process)/stat", "r") else { return false }
        defer { fclose(stream) }
        var buffer = [CChar](repeating: 0, count: 512)
        guard fgets(&buffer, Int32(buffer.count), stream) != nil else { return false }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.split(separator: ")").last?.split(separator: " ").first.map { $0 != "Z" && $0 != "X" } ?? false
    }
}
