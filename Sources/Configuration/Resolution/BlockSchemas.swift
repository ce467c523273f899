import Evaluation

/// The keys of one mapping of a document, once it is known which component reads it.
struct BlockSchema: Sendable {
    var fields: [FieldDescription]
    var allowsUnknownKeys: Bool
    /// Whether keys that are not written are shown with their defaults; false where the same keys stand elsewhere too.
    var showsDefaults = true
    /// Keys that are written elsewhere, so that their defaults do not hold.
    var writtenElsewhere: Set<String> = []
}

/// The keys of a document's mappings that the document's own types leave open, by path.
struct BlockSchemas: Sendable {
    private var byPath: [String: BlockSchema] = [:]

    subscript(path: String) -> BlockSchema? {
        get { byPath[path] }
        set { byPath[path] = newValue }
    }
}

/// Visits a document's values together with what is declared about them.
struct SchemaWalk: Sendable {
    let blocks: BlockSchemas

    /// Calls `body` for every declared key that is written, outermost first.
    func visit(
        _ node: ConfigNode, as schema: ParameterSchema, _ body: (ConfigNode, FieldDescription) -> Void
    ) {
        switch node.content {
        case .scalar: break
        case .sequence(let items):
            let element = Self.element(of: schema)
            for item in items { visit(item, as: element, body) }
        case .mapping(let entries):
            let shape = shape(of: node, as: schema)
            for entry in entries {
                let field = shape.field(entry.key)
                if let field { body(entry.value, field) }
                visit(entry.value, as: field?.schema ?? shape.others, body)
            }
        }
    }

    /// What is declared about a mapping's keys.
    struct Shape {
        var fields: [FieldDescription] = []
        var others = ParameterSchema.any
        var showsDefaults = false
        var writtenElsewhere: Set<String> = []

        func field(_ key: String) -> FieldDescription? {
            fields.first { $0.name == key || $0.aliases.contains(key) }
        }
    }

    func shape(of node: ConfigNode, as schema: ParameterSchema) -> Shape {
        if let block = blocks[node.path] {
            return Shape(
                fields: block.fields, showsDefaults: block.showsDefaults, writtenElsewhere: block.writtenElsewhere)
        }
        return Self.shape(schema)
    }

    private static func shape(_ schema: ParameterSchema) -> Shape {
        switch schema {
        case .object(let fields, _): return Shape(fields: fields, showsDefaults: true)
        case .map(let value): return Shape(others: value)
        case .optional(let inner): return shape(inner)
        case .either(let shapes):
            let mappings = shapes.map { shape($0) }
            return mappings.first { !$0.fields.isEmpty } ?? mappings.first { $0.isOpenMap } ?? Shape()
        default: return Shape()
        }
    }

    static func element(of schema: ParameterSchema) -> ParameterSchema {
        switch schema {
        case .list(let item): return item
        case .optional(let inner): return element(of: inner)
        case .either(let shapes):
            for shape in shapes { if case .list(let item) = shape { return item } }
            return .any
        default: return .any
        }
    }
}

extension SchemaWalk.Shape {
    fileprivate var isOpenMap: Bool {
        if case .any = others { false } else { true }
    }
}
