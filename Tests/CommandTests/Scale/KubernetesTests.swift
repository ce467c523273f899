import Glibc
import Processes
import Testing

/// The manifests that `gage submit` writes, against Kubernetes' own schemas; `scripts/kubernetes-schemas` brings them.
@Suite(
    "Submitting to Kubernetes",
    .enabled(
        if: KubernetesSchemas.program != nil,
        "GAGE_KUBERNETES_VALIDATE names no program; scripts/kubernetes-schemas makes one"))
struct KubernetesTests {
    @Test(arguments: [["--environment-secret", "keys"], []], ["1.29", "1.37"])
    func manifestsAreWhatTheSchemasAllow(options: [String], version: String) async throws {
        let program = try #require(KubernetesSchemas.program)
        let work = try ShardWork()
        let written = try await work.submit(
            ["--engine", "kubernetes", "--image", "registry.example/gage:1", "--volume-claim", "runs", "--shards", "4"]
                + ["--run-id", "K8s_run.1"] + options)
        #expect(written.code == 0, "\(written.complaint)")
        let manifests = ["shards", "merge"].map { "\(work.directory.path)/K8s_run.1/kubernetes/\($0).json" }
        let checked = try await Processes.run(
            ProcessCommand(program, ["--strict", "--kubernetes-version", version] + manifests))
        #expect(checked.code == 0, "\(checked.output) \(checked.complaint)")
        // A check that refuses nothing would be none.
        try work.directory.write(
            try work.directory.text("K8s_run.1/kubernetes/merge.json").replacing(
                "\"containers\"", with: "\"container\""),
            to: "bad.json")
        let refused = try await Processes.run(
            ProcessCommand(
                program, ["--strict", "--kubernetes-version", version, "\(work.directory.path)/bad.json"]))
        #expect(refused.code != 0)
    }
}

/// Where the schemas are.
enum KubernetesSchemas {
    /// The program that knows them.
    static let program = getenv("GAGE_KUBERNETES_VALIDATE").map { String(cString: $0) }
}

/// What is said about a run whose shards are Kubernetes' to run.
@Suite("Kubernetes runs")
struct KubernetesRunTests {
    @Test(arguments: ["status", "requeue", "cancel"])
    func whoeverAsksSlurmIsSentToKubernetes(word: String) async throws {
        let work = try ShardWork()
        let written = try await work.submit(
            ["--engine", "kubernetes", "--image", "i", "--volume-claim", "c", "--shards", "2", "--run-id", "k"])
        #expect(written.code == 0, "\(written.complaint)")
        let answer = try await work.gage(["submit", word, "--run-id", "k"])
        #expect(answer.code == 2)
        #expect(answer.complaint.contains("kubectl"), "\(answer.complaint)")
    }
}
