public import Evaluation
public import JSON

/// What a policy was trained on: kept in its file, so that a test on the same states is noticed.
public struct PolicyProvenance: Sendable, Hashable {
    /// The preferences file, as it was named; nil for pairs that were in no file.
    public var file: String?
    /// The SHA-256 of that file, or of the pairs.
    public var digest: String
    /// How many pairs there were, held-out ones included.
    public var pairs: Int
    /// The states that were trained on.
    public var states: Set<String>
    /// The states that were held out.
    public var heldOut: Set<String>

    /// Describes the data of a training.
    public init(file: String?, digest: String, split: HeldOutSplit) {
        self.file = file
        self.digest = digest
        pairs = split.training.count + split.heldOut.count
        states = Set(split.training.map(\.state.id))
        heldOut = Set(split.heldOut.map(\.state.id))
    }

    /// The provenance as policy files hold it.
    public var json: JSONObject {
        [
            "file": file.map { .string($0) } ?? .null, "sha256": .string(digest), "pairs": JSONValue(pairs),
            "states": .array(states.sorted().map { .string($0) }),
            "heldout_states": .array(heldOut.sorted().map { .string($0) }),
        ]
    }

    /// Reads what ``json`` writes.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`, cause `task`).
    public init(json: JSONValue) throws(EvaluationError) {
        guard let digest = json["sha256"]?.stringValue, let pairs = json["pairs"]?.intValue,
            let states = json["states"]?.arrayValue, let heldOut = json["heldout_states"]?.arrayValue
        else {
            throw EvaluationError(
                .dataMalformed, "'trained_on' of a policy needs sha256, pairs, states and heldout_states", cause: .task)
        }
        file = json["file"]?.stringValue
        self.digest = digest
        self.pairs = pairs
        self.states = Set(states.compactMap(\.stringValue))
        self.heldOut = Set(heldOut.compactMap(\.stringValue))
    }
}
