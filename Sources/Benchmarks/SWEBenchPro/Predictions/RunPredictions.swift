public import Evaluation
import JSON

/// The patches of a run, for other evaluators.
public struct RunPredictions {
    private let model: String
    private var predictions: [PredictedPatch] = []
    private var seen: Set<String> = []
    /// How many episodes were left out because an earlier trial of their instance is there, or they have no instance.
    public private(set) var leftOut = 0

    /// Begins a collection; `model` is who made the patches.
    public init(model: String) { self.model = model }

    /// How many patches there are.
    public var count: Int { predictions.count }

    /// Takes an episode; of several trials of an instance the first.
    public mutating func add(_ record: EpisodeRecord) {
        guard let id = record.sample["gold"]?[Instance.goldKey]?["instance_id"]?.stringValue,
            seen.insert(id).inserted
        else {
            leftOut += 1
            return
        }
        let patch = PredictedChange(record.prediction).original
        predictions.append(
            PredictedPatch(instanceID: id, patch: String(decoding: patch.bytes, as: UTF8.self), model: model))
    }

    /// One JSON object a line, as SWE-bench's tools read it.
    public var lines: [UInt8] { PredictionsWriter.lines(predictions) }

    /// A JSON list, as the official evaluator of SWE-bench Pro reads it.
    public var list: [UInt8] { PredictionsWriter.list(predictions) }
}
