import Datasets
import Evaluation
import Glibc
import JSON
import Synchronization
import Testing

@Suite struct DownloadTests {
    private static let content = String(repeating: "0123456789", count: 5000)

    private func file(sha256: String? = sha256Hex(Array(content.utf8))) -> HubFile {
        HubFile(path: "data/rows.jsonl", size: Self.content.utf8.count, sha256: sha256)
    }

    private func download(
        _ harness: HubHarness, _ file: HubFile, _ environment: [String: String] = [:]
    ) async throws -> String {
        try await harness.client(environment).download(
            file, of: HubRepository("owner/data"), at: HubHarness.commit, into: harness.directory.path + "/out")
    }

    /// The content from where a request wants it.
    private static func part(_ request: StubRequest, tag: String = "\"v1\"") -> StubAnswer {
        guard let start = request.rangeStart else { return StubAnswer(200, content, headers: [("ETag", tag)]) }
        let range = "bytes \(start)-\(content.utf8.count - 1)/\(content.utf8.count)"
        return StubAnswer(
            206, String(content.dropFirst(start)), headers: [("ETag", tag), ("Content-Range", range)])
    }

    @Test func goesThroughARedirectWithoutTheToken() async throws {
        let storage = try StubServer { request, _ in Self.part(request) }
        defer { storage.stop() }
        let harness = try HubHarness(token: "hf_x") { _, _ in
            StubAnswer(302, headers: [("Location", storage.url + "/blob?sig=1"), ("X-Linked-Etag", "\"v1\"")])
        }
        _ = try await download(harness, file())
        #expect(try harness.directory.read("out/data/rows.jsonl") == Self.content)
        #expect(harness.hub.requests.map { $0.headers["authorization"] } == ["Bearer hf_x"])
        #expect(storage.requests.map { $0.headers["authorization"] } == [nil])
        #expect(harness.hub.requests[0].path == "/datasets/owner/data/resolve/\(HubHarness.commit)/data/rows.jsonl")
    }

    @Test func goesOnWhereItBrokeOff() async throws {
        let harness = try HubHarness { request, number in
            var answer = Self.part(request)
            if number == 0 { answer.cutAfter = 12_345 }
            return answer
        }
        _ = try await download(harness, file())
        #expect(try harness.directory.read("out/data/rows.jsonl") == Self.content)
        #expect(harness.hub.requests.map(\.rangeStart) == [nil, 12_345])
        #expect(!harness.directory.has("out/data/rows.jsonl.part"))
    }

    @Test func goesOnInALaterProcess() async throws {
        let harness = try HubHarness { request, number in
            var answer = number < 7 ? Self.part(request) : Self.part(request)
            if number == 0 { answer.cutAfter = 100 } else if number < 7 { answer = StubAnswer(503) }
            return answer
        }
        _ = try await harness.error { _ = try await download(harness, file()) }
        #expect(harness.directory.has("out/data/rows.jsonl.part"))
        #expect(!harness.directory.has("out/data/rows.jsonl"))
        _ = try await download(harness, file())
        #expect(try harness.directory.read("out/data/rows.jsonl") == Self.content)
        #expect(harness.hub.requests.last?.rangeStart == 100)
    }

    @Test func beginsAgainWhenTheFileChanged() async throws {
        let harness = try HubHarness { request, number in
            var answer = Self.part(request, tag: number == 0 ? "\"v0\"" : "\"v1\"")
            if number == 0 { answer.cutAfter = 100 }
            return answer
        }
        _ = try await download(harness, file())
        #expect(harness.hub.requests.map(\.rangeStart) == [nil, 100, nil])
        #expect(try harness.directory.read("out/data/rows.jsonl") == Self.content)
    }

    @Test func takesAServerThatKnowsNoRanges() async throws {
        let harness = try HubHarness { _, number in
            var answer = StubAnswer(200, Self.content, headers: [("ETag", "\"v1\"")])
            if number == 0 { answer.cutAfter = 100 }
            return answer
        }
        _ = try await download(harness, file())
        #expect(try harness.directory.read("out/data/rows.jsonl") == Self.content)
    }

    @Test func keepsNothingThatHasTheWrongChecksum() async throws {
        let harness = try HubHarness { request, _ in Self.part(request) }
        let error = try await harness.error { _ = try await download(harness, file(sha256: sha256Hex([1]))) }
        #expect(error.message.contains("'data/rows.jsonl' of the data set 'owner/data'"))
        #expect(error.message.contains("the content has the checksum"))
        #expect(!harness.directory.has("out/data/rows.jsonl"))
        #expect(!harness.directory.has("out/data/rows.jsonl.part"))
    }

    @Test func beginsAgainWhenJoinedPiecesHaveTheWrongChecksum() async throws {
        let harness = try HubHarness { request, number in
            var answer = Self.part(request)
            if number == 0 {
                answer.body = Array(String(repeating: "x", count: Self.content.utf8.count).utf8)
                answer.cutAfter = 500
            }
            return answer
        }
        _ = try await download(harness, file())
        #expect(harness.hub.requests.map(\.rangeStart) == [nil, 500, nil])
        #expect(try harness.directory.read("out/data/rows.jsonl") == Self.content)
    }

    @Test func asksForNothingThatIsThere() async throws {
        let harness = try HubHarness { request, _ in Self.part(request) }
        _ = try await download(harness, file())
        _ = try await download(harness, file(), ["HF_HUB_OFFLINE": "1"])
        #expect(harness.hub.requests.count == 1)
    }

    @Test func waitsForTheProcessThatIsAtIt() async throws {
        let harness = try HubHarness { request, _ in Self.part(request) }
        try harness.directory.write("", to: "out/data/rows.jsonl.lock")
        let holder = Mutex(open(harness.directory.path + "/out/data/rows.jsonl.lock", O_RDWR))
        #expect(holder.withLock { flock($0, LOCK_EX) } == 0)
        var pace = HubPace()
        let path = harness.directory.path + "/out/data/rows.jsonl"
        let pauses = Atomic(0)
        pace.sleep = { _ in
            // The other process finishes the file while this one waits.
            pauses.add(1, ordering: .relaxed)
            holder.withLock { descriptor in
                let file = fopen(path, "w")
                fputs(Self.content, file)
                fclose(file)
                close(descriptor)
            }
        }
        let settings = HubSettings(environment: harness.environment(), baseDirectory: "/")
        let client = HubClient(http: harness.http, settings: settings, pace: pace)
        _ = try await client.download(
            file(), of: HubRepository("owner/data"), at: HubHarness.commit, into: harness.directory.path + "/out")
        #expect(pauses.load(ordering: .relaxed) == 1)
        #expect(harness.hub.requests.isEmpty)
    }

    @Test func refusesPathsThatClimb() async throws {
        let harness = try HubHarness { request, _ in Self.part(request) }
        let error = try await harness.error {
            _ = try await download(harness, HubFile(path: "../../evil", size: 1, sha256: nil))
        }
        #expect(error.message.contains("'../../evil'"))
        #expect(harness.hub.requests.isEmpty)
    }
}
