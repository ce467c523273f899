public import Evaluation
public import JSON

/// Something that an agent of the original τ-bench does: a tool call, or an answer to the user.
///
/// The official environment knows no other kind of move; a text to the user is the action `respond` with its `content`.
public struct Tau1Action: Sendable, Hashable {
    /// The tool's name, or ``respondName``.
    public var name: String
    /// The arguments by name.
    public var arguments: JSONObject

    /// The name of the action that speaks to the user.
    public static let respondName = "respond"

    /// Makes an action.
    public init(name: String, arguments: JSONObject) {
        self.name = name
        self.arguments = arguments
    }

    /// The action that says `content` to the user; null is what a model without text says.
    public static func respond(_ content: JSONValue) -> Tau1Action {
        Tau1Action(name: respondName, arguments: ["content": content])
    }

    /// Whether the action speaks to the user.
    public var isRespond: Bool { name == Self.respondName }

    /// Reads an action in the official shape `{name, kwargs}`.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) that names the owner and the key.
    public init(json: JSONValue, owner: String) throws(EvaluationError) {
        guard let object = json.objectValue else {
            throw EvaluationError(.dataMalformed, "an action of \(owner) must be an object", cause: .task)
        }
        self.init(
            name: try object.requiredString("name", of: "an action of \(owner)"),
            arguments: try object.requiredObject("kwargs", of: "an action of \(owner)"))
    }

    /// The action in the official shape.
    public var json: JSONValue { ["name": .string(name), "kwargs": .object(arguments)] }
}
