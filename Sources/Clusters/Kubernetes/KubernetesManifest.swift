public import JSON

/// The manifests that run shards as an Indexed Job of Kubernetes, and merge them.
///
/// JSON, which every YAML reader takes, so that no value needs quoting rules of its own. The run directory is a volume
/// that all pods mount at the same place.
public struct KubernetesManifest: Sendable {
    /// What a cluster needs to know besides the submission.
    public struct Settings: Sendable {
        /// The image that has gage in it.
        public var image: String
        /// The claim of the volume that holds configuration, data and run directories.
        public var volumeClaim: String
        /// Where pods mount it.
        public var mountPath: String
        /// The secret whose keys become environment variables; nil for none.
        public var environmentSecret: String?

        /// Names image and volume.
        public init(image: String, volumeClaim: String, mountPath: String, environmentSecret: String? = nil) {
            self.image = image
            self.volumeClaim = volumeClaim
            self.mountPath = mountPath
            self.environmentSecret = environmentSecret
        }
    }

    private let submission: Submission
    private let settings: Settings

    /// Describes the jobs of a submission.
    public init(_ submission: Submission, settings: Settings) {
        self.submission = submission
        self.settings = settings
    }

    /// What the jobs are called: the run's id as Kubernetes allows names, without the last characters of long ones.
    public var name: String {
        let letters = submission.runID.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let trimmed = letters.prefix(40).reversed().drop { $0 == "-" }.reversed().drop { $0 == "-" }
        return "gage-\(trimmed.isEmpty ? "run" : String(trimmed))"
    }

    /// The job with a pod for each shard.
    ///
    /// Kubernetes counts pods from 0, shards are counted from 1; so a shell adds one and puts the shard behind the words
    /// of the command, which reach it as its own arguments.
    public var shards: JSONValue {
        let script = "exec \"$@\" --shard \"$((JOB_COMPLETION_INDEX + 1))/\(submission.shardCount)\""
        let words = ["/bin/sh", "-c", script, "gage-shard"] + submission.shardCommand
        return job(
            "\(name)-shards", words: words,
            spec: [
                "completionMode": "Indexed", "completions": JSONValue(submission.shardCount),
                "parallelism": JSONValue(submission.shardCount), "backoffLimitPerIndex": 3,
                "maxFailedIndexes": JSONValue(submission.shardCount),
            ])
    }

    /// The job that merges, to be applied when the shards are done.
    public var merge: JSONValue { job("\(name)-merge", words: submission.mergeCommand, spec: ["backoffLimit": 0]) }

    private func job(_ name: String, words: [String], spec: JSONObject) -> JSONValue {
        var container: JSONObject = [
            "name": "gage", "image": .string(settings.image), "command": .array(words.map(JSONValue.string)),
            "workingDir": .string(submission.directory),
            "volumeMounts": [["name": "gage", "mountPath": .string(settings.mountPath)]],
        ]
        if let secret = settings.environmentSecret {
            container["envFrom"] = [["secretRef": ["name": .string(secret)]]]
        }
        let labels: JSONValue = ["app.kubernetes.io/name": "gage", "gage/run": .string(self.name)]
        let pod: JSONValue = [
            "metadata": ["labels": labels],
            "spec": [
                "restartPolicy": "Never", "containers": [.object(container)],
                "volumes": [
                    ["name": "gage", "persistentVolumeClaim": ["claimName": .string(settings.volumeClaim)]]
                ],
            ],
        ]
        return [
            "apiVersion": "batch/v1", "kind": "Job", "metadata": ["name": .string(name), "labels": labels],
            "spec": .object(spec.merging(["template": pod])),
        ]
    }
}
