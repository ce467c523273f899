import Evaluation
import Glibc
import JSON
import Server
import Storage
import Testing
import Transport

@Suite("Pages of the viewer")
struct ViewerPageTests {
    private static let failure = EvaluationError(.providerTimeout, "no answer came in time", cause: .provider)

    /// Two runs over the same samples, the second a little better.
    private static func viewer(_ body: (ViewerHarness) async throws -> Void) async throws {
        try await ViewerHarness.run(
            { directory in
                try await ViewedRun.make(
                    "first", in: directory,
                    [
                        ViewedRun.episode(
                            "s0", "I cancelled it",
                            tool: ("cancel_order", ["order_id": "#W1"], "{\"status\": \"cancelled\"}")),
                        ViewedRun.episode("s1", "No refund for you", score: 0),
                        ViewedRun.episode("s2", "", outcome: .errored(failure)),
                        ViewedRun.episode("s3", "A fern was sent"),
                        ViewedRun.episode("s4", "A refund was paid", score: 0.5),
                    ])
                try await ViewedRun.make(
                    "second", in: directory,
                    [ViewedRun.episode("s0", "I cancelled it too", score: 0), ViewedRun.episode("s1", "A refund came")])
            }, body)
    }

    @Test("the table of runs has every run, can be searched and sorted, and says how each came out")
    func runs() async throws {
        try await Self.viewer { viewer in
            let page = try await viewer.get("/").text
            #expect(page.contains("the first run") && page.contains("the second run") && page.contains("a-model"))
            let found = try await viewer.get("/?q=second").text
            #expect(!found.contains("the first run") && found.contains("the second run"))
            #expect(try await viewer.get("/?status=failed").text.contains("No run is like that"))
            let ascending = try await viewer.get("/?sort=name&desc=0").text
            let first = try #require(ascending.firstRange(of: "the first run"))
            let second = try #require(ascending.firstRange(of: "the second run"))
            #expect(first.lowerBound < second.lowerBound)
        }
    }

    @Test("a run's page lists its episodes, filtered and searched")
    func run() async throws {
        try await Self.viewer { viewer in
            let page = try await viewer.get("/run/first").text
            for sample in ["s0", "s1", "s2", "s3", "s4"] { #expect(page.contains("/episode/shop/\(sample)/0")) }
            #expect(page.contains("errored: provider"))
            #expect(page.contains("no answer came in time"))
            let filtered = try await viewer.get("/run/first?where=score(reward)%20%3C%201").text
            #expect(filtered.contains("/episode/shop/s1/0") && filtered.contains("/episode/shop/s4/0"))
            #expect(!filtered.contains("/episode/shop/s0/0") && filtered.contains("2 episodes"))
            let found = try await viewer.get("/run/first?q=refund+paid").text
            #expect(found.contains("/episode/shop/s4/0") && !found.contains("/episode/shop/s1/0"))
            let wrong = try await viewer.get("/run/first?where=outcom%20%3D%20errored")
            #expect(wrong.status == 400)
            #expect(wrong.text.contains("did you mean &#39;outcome&#39;?"))
            #expect(try await viewer.get("/run/first?after=nonsense").status == 200)
        }
    }

    @Test("an episode's page has its transcript, and leads to its neighbours within the list")
    func episode() async throws {
        try await Self.viewer { viewer in
            let page = try await viewer.get("/run/first/episode/shop/s1/0?where=failed").text
            #expect(page.contains("No refund for you") && page.contains("id=\"m1\""))
            #expect(page.contains("href=\"/run/first/episode/shop/s2/0?where=failed\" data-go=\"next-failure\""))
            #expect(page.contains("href=\"/run/first/episode/shop/s2/0?where=failed\" data-go=\"next\""))
            #expect(!page.contains("data-go=\"prev\""))
            let all = try await viewer.get("/run/first/episode/shop/s2/0").text
            #expect(all.contains("href=\"/run/first/episode/shop/s3/0\" data-go=\"next\""))
            #expect(all.contains("href=\"/run/first/episode/shop/s4/0\" data-go=\"next-failure\""))
            #expect(all.contains("href=\"/run/first/episode/shop/s1/0\" data-go=\"prev-failure\""))
            let tools = try await viewer.get("/run/first/episode/shop/s0/0").text
            #expect(tools.contains("cancel_order") && tools.contains("<details") && tools.contains("#W1"))
        }
    }

    @Test("two runs are compared by what changed, and side by side")
    func compare() async throws {
        try await Self.viewer { viewer in
            let page = try await viewer.get("/compare?a=first&b=second").text
            #expect(page.contains("sample=s0") && page.contains("sample=s1"))
            let lost = try await viewer.get("/compare?a=first&b=second&show=lost").text
            #expect(lost.contains("sample=s0") && !lost.contains("sample=s1"))
            let gained = try await viewer.get("/compare?a=first&b=second&show=gained").text
            #expect(!gained.contains("sample=s0") && gained.contains("sample=s1"))
            let both = try await viewer.get("/compare?a=first&b=second&task=shop&sample=s0&trial=0").text
            #expect(both.contains("I cancelled it too") && both.contains("id=\"a-m1\"") && both.contains("id=\"b-m1\""))
            let onlyOne = try await viewer.get("/compare?a=first&b=second&task=shop&sample=s4&trial=0").text
            #expect(onlyOne.contains("This run has no such episode"))
            #expect(try await viewer.get("/compare?a=first").status == 400)
        }
    }

    @Test("annotations are made by a form and shown with who and why")
    func annotate() async throws {
        try await Self.viewer { viewer in
            let path = "/run/first/episode/shop/s1/0"
            let field = try await viewer.get(path).text.firstMatch(of: /name="form" value="([0-9a-f]+)"/)
            let key = try #require(field?.1)
            let verdict = "form=\(key)&kind=verdict&value=pass&author=ada&reason=the+policy+allows+%3Cit%3E"
            #expect(try await viewer.post(path, verdict).status == 303)
            #expect(try await viewer.post(path, "form=\(key)&kind=tag&value=to+look+at&author=ada").status == 303)
            let page = try await viewer.get(path).text
            #expect(page.contains("the policy allows &lt;it&gt;") && page.contains("to look at"))
            let list = try await viewer.get("/run/first?where=tag%20%3D%20%22to%20look%20at%22").text
            #expect(list.contains("/episode/shop/s1/0") && list.contains("amended"))
            let refused = try await viewer.post(path, "form=\(key)&kind=verdict&value=pass&author=ada")
            #expect(refused.status == 400)
            #expect(refused.text.contains("reason"))
        }
    }

    @Test("a run that goes on tells its page when something is new, and that it ended")
    func live() async throws {
        try await ViewerHarness.run({ _ in }) { viewer in
            #expect(try await viewer.get("/").text.contains("no run in this directory yet"))
            let writer = try #require(
                try await ViewedRun.make("live", in: viewer.directory, [ViewedRun.episode("s0")], isFinished: false))
            let cookie = HTTPHeader(name: "Cookie", value: viewer.cookie)
            let stream = try await ViewerHarness.client.stream(
                HTTPRequest(method: "GET", url: viewer.baseURL + "/events/live", headers: [cookie]))
            var kinds: [String] = []
            for try await event in stream.serverSentEvents {
                kinds.append(event.event)
                let data = try JSONValue.parse(event.data)
                #expect(data["indexed"]?.intValue == 1)
            }
            // No process holds the run's lock, so what is there is all that will come.
            #expect(kinds == ["change", "end"])
            try await writer.commit(ViewedRun.episode("s1", "later words"), at: EpisodePosition(task: 0, sample: 1))
            #expect(try await viewer.get("/run/live?q=later").text.contains("/episode/shop/s1/0"))
            try await writer.close()
        }
    }

