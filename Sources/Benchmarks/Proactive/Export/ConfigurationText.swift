import JSON
import YAML

/// Configurations of other programs as YAML.
enum ConfigurationText {
    static func yaml(_ object: JSONObject) -> String { node(.object(object)).text() }

    private static func node(_ json: JSONValue) -> YAMLNode {
        switch json {
        case .null: YAMLNode(.null)
        case .bool(let value): YAMLNode(.bool(value))
        case .int(let value): YAMLNode(.int(value))
        case .number(let text): YAMLNode(.float(readable(text)))
        case .string(let text): YAMLNode(.string(text))
        case .array(let items): YAMLNode(.sequence(items.map(node)))
        case .object(let object): YAMLNode(.mapping(object.map { YAMLPair($0.key, node($0.value)) }))
        }
    }

    /// Readers of YAML 1.1, PyYAML among them, take `5e-05` for a text: they want a point.
    private static func readable(_ number: String) -> String {
        guard let exponent = number.firstIndex(of: "e"), !number[..<exponent].contains(".") else { return number }
        return number[..<exponent] + ".0" + number[exponent...]
    }
}
