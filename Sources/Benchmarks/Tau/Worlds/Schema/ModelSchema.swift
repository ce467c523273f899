public import JSON

/// The declaration of a pydantic model: which fields a record has, in which order, and what their values may be.
///
/// ``validate(_:)`` reads a record as pydantic 2.12 does in its lax mode and gives the record's dump: every field in the order of
/// declaration, defaults filled in, numbers converted.
public struct ModelSchema: Sendable {
    /// A field of a model.
    public struct Field: Sendable {
        /// The key.
        public let name: String
        /// What the value may be.
        public let type: FieldType
        /// What the value is when the key is absent; nil when it has to be there.
        public let defaultValue: JSONValue?

        /// Declares a field; without a default it is required.
        public static func field(
            _ name: String, _ type: FieldType, default defaultValue: JSONValue? = nil
        ) -> Field {
            Field(name: name, type: type, defaultValue: defaultValue)
        }

        /// Declares a field that may be null and is when it is absent.
        public static func optional(_ name: String, _ type: FieldType) -> Field {
            Field(name: name, type: .nullable(type), defaultValue: .null)
        }
    }

    /// The class's name, for error texts.
    public let name: String
    /// The fields in the order of declaration, which is that of the dump.
    public let fields: [Field]
    /// Whether a key that is no field is an error; otherwise it is dropped.
    public let forbidsExtras: Bool

    /// Declares a model.
    public init(_ name: String, forbidsExtras: Bool = false, _ fields: [Field]) {
        self.name = name
        self.fields = fields
        self.forbidsExtras = forbidsExtras
    }
}

/// What the value of a model's field may be.
public indirect enum FieldType: Sendable {
    /// Anything.
    case any
    /// A string, never converted from another type.
    case string
    /// An integer; also whole floats, booleans and strings that spell an integer.
    case integer
    /// A float; also integers, booleans and strings that spell a number.
    case float
    /// A boolean; also 0, 1 and the usual words.
    case boolean
    /// A day; its dump is a string such as `2025-02-25`.
    case date
    /// A day and a time; its dump is a string such as `2025-02-25 12:08:00`.
    case dateTime
    /// One of these strings.
    case literal([String])
    /// One of these strings, which are the values of a string enumeration.
    case enumeration([String])
    /// Null or a value of the type.
    case nullable(FieldType)
    /// A list of values of the type.
    case list(FieldType)
    /// A dictionary whose keys and values have these types.
    case dictionary(keys: FieldType, values: FieldType)
    /// A record.
    case model(ModelSchema)
    /// The first of the types that accepts the value.
    ///
    /// The official unions are of models whose literal fields exclude one another, where pydantic's choice comes to the same.
    case union([FieldType])

    /// A dictionary with string keys.
    public static func dictionary(_ values: FieldType) -> FieldType { .dictionary(keys: .string, values: values) }

    /// The name that pydantic gives the type in the location of an error within a union.
    var label: String {
        switch self {
        case .any: "any"
        case .string: "str"
        case .integer: "int"
        case .float: "float"
        case .boolean: "bool"
        case .date: "date"
        case .dateTime: "datetime"
        case .literal(let values): "literal[\(values.map { "'\($0)'" }.joined(separator: ","))]"
        case .enumeration: "enum"
        case .nullable(let type): "nullable[\(type.label)]"
        case .list(let type): "list[\(type.label)]"
        case .dictionary(let keys, let values): "dict[\(keys.label),\(values.label)]"
        case .model(let schema): schema.name
        case .union(let types): "union[\(types.map(\.label).joined(separator: ","))]"
        }
    }
}
