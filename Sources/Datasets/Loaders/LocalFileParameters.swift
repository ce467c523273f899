import Evaluation

/// What the loaders of local files have in common.
protocol LocalFileParameters: Parameters {
    var path: String { get set }
    var missingHint: String? { get set }
    var hubKeys: HubKeys { get set }
}

/// Keys that older configurations give to every loader and that have no effect on a local file.
struct HubKeys: Sendable {
    var streaming = true
    var streamingThresholdMB = 512
    var split: String?
    var subset: String?
    var trustRemoteCode = false
}

extension LocalFileParameters {
    /// The keys that all of them take.
    static var commonFields: [ParameterField<Self>] {
        let streamed = "memory does not depend on it"
        let local = "a local file has no splits; name the file itself in 'path'"
        return [
            .init("path", \.path, "The file, gzipped or not.") { $0.isRequired = true },
            .init("missing_hint", \.missingHint, "What to say when the file is absent."),
            .init("streaming", \.hubKeys.streaming, "Whether records are read one by one.") {
                $0.ignoredBecause = streamed
            },
            .init("streaming_threshold_mb", \.hubKeys.streamingThresholdMB, "From which size on they are.") {
                $0.ignoredBecause = streamed
            },
            .init("split", \.hubKeys.split, "The split of a hub's data set.") { $0.ignoredBecause = local },
            .init("subset", \.hubKeys.subset, "The subset of a hub's data set.") { $0.ignoredBecause = local },
            .init("trust_remote_code", \.hubKeys.trustRemoteCode, "Whether a data set may run code.") {
                $0.ignoredBecause = "no data set runs code"
            },
        ]
    }

    func file(in context: DatasetContext) -> LocalFile {
        LocalFile(path, baseDirectory: context.baseDirectory, missingHint: missingHint)
    }
}

/// Sizes that configurations give in mebibytes.
enum Mebibytes {
    static let largest = 1 << 20

    static func bytes(_ count: Int) -> Int { min(max(count, 1), largest) << 20 }
}
