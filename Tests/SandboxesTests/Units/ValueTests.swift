import Evaluation
import JSON
import Testing

@testable import Sandboxes

@Suite struct ValueTests {
    @Test(arguments: [
        ("debian", "docker.io", "debian:latest"),
        ("jefzda/sweap-images:a.b-1", "docker.io", "jefzda/sweap-images:a.b-1"),
        ("localhost:5000/a/b", "localhost:5000", "localhost:5000/a/b:latest"),
        ("ghcr.io/a/b@sha256:00", "ghcr.io", "ghcr.io/a/b@sha256:00"),
    ])
    func readsImageNames(text: String, registry: String, whole: String) throws {
        let reference = try #require(ImageReference(text))
        #expect(reference.registry == registry)
        #expect(reference.description == whole)
    }

    @Test func refusesWhatIsNoImageName() {
        #expect(ImageReference("") == nil)
        #expect(ImageReference("a b") == nil)
    }

    @Test(arguments: [
        ("toomanyrequests: You have reached your pull rate limit", DockerError.Code.rateLimited),
        ("manifest for a:b not found: manifest unknown: manifest unknown", .imageMissing),
        ("pull access denied for x, repository does not exist or may require 'docker login'", .imageMissing),
        ("no matching manifest for linux/arm64 in the manifest list entries", .platform),
        ("Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io: no such host", .pullFailed),
        ("unauthorized: authentication required", .pullFailed),
    ])
    func tellsWhyAPullFailed(message: String, code: DockerError.Code) {
        #expect(DockerClient.pullError(message, "x").code == code)
    }

    @Test(arguments: DockerError.Code.allCases)
    func givesEveryFailureACause(code: DockerError.Code) {
        let error = DockerError(code, "what").asEvaluationError
        #expect(error.cause == (code == .unsupportedHost ? .configuration : .sandbox))
        #expect(error.code.rawValue.hasPrefix("sandbox."))
    }

    @Test(arguments: [
        ("4g", 4 << 30), ("512m", 512 << 20), ("1.5GiB", 3 << 29), ("100", 100), ("2 kb", 2048), ("0", 0),
    ])
    func readsNumbersOfBytes(text: String, bytes: Int) {
        #expect(ByteCount(text)?.bytes == bytes)
    }

    @Test(arguments: ["", "g", "-1", "4x", "1e30g", "nan"])
    func refusesWhatIsNoNumberOfBytes(text: String) {
        #expect(ByteCount(text) == nil)
    }

    @Test(arguments: [
        (#"-c 'sleep 3600'"#, ["-c", "sleep 3600"]), (#"a "b \"c\"" d\ e ''"#, ["a", #"b "c""#, "d e", ""]),
        (#""a\nb""#, [#"a\nb"#]), ("", []),
    ])
    func splitsCommandsAsAShellDoes(text: String, words: [String]) {
        #expect(CommandText.split(text) == words)
    }

    @Test func refusesCommandsWithOpenQuotes() {
        #expect(CommandText.split("a 'b") == nil)
        #expect(CommandText.split("a\\") == nil)
    }

    @Test func putsPortsInPlaceOfThoseThatTheProfileWrites() {
        let map = EndpointMap(
            written: [
                .init(containerPort: 5001), .init(containerPort: 80, hostPort: 8080),
                .init(containerPort: 90, hostPort: 9000),
            ], hostPorts: [5001: 49155, 80: 8080, 90: 49156])
        #expect(map.outer("http://127.0.0.1:5001/mcp?x=1") == "http://127.0.0.1:49155/mcp?x=1")
        #expect(map.inner("http://127.0.0.1:5001/mcp") == "http://127.0.0.1:5001/mcp")
        #expect(map.outer("http://127.0.0.1:8080") == "http://127.0.0.1:8080")
        #expect(map.inner("http://127.0.0.1:8080") == "http://127.0.0.1:80")
        #expect(map.outer("http://127.0.0.1:9000/x") == "http://127.0.0.1:49156/x")
        #expect(map.inner("http://127.0.0.1:9000/x") == "http://127.0.0.1:90/x")
        #expect(map.outer("no address") == "no address")
    }

    @Test(arguments: [
        (["DOCKER_HOST": "tcp://box:2376"], DockerHost.tcp(authority: "box:2376")),
        (["DOCKER_HOST": "tcp://box"], .tcp(authority: "box:2375")),
        (["DOCKER_HOST": "unix:///run/x.sock"], .unix(path: "/run/x.sock")),
        ([:], .unix(path: "/var/run/docker.sock")),
    ])
    func findsTheEngine(environment: [String: String], host: DockerHost) throws {
        #expect(try DockerHost.fromEnvironment(environment) == host)
    }

    @Test func readsTheLoginsOfRegistries() async throws {
        let configuration: JSONValue = [
            "auths": [
                "https://index.docker.io/v1/": ["auth": .string(Base64.encode(Array("me:pass:word".utf8)))],
                "ghcr.io": ["identitytoken": "t"],
            ]
        ]
        let credentials = RegistryCredentials(configuration: configuration)
        let hub = try #require(await credentials.header(for: "docker.io").flatMap(Base64.decode))
        #expect(try JSONValue.parse(bytes: hub)["password"]?.stringValue == "pass:word")
        let other = try #require(await credentials.header(for: "ghcr.io").flatMap(Base64.decode))
        #expect(try JSONValue.parse(bytes: other)["identitytoken"]?.stringValue == "t")
        #expect(await credentials.header(for: "quay.io") == nil)
    }
}
