import Evaluation
import FoundationEssentials
import JSON
import Models
import Synchronization
import Transport

@testable import Models

/// A server program that takes vLLM's flags and behaves as it is told, in a directory that goes with the test.
final class FakeServerProgram: Sendable {
    let directory: String
    let events = RecordedEvents()
    let resources = RunResources()

    /// Where Python is, which the program is written in.
    static let python: String? = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    init() throws {
        directory = try makeTemporaryDirectory()
        try writeText(Self.source, to: "\(directory)/server.py")
    }

    deinit { removeTree(directory) }

    /// The backend of a server with this behaviour, within a run.
    func model(_ behaviour: String, _ config: JSONObject = [:]) throws -> any ChatModel {
        let own: JSONObject = [
            "model": "tiny", "command": [.string(Self.python ?? "python3"), "server.py"],
            "env": ["BEHAVIOUR": .string(behaviour), "STATE": .string(directory)], "startup_timeout_s": 20,
            "stop_timeout_s": 2, "max_retries": 3,
        ]
        resources.begin(RunSurroundings(artifacts: Folder(path: directory), events: events))
        let (factory, diagnostics) = Fixtures.factory(
            "vllm_server", .object(own.merging(config)), clock: SystemModelClock())
        guard let factory else {
            throw EvaluationError(
                .configurationInvalid, diagnostics.all.map(\.description).joined(), cause: .configuration)
        }
        var identity = BackendIdentity(id: "local/one", baseDirectory: directory, environment: [:])
        identity.resources = resources
        return try factory.makeModel(for: identity)
    }

    func text(_ name: String) -> String? {
        // A file that is not there is what the caller asks about.
        try? readText("\(directory)/\(name)")
    }

    /// The processes that the program's starts have left their numbers of: its own and its worker's.
    var processes: [Int32] {
        (text("pids") ?? "").split(separator: "\n").compactMap { Int32($0) }
    }

    /// Keeps what is reported.
    final class RecordedEvents: EventSink {
        /// Protects the events.
        private let state = Mutex<[RunEvent]>([])

        func report(_ event: RunEvent) { state.withLock { $0.append(event) } }
        var names: [String] { state.withLock { $0.map(\.name) } }
        func payload(_ name: String) -> JSONObject? { state.withLock { $0.last { $0.name == name }?.payload } }
    }

    /// A run's directory.
    struct Folder: ArtifactStore {
        let path: String

        func write(_ bytes: [UInt8], to path: String) throws -> String {
            try writeText(String(decoding: bytes, as: UTF8.self), to: "\(self.path)/\(path)")
            return path
        }

        func directory(_ path: String) throws -> String {
            let place = "\(self.path)/\(path)"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            return place
        }
    }

    /// Serves /v1/models, /version and /v1/chat/completions; a worker process stays beside it, as vLLM's do.
    private static let source = #"""
        import http.server, json, os, subprocess, sys, time

        behaviour, state, words = os.environ["BEHAVIOUR"], os.environ["STATE"], sys.argv[1:]
        flags = {w: words[i + 1] for i, w in enumerate(words[:-1]) if w.startswith("--")}
        worker = subprocess.Popen(["sleep", "600"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        with open(state + "/pids", "a") as file: file.write(f"{os.getpid()}\n{worker.pid}\n")
        with open(state + "/words", "a") as file: file.write(" ".join(words) + "\n")
        starts = sum(1 for _ in open(state + "/words"))
        print("loading", words[0], flush=True)
        if behaviour == "dies": sys.exit("CUDA out of memory")
        if behaviour == "never": time.sleep(600)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *arguments): pass

            def answer(self, value, status=200):
                data = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self):
                key = os.environ.get("VLLM_API_KEY")
                if key and self.headers.get("Authorization") != "Bearer " + key:
                    return self.answer({"error": "who are you"}, 401)
                if self.path == "/version": return self.answer({"version": "9.9"})
                name = flags.get("--served-model-name", words[0])
                if behaviour == "other": name = "something-else"
                self.answer({"object": "list", "data": [{"id": name, "object": "model"}]})

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if behaviour == "crashes" and starts == 1 or behaviour == "crashes always": os._exit(3)
                message = {"role": "assistant", "content": f"start {starts}"}
                if body.get("tools") and behaviour == "refuses tools":
                    return self.answer({"error": {"message": "\"auto\" tool choice requires --enable-auto-tool-choice"}}, 400)
                if body.get("tools") and behaviour != "no parser":
                    call = {"name": "get_weather", "arguments": "{\"city\": \"Paris\"}"}
                    message = {"role": "assistant", "content": None,
                               "tool_calls": [{"id": "1", "type": "function", "function": call}]}
                elif body.get("tools"):
                    message["content"] = "<tool_call>{\"name\": \"get_weather\"}</tool_call>"
                choice = {"index": 0, "message": message, "finish_reason": "stop"}
                self.answer({"id": "x", "object": "chat.completion", "model": body["model"], "choices": [choice]})

        http.server.ThreadingHTTPServer((flags["--host"], int(flags["--port"])), Handler).serve_forever()
        """#
}
