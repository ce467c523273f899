public import JSON

/// What a server's tool answered.
public struct ToolReply: Sendable, Hashable {
    /// The result as a value, where the tool gives one.
    public var structured: JSONValue?
    /// The pieces of the answer in the protocol's own shape: texts, images, resources.
    public var content: [JSONValue]
    /// Whether the server reports a failure: an unknown tool, arguments that are refused, a tool that threw.
    ///
    /// A tool may well fail without it: many put their failures into the result.
    public var isError: Bool
    /// What the server says about the answer, from `_meta`.
    public var meta: JSONObject

    /// Describes an answer.
    public init(
        structured: JSONValue? = nil, content: [JSONValue] = [], isError: Bool = false, meta: JSONObject = [:]
    ) {
        self.structured = structured
        self.content = content
        self.isError = isError
        self.meta = meta
    }

    /// The texts of the answer, joined by line feeds; empty where there is none.
    ///
    /// Text resources count as texts; images, sounds and links are left out.
    public var text: String {
        let texts = content.compactMap { piece -> String? in
            switch piece["type"]?.stringValue {
            case "text": piece["text"]?.stringValue
            case "resource": piece["resource"]?["text"]?.stringValue
            default: nil
            }
        }
        return texts.joined(separator: "\n")
    }
}
