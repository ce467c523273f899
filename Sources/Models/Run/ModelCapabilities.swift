public import Evaluation
public import JSON

/// A model that repeats failed calls and can say so.
public protocol ObservableModel: ChatModel {
    /// The same model, telling the observer about every repetition before it waits.
    func observed(by observer: @escaping @Sendable (ModelRetry) -> Void) -> any ChatModel
}

/// A model that can say what decides its answers besides the request.
///
/// Caches put it into their keys, so that two servers that call their models alike do not answer for each other.
public protocol FingerprintedModel: ChatModel {
    /// Endpoint, model and default parameters; never a secret.
    var fingerprint: JSONValue { get }
}

/// A model that can say which models its server offers.
public protocol ListedModel: ChatModel {
    /// The names that the server lists; nil where it does not say.
    ///
    /// Throws when the task is cancelled.
    func offeredNames() async throws -> [String]?
}

extension ChatModel {
    /// The model's fingerprint, or its name where it has none.
    var fingerprintOrName: JSONValue {
        (self as? any FingerprintedModel)?.fingerprint ?? .string(name)
    }
}
