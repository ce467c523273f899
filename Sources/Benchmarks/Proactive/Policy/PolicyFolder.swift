/// The names of the files that a trained policy's folder has.
public enum PolicyFolder {
    /// A policy of the native engine.
    public static let nativeFile = "policy.json"
    /// What training came to.
    public static let metricsFile = "training.json"
    /// The training curve.
    public static let curveFile = "training_curve.svg"
    /// Beside a language model: what it was trained on and how it is asked.
    public static let modelFile = "gage_policy.json"
    /// What the training program printed.
    public static let logFile = "train.log"
}
