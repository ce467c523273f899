import Evaluation
import JSON

/// Collects the secrets of a document, so that what a run writes can be kept free of them.
struct SecretValues {
    private let environment: [String: String]
    private var values: Set<String> = []

    /// The secrets of a document as it was written, in no order.
    static func of(
        _ root: ConfigNode, as schema: ParameterSchema, walk: SchemaWalk, environment: [String: String]
    ) -> [String] {
        var secrets = SecretValues(environment: environment)
        walk.visit(root, as: schema) { node, field in
            if field.isSecret { secrets.take(node) }
        }
        secrets.search(root, key: "")
        return Array(secrets.values)
    }

    private init(environment: [String: String]) { self.environment = environment }

    /// Takes a declared secret; of a mapping, as of header fields, what is named like one.
    private mutating func take(_ node: ConfigNode) {
        switch node.content {
        case .scalar(let value):
            if !value.isNull, let text = node.text { values.insert(text) }
        case .sequence(let items): for item in items { take(item) }
        case .mapping(let entries): for entry in entries where SecretNames.suspects(entry.key) { take(entry.value) }
        }
    }

    /// Looks for secrets by the names of keys and variables, and in addresses.
    private mutating func search(_ node: ConfigNode, key: String) {
        switch node.content {
        case .scalar(let value):
            guard !value.isNull, let text = node.text else { return }
            if value.stringValue != nil, Secrets.isSecret(key: key) { values.insert(text) }
            for name in Secrets.variables(in: node.written) where Secrets.isSecret(variable: name, value: value) {
                values.insert(environment[name].flatMap { $0.isEmpty ? nil : $0 } ?? text)
            }
            values.formUnion(SecretNames.values(inAddress: text))
        case .sequence(let items): for item in items { search(item, key: key) }
        case .mapping(let entries): for entry in entries { search(entry.value, key: entry.key) }
        }
    }
}
