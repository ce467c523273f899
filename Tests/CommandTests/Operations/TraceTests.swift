import Glibc
import JSON
import Processes
import Testing

/// Traces of whole runs, in a file and at a collector.
@Suite("Traces", .timeLimit(.minutes(3)))
struct TraceTests {
    @Test func aRunsTraceIsOTLPAndReachesACollector() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(EchoRun.configuration("killed"), to: "run.yaml")
        try directory.write(EchoRun.records, to: "data.jsonl")
        try directory.write(Self.collector, to: "collector.py")
        var serving = ProcessCommand("python3", ["-u", "collector.py"])
        serving.workingDirectory = directory.path
        serving.deadline = .seconds(120)
        let collector = try await ChildProcess.start(serving)
        defer { collector.terminate() }
        let port = try #require(try await collector.nextLine())
        let run = try await GageBinary.run(
            "run", "--config", "run.yaml", "--run-id", "traced", "--output-dir", ".", "-q", "--trace", "trace.jsonl",
            "--trace-endpoint", "http://127.0.0.1:\(port)", in: directory.path)
        #expect(run.code == 0, "\(run.complaint)")
        #expect(!run.complaint.contains("did not reach"))

        let spans = try Self.spans(directory.text("trace.jsonl"))
        let names = Dictionary(grouping: spans) { $0["name"]?.stringValue ?? "" }.mapValues(\.count)
        #expect(names["run"] == 1)
        #expect(names["task"] == 1)
        #expect(names["episode"] == 400)
        #expect(names["step inference"] == 400)
        #expect(spans.count == 400 * 3 + 2)
        let ids = Set(spans.compactMap { $0["spanId"]?.stringValue })
        #expect(spans.allSatisfy { $0["parentSpanId"]?.stringValue.map(ids.contains) ?? ($0["name"] == "run") })
        #expect(Set(spans.compactMap { $0["traceId"]?.stringValue }).count == 1)
        let received = try Self.spans(directory.text("received.jsonl"))
        #expect(Set(received.compactMap { $0["spanId"]?.stringValue }) == ids)

        var status = stat()
        #expect(stat("\(directory.path)/trace.jsonl", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        try await Self.checkWithProtobuf("\(directory.path)/trace.jsonl", spans: spans.count)
    }

    @Test func aCollectorThatIsAwayCostsSpansAndNotTheRun() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(EchoRun.configuration("killed"), to: "run.yaml")
        try directory.write(EchoRun.records, to: "data.jsonl")
        let run = try await GageBinary.run(
            "run", "--config", "run.yaml", "--run-id", "lost", "--output-dir", ".", "-q", "--trace-endpoint",
            "http://127.0.0.1:9", in: directory.path)
        #expect(run.code == 0, "\(run.complaint)")
        #expect(run.complaint.contains("1202 spans did not reach the collector"))
    }

    @Test(arguments: [["--trace", "no/such/folder/t.jsonl"], ["--trace-endpoint", "localhost:4318"]])
    func whatATraceCannotGoToIsRefusedBeforeTheRun(arguments: [String]) async throws {
        let directory = try TemporaryDirectory()
        try directory.write(EchoRun.configuration("killed"), to: "run.yaml")
        try directory.write(EchoRun.records, to: "data.jsonl")
        let command = GageBinary.command(["run", "--config", "run.yaml", "-q"] + arguments, in: directory.path)
        let run = try await Processes.run(command)
        #expect(run.code == 2)
        #expect(access("\(directory.path)/runs", F_OK) != 0)
    }

    private static func spans(_ text: String) throws -> [JSONValue] {
        try text.split(separator: "\n").flatMap { line in
            let scopes = try JSONValue.parse(String(line)).at("resourceSpans[0].scopeSpans")?.arrayValue ?? []
            return scopes.flatMap { $0["spans"]?.arrayValue ?? [] }
        }
    }

    /// Reads the file with OpenTelemetry's own messages, where Python has them.
    private static func checkWithProtobuf(_ path: String, spans: Int) async throws {
        let check = """
            import sys
            try:
                from google.protobuf.json_format import Parse
                from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
            except ImportError:
                sys.exit(77)
            count = 0
            for line in open(sys.argv[1]):
                request = Parse(line, ExportTraceServiceRequest())
                for resource in request.resource_spans:
                    assert any(a.key == 'service.name' and a.value.string_value == 'gage' for a in resource.resource.attributes)
                    for scope in resource.scope_spans:
                        for span in scope.spans:
                            count += 1
                            assert span.end_time_unix_nano >= span.start_time_unix_nano > 10**18
                            assert span.kind in (1, 3)
            print(count)
            """
        let result = try await Processes.run(ProcessCommand("python3", ["-c", check, path]))
        if result.code == 77 { return print("skipped: python's opentelemetry-proto is not there") }
        #expect(result.code == 0, "\(result.complaint)")
        #expect(result.output == "\(spans)\n")
    }

    /// A collector that keeps what it is sent.
    private static let collector = """
        import http.server

        class Collector(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                right = self.path == '/v1/traces' and self.headers['Content-Type'] == 'application/json'
                if right:
                    with open('received.jsonl', 'ab') as file:
                        file.write(body + b'\\n')
                self.send_response(200 if right else 404)
                self.send_header('Content-Length', '2')
                self.end_headers()
                self.wfile.write(b'{}')

            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Collector)
        print(server.server_port)
        server.serve_forever()
        """
}
