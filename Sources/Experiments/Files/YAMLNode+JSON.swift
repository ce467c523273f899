import JSON
import YAML

extension YAMLNode {
    /// A tree for writing a JSON value as YAML.
    init(_ json: JSONValue) {
        switch json {
        case .null: self.init(Content.null)
        case .bool(let value): self.init(Content.bool(value))
        case .int(let value): self.init(Content.int(value))
        case .string(let text): self.init(Content.string(text))
        case .array(let items): self.init(Content.sequence(items.map { YAMLNode($0) }))
        case .object(let object): self.init(Content.mapping(object.map { YAMLPair($0, YAMLNode($1)) }))
        default: self.init(Content.float(json.text()))
        }
    }

    /// The value, scalars as the core schema reads them.
    var json: JSONValue {
        switch content {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .float(let text):
            // What JSON cannot write (`.inf`, `1.`) goes on as its text.
            guard let value = try? JSONValue.parse(text) else { return .string(text) }
            return value
        case .string(let text): return .string(text)
        case .sequence(let items): return .array(items.map(\.json))
        case .mapping(let pairs):
            var object: JSONObject = [:]
            for pair in pairs { object[pair.name] = pair.value.json }
            return .object(object)
        }
    }
}
