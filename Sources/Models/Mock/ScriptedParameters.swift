public import Evaluation
public import JSON

/// The `config` block of a `scripted` backend.
public struct ScriptedParameters: Parameters {
    /// The script's file.
    public var path: String?
    /// The script itself, where it is short.
    public var script: JSONValue = .null
    /// The model's name, as reports show it.
    public var model = "scripted"

    /// A block without a script.
    public init() {}

    /// The keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init("path", \.path, "The script's file, JSON or JSONL.") { $0.aliases = ["file"] },
            .init("script", \.script, "The script itself: a list of replies, or {replies, cycle, episodes, rules}.") {
                $0.aliases = ["replies"]
            },
            .init("model", \.model, "The model's name, as reports show it."),
        ]
    }

    /// Asks for exactly one of file and script, and reads the latter.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        guard path == nil else {
            if !script.isNull { diagnostics.error("a script is given and a file too", at: node) }
            return
        }
        guard !script.isNull else {
            diagnostics.error("a scripted backend needs a 'path' or a 'script'", at: node)
            return
        }
        do {
            _ = try Script(json: script)
        } catch {
            diagnostics.error(error.message, at: node["script"] ?? node["replies"] ?? node, advice: error.advice)
        }
    }
}

/// Makes scripted models.
struct ScriptedModelFactory: ChatModelFactory {
    let parameters: ScriptedParameters

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
        let script: Script
        if let path = parameters.path {
            script = try Script(
                path: ModelFiles.resolve(
                    path, against: backend.baseDirectory, environment: backend.environment))
        } else {
            script = try Script(json: parameters.script)
        }
        return BrainModel(name: parameters.model, brain: script)
    }
}
