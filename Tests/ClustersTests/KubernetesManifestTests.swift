import Clusters
import JSON
import Processes
import Testing

@Suite struct KubernetesManifestTests {
    private static let submission = Submission(
        runID: "Retail_1", shardCount: 4, shardCommand: ["gage", "run", "--run-id", "it's $HOME"],
        mergeCommand: ["gage", "merge", "--run-id", "Retail_1"], directory: "/work", options: [])
    private static let manifest = KubernetesManifest(
        submission,
        settings: .init(image: "registry/gage:1", volumeClaim: "runs", mountPath: "/work", environmentSecret: "keys"))

    @Test func theShardsAreAnIndexedJob() {
        let job = Self.manifest.shards
        #expect(job.at("apiVersion") == "batch/v1" && job.at("kind") == "Job")
        #expect(job.at("metadata.name") == "gage-retail-1-shards")
        #expect(job.at("spec.completionMode") == "Indexed")
        #expect(job.at("spec.completions") == 4 && job.at("spec.parallelism") == 4)
        let pod = job.at("spec.template.spec")
        #expect(pod?.at("restartPolicy") == "Never")
        #expect(pod?.at("containers[0].image") == "registry/gage:1")
        #expect(pod?.at("containers[0].workingDir") == "/work")
        #expect(pod?.at("containers[0].envFrom[0].secretRef.name") == "keys")
        let volume = pod?.at("volumes[0].name")
        #expect(volume != nil && pod?.at("containers[0].volumeMounts[0].name") == volume)
        #expect(pod?.at("volumes[0].persistentVolumeClaim.claimName") == "runs")
    }

    @Test func podsCountFromZeroAndShardsFromOne() async throws {
        let words =
            Self.manifest.shards.at("spec.template.spec.containers[0].command")?.arrayValue?
            .compactMap(\.stringValue) ?? []
        var arguments = Array(words.dropFirst())
        let program = try #require(arguments.firstIndex(of: "gage"))
        arguments[program] = "echo"
        var command = ProcessCommand("/bin/sh", arguments)
        command.environment = .inheritAdding(["JOB_COMPLETION_INDEX": "3"])
        #expect(try await Processes.run(command).standardOutput.text == "run --run-id it's $HOME --shard 4/4\n")
    }

    @Test func mergingIsOnePod() {
        let job = Self.manifest.merge
        #expect(job.at("metadata.name") == "gage-retail-1-merge")
        #expect(job.at("spec.completions") == nil && job.at("spec.backoffLimit") == 0)
        #expect(job.at("spec.template.spec.containers[0].command[1]") == "merge")
    }

    @Test(arguments: [
        ("A", "gage-a"), ("--", "gage-run"), ("x_y.z", "gage-x-y-z"),
        (String(repeating: "a", count: 99), "gage-" + String(repeating: "a", count: 40)),
    ])
    func namesAreOnesThatKubernetesTakes(runID: String, name: String) {
        var submission = Self.submission
        submission.runID = runID
        let manifest = KubernetesManifest(
            submission, settings: .init(image: "i", volumeClaim: "c", mountPath: "/"))
        #expect(manifest.name == name)
    }

    @Test func submissionsAreReadBackAsTheyWere() throws {
        var submission = Self.submission
        submission.rounds = [.init(array: 7, merge: 8, shards: [1, 2]), .init(array: 9, shards: [2])]
        #expect(try Submission(json: submission.json) == submission)
        #expect(submission.jobs == [7, 8, 9])
    }
}
