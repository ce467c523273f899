import Glibc
import Testing

@testable import Transport

@Suite(
    .timeLimit(.minutes(1)),
    .enabled(if: TLSServer.program != nil, "the openssl program, which plays the TLS server, is not installed"))
struct TLSTests {
    @Test func trustsAServerOnlyByItsAuthority() async throws {
        let server = try TLSServer()
        let client = makeClient()
        var request = HTTPRequest(url: server.url)
        let error = await expectFailure(.tlsFailed) { try await client.send(request) }
        #expect(error?.isRetryable == false)
        request.caFile = server.certificatePath
        let answer = try await client.send(request)
        #expect(answer.status == 200)
        #expect(answer.timing.connect > .zero)
        request.url = server.url.replacing("127.0.0.1", with: "localhost")
        await expectFailure(.tlsFailed) { try await client.send(request) }
    }

    @Test func trustsTheAuthoritiesOfTheConfiguration() async throws {
        let server = try TLSServer()
        let client = makeClient { $0.caFile = server.certificatePath }
        #expect(try await client.send(HTTPRequest(url: server.url)).status == 200)
    }

    @Test func trustsTheAuthoritiesOfTheEnvironment() async {
        await #expect(processExitsWith: .success) {
            let server = try TLSServer()
            setVariable("SSL_CERT_FILE", server.certificatePath)
            #expect(try await makeClient().send(HTTPRequest(url: server.url)).status == 200)
        }
    }
}

/// The openssl program as an HTTPS server with a certificate of its own for 127.0.0.1.
final class TLSServer: Sendable {
    static let program: String? = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first { (path: String) in
        access(path, X_OK) == 0
    }

    let certificatePath: String
    let url: String
    private let keyPath: String
    private let process: pid_t
    private let output: Int32

    init() throws {
        let name = "/tmp/gage-transport-\(UInt64.random(in: 0 ... .max))"
        (certificatePath, keyPath) = (name + ".pem", name + ".key")
        let made = try Self.start([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", keyPath, "-out",
            certificatePath,
        ])
        var status: Int32 = 0
        waitpid(made.process, &status, 0)
        close(made.output)
        guard status == 0 else { throw SystemFailure() }
        (process, output) = try Self.start([
            "s_server", "-accept", "127.0.0.1:0", "-www", "-key", keyPath, "-cert", certificatePath,
        ])
        url = "https://127.0.0.1:\(try Self.readPort(output))/"
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        close(output)
        unlink(certificatePath)
        unlink(keyPath)
    }

    /// Reads the line `ACCEPT 127.0.0.1:PORT`.
    private static func readPort(_ output: Int32) throws -> UInt16 {
        var text = ""
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1 {
            text.unicodeScalars.append(Unicode.Scalar(byte))
            if byte == UInt8(ascii: "\n") {
                if text.hasPrefix("ACCEPT"), let port = text.split(separator: ":").last?.dropLast() {
                    if let port = UInt16(port) { return port }
                }
                text = ""
            }
        }
        throw SystemFailure()
    }

    private static func start(_ arguments: [String]) throws -> (process: pid_t, output: Int32) {
        guard let program else { throw SystemFailure() }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SystemFailure() }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var pointers: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        var process = pid_t()
        let result = posix_spawn(&process, program, &actions, nil, pointers, environ)
        close(ends[1])
        guard result == 0 else { throw SystemFailure() }
        return (process, ends[0])
    }
}
