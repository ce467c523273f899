import Evaluation
import JSON

/// A policy from a folder, with what it was trained on and what it started from.
public struct LoadedPolicy: Sendable {
    /// The policy.
    public let policy: any ActionPolicy
    /// What it was before training; nil where that is not at hand.
    public let untrained: (any ActionPolicy)?
    /// What it was trained on; nil where its folder does not say.
    public let provenance: PolicyProvenance?

    /// How a language model is asked.
    public struct Python: Sendable {
        /// Finds the interpreter when it is needed.
        public var find: @Sendable () throws -> PythonInterpreter
        /// The environment variables of this process.
        public var variables: [String: String]
        /// The model that training started from; nil takes the folder's word.
        public var baseModel: String?

        /// Describes a way to Python.
        public init(
            find: @escaping @Sendable () throws -> PythonInterpreter, variables: [String: String],
            baseModel: String? = nil
        ) {
            self.find = find
            self.variables = variables
            self.baseModel = baseModel
        }
    }

    /// Reads a policy's folder, or the policy file of the native engine itself.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, where there is no policy, and `task` where its file is broken.
    public static func load(_ path: String, python: Python) throws -> LoadedPolicy {
        let file = path.hasSuffix(".json") ? path : "\(path)/\(PolicyFolder.nativeFile)"
        if ProactiveFiles.exists(file) { return try native(file) }
        guard ["config.json", "adapter_config.json"].contains(where: { ProactiveFiles.exists("\(path)/\($0)") }) else {
            throw EvaluationError(
                .dataMissing, "there is no policy in '\(path)': neither \(PolicyFolder.nativeFile) nor a model",
                cause: .configuration, advice: "train one with `gage proactive train-dpo --output \(path)`")
        }
        return try languageModel(path, python)
    }

    private static func native(_ file: String) throws -> LoadedPolicy {
        let json = try ProactiveFiles.json(file)
        let policy = try LogLinearPolicy(json: json)
        var reference = LogLinearPolicy.untrained(policy.layout)
        if let weights = json["reference"]?["weights"] {
            var object = policy.json
            object["weights"] = weights
            reference = try LogLinearPolicy(json: .object(object), name: "untrained")
        }
        let provenance = try json["trained_on"].map { value in try PolicyProvenance(json: value) }
        return LoadedPolicy(policy: policy, untrained: reference, provenance: provenance)
    }

    private static func languageModel(_ path: String, _ python: Python) throws -> LoadedPolicy {
        let file = "\(path)/\(PolicyFolder.modelFile)"
        let json = ProactiveFiles.exists(file) ? try ProactiveFiles.json(file) : .null
        let scoring = json["action_scoring"]?.stringValue.flatMap(LanguageModelSettings.Scoring.init(rawValue:))
        func policy(_ name: String, _ model: String) throws -> LanguageModelPolicy {
            var policy = LanguageModelPolicy(
                model: model, scoring: scoring ?? .sequence, python: try python.find(), variables: python.variables)
            policy.name = name
            policy.rendersPersona = json["render_persona"]?.boolValue ?? false
            return policy
        }
        let provenance = try json["trained_on"].map { value in try PolicyProvenance(json: value) }
        return LoadedPolicy(
            policy: try policy("model", path),
            untrained: try base(python.baseModel, json, path).map { try policy("untrained", $0) },
            provenance: provenance)
    }

    /// The model before training: the folder's own, then the one that is named; a name on the hub only when it was
    /// named, so that nothing is fetched unasked.
    private static func base(_ named: String?, _ json: JSONValue, _ path: String) -> String? {
        let own = json["base_model"]?.stringValue
        if let own, ProactiveFiles.exists("\(path)/\(own)/config.json") { return "\(path)/\(own)" }
        if let named, named != LanguageModelSettings.tinyRandom { return named }
        return own.flatMap { ProactiveFiles.exists("\($0)/config.json") ? $0 : nil }
    }
}
