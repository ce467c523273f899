import Evaluation
import FoundationEssentials
import JSON

/// The parameters of `swebench_predictions`.
struct PredictionsParameters: Parameters {
    /// Where the patches come from.
    enum Source: String, ParameterChoice {
        /// A file of predictions.
        case file
        /// The data set's own fixes: every instance that can be judged here is resolved.
        case gold
        /// An empty change: no instance may be resolved.
        case noop
    }

    var source = Source.file
    var path: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("source", \.source, "Where the patches come from."),
            .init("predictions_path", \.path, "The file with the patches, in any of the field's shapes."),
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if source == .file, path == nil {
            diagnostics.error(
                "'predictions_path' is missing", at: node, advice: "name a file, or set 'source: gold' or 'noop'")
        }
    }
}

/// `swebench_predictions`: stands in an agent's place and gives patches that are there already.
struct PredictionsRole: RoleAdapter {
    private let source: PredictionsParameters.Source
    private let patches: FirstUse<[String: String]>

    let contract = StepContract(reads: [.sample], writes: [.trajectory, .prediction])

    init(_ parameters: PredictionsParameters) {
        source = parameters.source
        patches = FirstUse { try Self.read(parameters.path ?? "") }
    }

    private static func read(_ path: String) throws -> [String: String] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EvaluationError(
                .dataMissing, "the predictions '\(path)' cannot be read", cause: .configuration,
                advice: "let 'predictions_path' name a file of patches")
        }
        let read = try PredictionsReader.read([UInt8](data), named: path)
        return Dictionary(uniqueKeysWithValues: read.map { ($0.instanceID, $0.patch ?? "") })
    }

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let instance = try Instance(of: episode.sample)
        let patch =
            switch source {
            case .file: try patches.value[instance.id]
            case .gold: instance.goldPatch
            case .noop: Self.noop
            }
        episode.trajectory.termination = .finalAnswer
        let missing: JSONObject = ["patch_problem": "the predictions have none for this instance"]
        episode.prediction = Prediction(answer: nil, artifacts: patch.map { PatchBytes($0).artifacts } ?? missing)
    }

    /// A change that applies anywhere and changes nothing that counts.
    private static let noop = """
        diff --git a/.gage-noop b/.gage-noop
        new file mode 100644
        --- /dev/null
        +++ b/.gage-noop
        @@ -0,0 +1 @@
        +nothing

        """
}
