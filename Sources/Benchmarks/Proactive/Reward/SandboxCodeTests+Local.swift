public import Evaluation
public import JSON
import Models
import Sandboxes

extension SandboxCodeTests {
    /// What programs may use: the settings of the profile `python_tests`.
    ///
    /// Five seconds of processor time, 512 MiB of address space, files of 1 MiB, 64 processes, no network. Where the
    /// machine cannot isolate programs they run under the limits alone, and their results say `weak`.
    public static let limits: JSONObject = [
        "resources": ["memory": "512m", "pids": 64, "disk": "1m", "cpu_seconds": 5],
        "runtime_configs": ["allow_weak": true],
    ]

    /// Runs programs in local sandboxes of this machine.
    ///
    /// Throws ``EvaluationError``, cause `gage`, where there is no such runtime.
    public static func local(environment: [String: String]) throws(EvaluationError) -> SandboxCodeTests {
        let registry = Registry(kits: [SandboxesKit()])
        var diagnostics = Diagnostics()
        let place = SourceLocation(file: "sandbox profile 'python_tests'", line: 0, column: 0)
        let node = ConfigNode(json: .object(limits), location: place, path: "")
        guard let runtime = registry.sandboxRuntimes["local"]?.make(from: node, into: &diagnostics) else {
            throw EvaluationError(
                .unexpected, "the local sandbox refuses its settings: \(diagnostics.all.map(\.message))", cause: .gage)
        }
        let request = SandboxRequest(
            profile: "python_tests", run: RunIdentity(id: "proactive", seed: 0, baseDirectory: ""),
            episode: EpisodeID(task: "proactive", sample: "tests", trial: 0), settings: limits,
            models: RunModels(backends: [], baseDirectory: "", environment: environment), environment: environment)
        return SandboxCodeTests(source: Source(endsAfterUse: true) { try await runtime.start(request) })
    }
}
