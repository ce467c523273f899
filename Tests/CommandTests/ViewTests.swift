import Processes
import Testing
import Transport

@Suite("gage view")
struct ViewTests {
    @Test("a run is shown in the browser by the link that is printed, and by no other")
    func view() async throws {
        let directory = try TemporaryDirectory()
        let run = try await GageBinary.run(
            "run", "-c", "config/quickstart.yaml", "--output-dir", directory.path, "--run-id", "shown")
        #expect(run.code == 0, "\(run.complaint)")
        let viewer = try await ChildProcess.start(
            GageBinary.command(["view", directory.path, "--no-open", "--port", "0"]))
        defer { viewer.terminate() }
        let line = try #require(try await viewer.nextLine())
        let link = try #require(line.firstMatch(of: /^viewer at (http:\/\/127\.0\.0\.1:\d+)(\/\?token=[0-9a-f]{32})$/))
        let address = String(link.1)

        let welcome = try await Serving.get(address + String(link.2))
        #expect(welcome.status == 200)
        let cookie = String((welcome.headers["Set-Cookie"] ?? "").prefix { $0 != ";" })
        let request = HTTPRequest(
            method: "GET", url: address + "/run/shown", headers: [HTTPHeader(name: "Cookie", value: cookie)])
        let page = try await Serving.client.send(request)
        #expect(page.status == 200)
        #expect(String(decoding: page.body, as: UTF8.self).contains("retail_cancel_order"))
        #expect(try await Serving.get(address + "/run/shown").status == 401)
    }

    @Test("a directory that is not there is refused before anything listens")
    func missing() async throws {
        let result = try await GageBinary.run("view", "/nonexistent/runs", "--no-open")
        #expect(result.code == 2)
        #expect(result.complaint.contains("/nonexistent/runs"))
    }
}
