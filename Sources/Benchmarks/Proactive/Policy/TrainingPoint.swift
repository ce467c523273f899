public import JSON

/// One point of a training curve.
public struct TrainingPoint: Sendable, Hashable {
    /// How far training was: epochs for the native engine, optimizer steps for TRL.
    public var step: Double
    /// The mean loss on what is trained on.
    public var loss: Double
    /// The share of training pairs whose preferred action is chosen.
    public var accuracy: Double?
    /// The mean loss on what is held out.
    public var heldOutLoss: Double?
    /// The share of held-out pairs whose preferred action is chosen.
    public var heldOutAccuracy: Double?

    /// Describes a point.
    public init(
        step: Double, loss: Double, accuracy: Double? = nil, heldOutLoss: Double? = nil,
        heldOutAccuracy: Double? = nil
    ) {
        self.step = step
        self.loss = loss
        self.accuracy = accuracy
        self.heldOutLoss = heldOutLoss
        self.heldOutAccuracy = heldOutAccuracy
    }

    /// The point as result files hold it.
    public var json: JSONValue {
        var object: JSONObject = ["step": JSONValue(step), "loss": JSONValue(loss)]
        if let accuracy { object["accuracy"] = JSONValue(accuracy) }
        if let heldOutLoss { object["heldout_loss"] = JSONValue(heldOutLoss) }
        if let heldOutAccuracy { object["heldout_accuracy"] = JSONValue(heldOutAccuracy) }
        return .object(object)
    }
}
