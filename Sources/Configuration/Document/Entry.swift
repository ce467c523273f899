import Evaluation
import JSON

/// A value together with the node that it was read from, for reports about it.
@dynamicMemberLookup
struct Entry<Value: ParameterValue>: ParameterValue {
    var value: Value
    var node: ConfigNode

    static var schema: ParameterSchema { Value.schema }

    static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        Value.decode(node, into: &diagnostics).map { Self(value: $0, node: node) }
    }

    var json: JSONValue { value.json }

    subscript<Member>(dynamicMember member: KeyPath<Value, Member>) -> Member { value[keyPath: member] }
}

extension Entry where Value: Parameters {
    /// The node of a key, whichever of its names was written.
    func field(_ name: String) -> ConfigNode? { node.field(name, of: Value.fieldDescriptions) }
}

extension ConfigNode {
    /// The node of a key, whichever of its names was written.
    func field(_ name: String, of fields: [FieldDescription]) -> ConfigNode? {
        guard let description = fields.first(where: { $0.name == name }) else { return self[name] }
        return self[name] ?? description.aliases.lazy.compactMap { self[$0] }.first
    }
}

/// A list of entries; nothing after the colon is an empty list, as after commenting out every entry.
struct Section<Value: Parameters>: ParameterValue {
    var entries: [Entry<Value>] = []

    static var schema: ParameterSchema { .optional(.list(Value.schema)) }

    static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        if node.isNull { return Self() }
        guard case .sequence = node.content else {
            diagnostics.error("expected a list, found \(node.kindName)", at: node, advice: "begin each entry with '- '")
            return nil
        }
        return [Entry<Value>].decode(node, into: &diagnostics).map { Self(entries: $0) }
    }

    var json: JSONValue { entries.json }
}

/// A mapping that a component will read.
struct Block: ParameterValue {
    /// The mapping; nil where none was written.
    var node: ConfigNode?
    /// Where its key was written with nothing after it.
    var emptyPlace: SourceLocation?

    static var schema: ParameterSchema { .optional(.map(.any)) }

    static func decode(_ node: ConfigNode, into diagnostics: inout Diagnostics) -> Self? {
        if node.isNull { return Self(node: nil, emptyPlace: node.location) }
        guard case .mapping = node.content else {
            diagnostics.error("expected a mapping, found \(node.kindName)", at: node)
            return nil
        }
        return Self(node: node)
    }

    var json: JSONValue { node?.json ?? [:] }

    /// The mapping as JSON.
    var object: JSONObject { node?.json.objectValue ?? [:] }
}

/// An entry that has an id within its section.
protocol Identified: Parameters {
    /// The key that holds the id.
    static var idKey: String { get }
    var id: String { get }
}
