public import Evaluation
public import JSON

/// A natively trained policy with how it was trained and how well it does on held-out states.
public struct TrainedPolicy: Sendable {
    /// The policy.
    public let policy: LogLinearPolicy
    /// How the loss went down.
    public let curve: [TrainingPoint]
    /// What was trained on and what was held out.
    public let split: HeldOutSplit
    /// How it was trained.
    public let settings: TrainingSettings
    /// What it was held to.
    public let reference: LogLinearPolicy?
    /// What it was trained on, as its file says.
    public let provenance: PolicyProvenance
    /// How long training took, cross-fitting aside.
    public let duration: Duration
    /// The accuracy over all pairs, each decided by a policy that did not see its state; nil without pairs.
    public let crossFit: ActionAccuracy?

    /// The accuracy on held-out pairs; nil where none were held out.
    public var heldOut: ActionAccuracy? { accuracy(on: split.heldOut, of: policy) }

    /// The accuracy on the pairs that were trained on.
    public var training: ActionAccuracy? { accuracy(on: split.training, of: policy) }

    /// The held-out accuracy of the policy that training started from.
    public var untrained: ActionAccuracy? {
        accuracy(on: split.heldOut, of: reference ?? .untrained(policy.layout))
    }

    private func accuracy(on pairs: [PreferencePair], of policy: LogLinearPolicy) -> ActionAccuracy? {
        let actions = policy.predictions(for: pairs.map { DecisionCase(pair: $0) }).map(\.action)
        return ActionAccuracy(actions, for: pairs, rendersPersona: policy.layout.includesPersona)
    }

    /// The policy file: features and weights, the reference, the settings and the provenance.
    public var policyJSON: JSONValue {
        var object = policy.json
        object["beta"] = JSONValue(settings.beta)
        object["reference"] = reference.map { .object(["weights": $0.json["weights"] ?? [:]]) } ?? .null
        object["training"] = [
            "epochs": JSONValue(settings.nativeEpochs), "learning_rate": JSONValue(settings.nativeLearningRate),
            "weight_decay": JSONValue(settings.weightDecay), "seed": .string(String(settings.seed)),
            "heldout_share": JSONValue(settings.heldOutShare), "split_seed": .string(String(settings.splitSeed)),
        ]
        object["trained_on"] = .object(provenance.json)
        return .object(object)
    }

    /// What training came to: losses, accuracies, the curve.
    public var metricsJSON: JSONObject {
        [
            "engine": "native", "train_rows": JSONValue(split.training.count),
            "heldout_rows": JSONValue(split.heldOut.count), "first_loss": JSONValue(curve.first?.loss ?? 0),
            "last_loss": JSONValue(curve.last?.loss ?? 0),
            "heldout_loss": (curve.last?.heldOutLoss).map { JSONValue($0) } ?? .null,
            "heldout": heldOut.map { .object($0.json) } ?? .null,
            "heldout_untrained": untrained.map { .object($0.json) } ?? .null,
            "train": training.map { .object($0.json) } ?? .null,
            "cross_fit": crossFit.map { .object($0.json) } ?? .null,
            "curve": .array(curve.map(\.json)), "seconds": JSONValue(duration.seconds),
        ]
    }

    /// The files of the policy's folder: `policy.json`, `training.json` and `training_curve.svg`.
    public var files: [String: [UInt8]] {
        [
            PolicyFolder.nativeFile: ProactiveFiles.bytes(of: policyJSON),
            PolicyFolder.metricsFile: ProactiveFiles.bytes(of: .object(metricsJSON)),
            PolicyFolder.curveFile: Array(TrainingCurvePlot(curve, unit: "epoch").svg.utf8),
        ]
    }

    /// Writes ``files`` into a directory.
    ///
    /// Throws ``EvaluationError`` when the disk does not allow it.
    public func write(to directory: String) throws(EvaluationError) {
        try ProactiveFiles.write(files, to: directory)
    }
}

extension Duration {
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