    @Test("a viewer of one run's own directory shows that run")
    func single() async throws {
        try await Self.viewer { outer in
            var configuration = ViewerConfiguration(
                directory: outer.directory + "/first", cacheDirectory: outer.directory + "/.cache")
            configuration.author = "ada"
            try await ViewerServer(configuration).withRunningServer { url in
                let answer = try await ViewerHarness.client.send(HTTPRequest(url: url))
                let cookie = String((answer.headers["Set-Cookie"] ?? "").prefix { $0 != ";" })
                let base = String(url.prefix { $0 != "?" }.dropLast())
                let page = try await ViewerHarness.client.send(
                    HTTPRequest(
                        method: "GET", url: base + "/run/first", headers: [HTTPHeader(name: "Cookie", value: cookie)]))
                #expect(page.status == 200)
            }
        }
    }

    @Test(
        "what is not there is a page that says so",
        arguments: [
            "/run/none", "/run/~..", "/run/%2e%2e%2ffirst", "/run/first/episode/shop/none/0",
            "/run/first/episode/shop/s0/-1", "/run/first/episode/shop/s0/x", "/nowhere", "/assets/none.css",
            "/api/none", "/events/none", "/compare?a=first&b=none",
        ])
    func missing(_ path: String) async throws {
        try await Self.viewer { viewer in
            let answer = try await viewer.get(path)
            #expect(answer.status == 404, "\(path)")
            #expect(answer.text.contains("<h1>"))
        }
    }

    @Test("JSON has what the pages show")
    func json() async throws {
        try await Self.viewer { viewer in
            #expect(try await viewer.get("/api/runs").json["runs"]?.arrayValue?.count == 2)
            let run = try await viewer.get("/api/run/first").json
            #expect(run["failed"]?.intValue == 3)
            let list = try await viewer.get("/api/run/first/episodes?where=failed").json
            #expect(list["count"]?.intValue == 3)
            let episode = try await viewer.get("/api/run/first/episode/shop/s1/0").json
            #expect(episode["outcome"] == "scored")
            let wrong = try await viewer.get("/api/run/first/episodes?where=x")
            #expect(wrong.status == 400)
        }
    }
}
