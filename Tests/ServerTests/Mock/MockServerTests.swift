import Evaluation
import Glibc
import JSON
import Models
import Server
import Testing
import Transport

@Suite struct MockServerTests {
    private static let client: HTTPClient = {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .direct
        return HTTPClient(configuration: configuration)
    }()

    private func get(_ url: String) async throws -> (status: Int, body: JSONValue) {
        let response = try await Self.client.send(HTTPRequest(url: url))
        return (response.status, try JSONValue.parse(bytes: response.body))
    }

    private func ask(
        _ baseURL: String, _ body: JSONValue, headers: [HTTPHeader] = []
    ) async throws -> HTTPResponse {
        try await Self.client.send(
            HTTPRequest(
                method: "POST", url: baseURL + "/chat/completions",
                headers: [HTTPHeader(name: "Content-Type", value: "application/json")] + headers, body: body.bytes()))
    }

    private func text(
        _ baseURL: String, _ body: JSONValue, _ headers: [HTTPHeader] = []
    ) async throws -> JSONValue? {
        try JSONValue.parse(bytes: try await ask(baseURL, body, headers: headers).body)
            .at("choices[0].message.content")
    }

    private let question: JSONValue = ["model": "mock", "messages": [["role": "user", "content": "ping"]]]

    @Test func itListensOnAFreePortOfThisMachineAndSaysWhich() async throws {
        let server = MockServer(brain: EchoBrain())
        try await server.withRunningServer { first in
            #expect(first.hasPrefix("http://127.0.0.1:") && first.hasSuffix("/v1"))
            try await MockServer(brain: EchoBrain()).withRunningServer { second in #expect(first != second) }
        }
    }

    @Test func healthModelsAndRequestsAreServed() async throws {
        var configuration = MockConfiguration()
        configuration.models = ["a", "b"]
        configuration.keptRequests = 2
        try await MockServer(configuration: configuration, brain: EchoBrain()).withRunningServer { baseURL in
            let root = String(baseURL.dropLast(3))
            #expect(try await get(root + "/health").body == ["status": "ok"])
            let models = try await get(baseURL + "/models").body["data"]?.arrayValue
            #expect(models?.compactMap { $0["id"]?.stringValue } == ["a", "b"])
            for number in 0..<3 {
                var body = question
                body["seed"] = JSONValue(number)
                let key = HTTPHeader(name: "Authorization", value: "Bearer sk-secret")
                #expect(try await ask(baseURL, body, headers: [key]).status == 200)
            }
            let seen = try await get(root + "/requests").body
            #expect(seen["count"] == 3)
            #expect(seen["requests"]?.arrayValue?.compactMap { $0.at("body.seed")?.intValue } == [1, 2])
            #expect(!seen.text().contains("sk-secret"))
            #expect(try await Self.client.send(HTTPRequest(url: root + "/nothing")).status == 404)
        }
    }

    @Test func aCompletionHasTheProtocolsShapeAndTheSameQuestionTheSameUsage() async throws {
        try await MockServer(brain: EchoBrain()).withRunningServer { baseURL in
            let first = try JSONValue.parse(bytes: try await ask(baseURL, question).body)
            #expect(first["object"] == "chat.completion")
            #expect(first.at("choices[0].message.content") == "ping")
            #expect(first.at("choices[0].finish_reason") == "stop")
            let second = try JSONValue.parse(bytes: try await ask(baseURL, question).body)
            #expect(second["usage"] == first["usage"])
            #expect(first.at("usage.total_tokens") == 4)
        }
    }

    @Test func aStreamIsEventsWithUsageOnRequestAndDone() async throws {
        try await MockServer(brain: EchoBrain()).withRunningServer { baseURL in
            var body = question
            body["stream"] = true
            let plain = String(decoding: try await ask(baseURL, body).body, as: UTF8.self)
            #expect(plain.hasPrefix("data: {") && plain.hasSuffix("data: [DONE]\n\n"))
            #expect(!plain.contains("usage"))
            body["stream_options"] = ["include_usage": true]
            let response = try await ask(baseURL, body)
            #expect(response.headers.first("content-type") == "text/event-stream")
            #expect(String(decoding: response.body, as: UTF8.self).contains("\"usage\""))
        }
    }

    @Test(arguments: ["", "[]", "{}", #"{"messages":[]}"#, #"{"model":"m","messages":[{"role":"king"}]}"#])
    func whatIsNoRequestIsABadRequest(body: String) async throws {
        try await MockServer(brain: EchoBrain()).withRunningServer { baseURL in
            let response = try await Self.client.send(
                HTTPRequest(method: "POST", url: baseURL + "/chat/completions", body: Array(body.utf8)))
            #expect(response.status == 400)
            #expect(try JSONValue.parse(bytes: response.body).at("error.code") == "invalid_request")
        }
    }

    @Test func aScriptAnswersByTheEpisodeInTheHeaders() async throws {
        let script = try Script(json: [
            "replies": ["first", "second"],
            "episodes": [["sample": "ü 1", "purpose": "user", "replies": ["mine", "mine too"]]],
        ])
        let context = CallContext(
            episode: EpisodeID(task: "t", sample: "ü 1", trial: 0), purpose: "user", index: 1)
        let headers = EpisodeHeaders(context).fields.map { HTTPHeader(name: $0.name, value: $0.value) }
        try await MockServer(brain: script).withRunningServer { baseURL in
            let (named, nameless) = (try await text(baseURL, question, headers), try await text(baseURL, question))
            #expect(named == "mine too" && nameless == "first")
            // Without headers the conversation tells how far it is.
            var later = question
            later["messages"] = [
                ["role": "user", "content": "a"], ["role": "assistant", "content": "b"],
                ["role": "user", "content": "c"],
            ]
            let second = try await text(baseURL, later)
            #expect(second == "second")
        }
    }

    @Test func anExhaustedScriptIsARefusalThatIsNotRetried() async throws {
        try await MockServer(brain: try Script(json: [])).withRunningServer { baseURL in
            let response = try await ask(baseURL, question)
            #expect(response.status == 422)
            #expect(try JSONValue.parse(bytes: response.body).at("error.code") == "script_exhausted")
        }
    }

    @Test func aBrainOfOnesOwnSeesTheWholeRequest() async throws {
        struct Inspector: MockBrain {
            func reply(to request: MockRequest) async -> MockReply {
                MockReply(
                    "\(request.model) \(request.tools.map(\.name)) \(request.parameters["seed"]?.intValue ?? -1) "
                        + "\(request.headers["x-probe"] ?? "none")")
            }
        }
        try await MockServer(brain: Inspector()).withRunningServer { baseURL in
            var body = question
            body["tools"] = [["type": "function", "function": ["name": "f"]]]
            body["seed"] = 9
            let probe = HTTPHeader(name: "X-Probe", value: "yes")
            let response = try JSONValue.parse(bytes: try await ask(baseURL, body, headers: [probe]).body)
            #expect(response.at("choices[0].message.content") == #"mock ["f"] 9 yes"#)
        }
    }

    @Test func faultsStrikeOnScheduleAndAreCounted() async throws {
        var configuration = MockConfiguration()
        configuration.faults = [MockFault(.rateLimit, .every(2)), MockFault(.serverError, .every(3))]
        let server = MockServer(configuration: configuration, brain: EchoBrain())
        try await server.withRunningServer { baseURL in
            var statuses: [Int] = []
            for _ in 0..<6 { statuses.append(try await ask(baseURL, question).status) }
            #expect(statuses == [200, 429, 500, 429, 200, 429])
        }
        #expect(server.statistics.faults == [.rateLimit: 3, .serverError: 1])
        #expect(server.statistics.requests == 6 && server.statistics.inFlight == 0)
    }

    @Test func aShareOfFaultsFollowsFromTheSeed() async throws {
        func statuses(seed: UInt64) async throws -> [Int] {
            var configuration = MockConfiguration()
            configuration.faults = [MockFault(.serverError, .share(0.5))]
            configuration.seed = seed
            return try await MockServer(configuration: configuration, brain: EchoBrain()).withRunningServer { baseURL in
                var statuses: [Int] = []
                for _ in 0..<30 { statuses.append(try await ask(baseURL, question).status) }
                return statuses
            }
        }
        let first = try await statuses(seed: 1)
        #expect(Set(first) == [200, 500])
        #expect(try await statuses(seed: 1) == first)
        #expect(try await statuses(seed: 2) != first)
    }

    @Test func latencyDelaysTheAnswer() async throws {
        var configuration = MockConfiguration()
        configuration.latencyMilliseconds = 30
        configuration.jitterMilliseconds = 10
        try await MockServer(configuration: configuration, brain: EchoBrain()).withRunningServer { baseURL in
            let response = try await ask(baseURL, question)
            #expect(response.timing.total >= .milliseconds(30))
        }
    }

    @Test func aServerEndsWithHangingRequestsToo() async throws {
        var configuration = MockConfiguration()
        configuration.faults = [MockFault(.hang, .every(1))]
        let server = MockServer(configuration: configuration, brain: EchoBrain())
        let task = Mutexed<Task<Void, any Error>?>(nil)
        try await server.withRunningServer { baseURL in
            let pending = Task { _ = try await ask(baseURL, question) }
            task.set(pending)
            while server.statistics.requests == 0 { try await Task.sleep(for: .milliseconds(1)) }
        }
        let result = await task.get()?.result
        #expect(throws: HTTPError.self) { try result?.get() }
    }

    @Test func aSignalEndsItOnceWhatIsAskedIsAnswered() async {
        await #expect(processExitsWith: .success) {
            var configuration = MockConfiguration()
            configuration.latencyMilliseconds = 100
            let server = MockServer(configuration: configuration, brain: EchoBrain())
            let answer = Mutexed<Task<Int, any Error>?>(nil)
            try await server.run { baseURL in
                answer.set(Task { try await MockServerTests().ask(baseURL, MockServerTests().question).status })
                Task {
                    while server.statistics.requests == 0 { try await Task.sleep(for: .milliseconds(1)) }
                    kill(getpid(), SIGTERM)
                }
            }
            #expect(try await answer.get()?.value == 200)
        }
    }

    @Test func whatTheBodyThrowsIsThrown() async throws {
        struct Mine: Error {}
        await #expect(throws: Mine.self) {
            try await MockServer(brain: EchoBrain()).withRunningServer { _ in throw Mine() }
        }
    }

    @Test func anAddressThatIsTakenIsAnError() async throws {
        try await MockServer(brain: EchoBrain()).withRunningServer { baseURL in
            var configuration = MockConfiguration()
            configuration.port = Int(baseURL.dropLast(3).split(separator: ":").last ?? "") ?? 0
            await #expect(throws: (any Error).self) {
                try await MockServer(configuration: configuration, brain: EchoBrain()).withRunningServer { _ in }
            }
        }
    }

    @Test(arguments: [
        ("rate_limit/7", MockFault(.rateLimit, .every(7))), ("reset/0.05", MockFault(.reset, .share(0.05))),
        ("hang/1", MockFault(.hang, .every(1))),
    ])
    func faultsAreReadFromText(text: String, fault: MockFault) throws {
        #expect(try MockFault(text) == fault)
    }

    @Test(arguments: ["", "reset", "resett/2", "reset/0", "reset/1.5", "reset/-1", "reset/2/3"])
    func faultsThatCannotBeReadAreRefused(text: String) {
        #expect(throws: EvaluationError.self) { try MockFault(text) }
    }
}
