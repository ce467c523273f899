import Datasets
import Evaluation
import Testing

@Suite struct HubRequestTests {
    private let secret = "hf_SecretSecretSecret"

    @Test func findsTheCommitOfABranchWithTheToken() async throws {
        let harness = try HubHarness(token: secret) { request, _ in StubHub().answer(request) }
        let commit = try await harness.client().commit(of: HubRepository("owner/data"), revision: "main")
        #expect(commit == HubHarness.commit)
        #expect(harness.hub.requests.map { $0.headers["authorization"] } == ["Bearer \(secret)"])
    }

    @Test func listsFilesOverSeveralPages() async throws {
        let harness = try HubHarness { request, number in
            guard number == 0 else {
                return StubAnswer(
                    200, "[{\"type\":\"file\",\"path\":\"b.json\",\"size\":3,\"lfs\":{\"oid\":\"ab\",\"size\":3}}]")
            }
            let next = "<\(request.path)?recursive=true&cursor=2>; rel=\"next\""
            return StubAnswer(
                200, "[{\"type\":\"directory\",\"path\":\"d\"},{\"type\":\"file\",\"path\":\"a\",\"size\":1}]",
                headers: [("Link", next)])
        }
        let files = try await harness.client().files(of: HubRepository("owner/data"), at: HubHarness.commit)
        #expect(files.map(\.path) == ["a", "b.json"])
        #expect(files.map(\.sha256) == [nil, "ab"])
        #expect(harness.hub.requests.last?.query("cursor") == "2")
    }

    @Test func waitsAsLongAsTheServerAsks() async throws {
        let harness = try HubHarness { request, number in
            switch number {
            case 0: StubAnswer(429, headers: [("Retry-After", "7")])
            case 1: StubAnswer(429, headers: [("RateLimit", "\"api\";r=0;t=11")])
            default: StubHub().answer(request)
            }
        }
        _ = try await harness.client().commit(of: HubRepository("owner/data"), revision: "main")
        #expect(harness.waits == [.seconds(7), .seconds(11)])
    }

    @Test func triesAgainAfterFailuresAndGivesUpInTheEnd() async throws {
        let harness = try HubHarness { request, number in
            number < 2 ? StubAnswer(500) : number == 2 ? StubHub().answer(request) : StubAnswer(503)
        }
        let repository = try HubRepository("owner/data")
        _ = try await harness.client().commit(of: repository, revision: "main")
        #expect(harness.waits.count == 2)
        let error = try await harness.error {
            _ = try await harness.client().commit(of: repository, revision: "main")
        }
        #expect(error.cause == .provider)
        #expect(error.message == "the data set 'owner/data' at 'main': the server failed (503)")
        #expect(harness.hub.requests.count == 3 + 6)
    }

    @Test func doesNotWaitForAnHour() async throws {
        let harness = try HubHarness { _, _ in StubAnswer(429, headers: [("Retry-After", "3600")]) }
        let error = try await harness.error {
            _ = try await harness.client().commit(of: HubRepository("owner/data"), revision: "main")
        }
        #expect(error.retry == .after(.seconds(3600)))
        #expect(harness.waits.isEmpty)
    }

    @Test(
        arguments: [
            (401, "GatedRepo", false, "needs a token, and there is none (401)", "set HF_TOKEN"),
            (401, "", true, "the token from HF_TOKEN was refused (401)", "check that the token is valid"),
            (403, "GatedRepo", true, "is gated, and the token has no access to it (403)", "accept its terms at"),
            (404, "RevisionNotFound", false, "has no such revision", "check the name"),
            (422, "", false, "the server did not accept the request (422)", "check the subset"),
            (451, "", false, "the server answered with status 451", ""),
        ] as [(Int, String, Bool, String, String)])
    func saysWhatToDoWhenRefused(
        status: Int, code: String, hasToken: Bool, message: String, advice: String
    ) async throws {
        let harness = try HubHarness(token: hasToken ? secret : nil) { request, _ in
            StubAnswer(
                status, "{\"error\":\"no: \(request.headers["authorization"] ?? "")\"}",
                headers: [("X-Error-Code", code)])
        }
        let error = try await harness.error {
            _ = try await harness.client().commit(of: HubRepository("owner/data"), revision: "main")
        }
        #expect(error.message.contains(message))
        #expect((error.advice ?? "").contains(advice))
        #expect(error.cause == .configuration)
        #expect(!"\(error)".contains("hf_Secret"))
        #expect(harness.hub.requests.count == 1)
    }

    @Test func neverGoesOutWhenOffline() async throws {
        let harness = try HubHarness { request, _ in StubHub().answer(request) }
        let error = try await harness.error {
            _ = try await harness.client(["HF_HUB_OFFLINE": "1"]).commit(
                of: HubRepository("owner/data"), revision: "main")
        }
        #expect(error.message.hasSuffix("is not in the cache, and HF_HUB_OFFLINE is set"))
        #expect(harness.hub.requests.isEmpty)
    }

    @Test(arguments: ["", "a/b/c", "../x", "owner/", "owner/na me", ".hidden/x", "owner/a..b"])
    func refusesNamesThatCouldLeadElsewhere(name: String) {
        #expect(throws: EvaluationError.self) { try HubRepository(name) }
    }

    @Test func looksForTheTokenInTheUsualOrder() throws {
        let directory = try TemporaryDirectory()
        try directory.write("from-path\n", to: "path-token")
        try directory.write("from-home", to: "home/token")
        try directory.write("from-cache", to: ".cache/huggingface/token")
        var environment = [
            "HF_TOKEN": " first ", "HUGGINGFACEHUB_API_TOKEN": "second",
            "HF_TOKEN_PATH": directory.path + "/path-token", "HF_HOME": directory.path + "/home",
            "HOME": directory.path,
        ]
        func origin() -> String? { HubSettings(environment: environment, baseDirectory: "/").token?.origin }
        var origins = [origin()]
        for name in ["HF_TOKEN", "HUGGINGFACEHUB_API_TOKEN", "HF_TOKEN_PATH", "HF_HOME", "HOME"] {
            environment[name] = nil
            origins.append(origin())
        }
        let files = ["/path-token", "/home/token", "/.cache/huggingface/token"].map { directory.path + $0 }
        #expect(origins == ["HF_TOKEN", "HUGGINGFACEHUB_API_TOKEN", files[0], files[1], files[2], nil])
    }

    @Test func printsNoToken() throws {
        let token = try #require(HubToken(secret, origin: "HF_TOKEN"))
        #expect("\(token) \(String(reflecting: token))" == "*** ***")
    }
}
