import Evaluation
import JSON

/// A block with a key of every sort.
struct SampleBlock: Parameters {
    enum Mode: String, Sendable, CaseIterable, ParameterChoice {
        case fast
        case careful
    }

    struct Inner: Parameters {
        var depth = 1
        var label: String?

        static var fields: [ParameterField<Self>] {
            [
                .init("depth", \.depth, "How deep.") { $0.maximum = 3 },
                .init("label", \.label, "What to call it."),
            ]
        }
    }

    var name = ""
    var count = 2
    var rate: Double?
    var mode = Mode.fast
    var tags: [String] = []
    var inner = Inner()
    var headers: [String: String] = [:]
    var key: String?
    var old: Bool?
    var ids: OneOrMany<IdentifierText>?

    static var fields: [ParameterField<Self>] {
        [
            .init("name", \.name, "Its name.") {
                $0.isRequired = true
                $0.aliases = ["title"]
            },
            .init("count", \.count, "How many.") { $0.minimum = 1 },
            .init("rate", \.rate, "How fast.") {
                $0.minimum = 0
                $0.maximum = 1.5
            },
            .init("mode", \.mode, "How."),
            .init("tags", \.tags, "Words.") { $0.allowed = ["red", "green"] },
            .init("inner", \.inner, "More."),
            .init("headers", \.headers, "Header fields."),
            .init("key", \.key, "A secret.") { $0.isSecret = true },
            .init("old", \.old, "What once was.") { $0.ignoredBecause = "it is gone" },
            .init("ids", \.ids, "Which."),
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if name == "wrong", count == 3 { diagnostics.error("wrong and 3 do not go together", at: node) }
    }
}

/// A block that keeps what it does not know.
struct OpenBlock: Parameters {
    var known = 1
    var others: [String] = []

    static var allowsUnknownKeys: Bool { true }
    static var fields: [ParameterField<Self>] { [.init("known", \.known, "A key.")] }

    mutating func readUnknownKeys(_ entries: [ConfigEntry]) { others = entries.map(\.key) }
}

/// Makes nodes for tests.
enum Node {
    static let place = SourceLocation(file: "f", line: 1, column: 1)

    static func of(_ json: JSONValue, path: String = "", origin: String? = nil) -> ConfigNode {
        ConfigNode(json: json, location: place, path: path, origin: origin)
    }
}
