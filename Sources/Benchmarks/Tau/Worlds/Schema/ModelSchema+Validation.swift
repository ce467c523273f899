public import JSON

extension ModelSchema {
    /// Reads a record and gives its dump.
    ///
    /// Throws pydantic's `ValidationError`, with every issue in its text.
    public func validate(_ value: JSONValue) throws(PythonException) -> JSONValue {
        var validator = Validator()
        let dump = validator.validate(value, as: .model(self))
        guard let dump, validator.issues.isEmpty else {
            throw ValidationIssue.exception(validator.issues, model: name)
        }
        return dump
    }

    /// Builds a record from field values, as calling the class with keyword arguments does.
    func make(_ fields: JSONObject) throws(PythonException) -> JSONValue {
        try validate(.object(fields))
    }
}

/// Walks a value along its declared type, converting it and collecting what is wrong.
private struct Validator {
    var issues: [ValidationIssue] = []
    private var location: [String] = []

    init() {}

    /// The dump of `value`, or nil when it has been found wrong.
    mutating func validate(_ value: JSONValue, as type: FieldType) -> JSONValue? {
        switch type {
        case .any: return value
        case .string:
            guard case .string = value else { return report(value, "Input should be a valid string", "string_type") }
            return value
        case .integer: return convert(value, ScalarConversion.integer)
        case .float: return convert(value, ScalarConversion.float)
        case .boolean: return convert(value, ScalarConversion.boolean)
        case .date: return convert(value, DateConversion.date)
        case .dateTime: return convert(value, DateConversion.dateTime)
        case .literal(let values): return validate(value, among: values, type: "literal_error")
        case .enumeration(let values): return validate(value, among: values, type: "enum")
        case .nullable(let type): return value.isNull ? .null : validate(value, as: type)
        case .list(let type): return validateList(value, of: type)
        case .dictionary(let keys, let values): return validateDictionary(value, keys: keys, values: values)
        case .model(let schema): return validateModel(value, schema)
        case .union(let types): return validateUnion(value, types)
        }
    }

    private mutating func report(_ input: JSONValue, _ message: String, _ type: String) -> JSONValue? {
        issues.append(ValidationIssue(location: location, message: message, type: type, input: input))
        return nil
    }

    private mutating func convert(
        _ value: JSONValue, _ conversion: (JSONValue) throws(ScalarConversion.Refusal) -> JSONValue
    ) -> JSONValue? {
        do throws(ScalarConversion.Refusal) {
            return try conversion(value)
        } catch {
            return report(value, error.message, error.type)
        }
    }

    private mutating func validate(_ value: JSONValue, among values: [String], type: String) -> JSONValue? {
        if values.contains(where: { value == .string($0) }) { return value }
        let quoted = values.map { JSONValue.string($0).pythonRepresentation }
        let choices =
            quoted.count == 1
            ? quoted[0] : quoted.dropLast().joined(separator: ", ") + " or " + quoted[quoted.count - 1]
        return report(value, "Input should be \(choices)", type)
    }

    private mutating func validateList(_ value: JSONValue, of type: FieldType) -> JSONValue? {
        guard case .array(let elements) = value else {
            return report(value, "Input should be a valid list", "list_type")
        }
        var dump: [JSONValue] = []
        dump.reserveCapacity(elements.count)
        for (place, element) in elements.enumerated() {
            location.append(String(place))
            if let element = validate(element, as: type) { dump.append(element) }
            location.removeLast()
        }
        return .array(dump)
    }

    private mutating func validateDictionary(
        _ value: JSONValue, keys: FieldType, values: FieldType
    ) -> JSONValue? {
        guard case .object(let object) = value else {
            return report(value, "Input should be a valid dictionary", "dict_type")
        }
        var dump = JSONObject()
        dump.reserveCapacity(object.count)
        for (key, member) in object {
            location.append(key)
            location.append("[key]")
            _ = validate(.string(key), as: keys)
            location.removeLast()
            if let member = validate(member, as: values) { dump[key] = member }
            location.removeLast()
        }
        return .object(dump)
    }

    private mutating func validateModel(_ value: JSONValue, _ schema: ModelSchema) -> JSONValue? {
        guard case .object(let object) = value else {
            return report(
                value, "Input should be a valid dictionary or instance of \(schema.name)", "model_type")
        }
        var dump: [JSONObject.Element] = []
        dump.reserveCapacity(schema.fields.count)
        for field in schema.fields {
            location.append(field.name)
            if let member = object[field.name] {
                if let member = validate(member, as: field.type) { dump.append((field.name, member)) }
            } else if let defaultValue = field.defaultValue {
                dump.append((field.name, defaultValue))
            } else {
                _ = report(value, "Field required", "missing")
            }
            location.removeLast()
        }
        if schema.forbidsExtras { reportExtras(of: object, schema) }
        return .object(JSONObject(entries: dump))
    }

    private mutating func reportExtras(of object: JSONObject, _ schema: ModelSchema) {
        for (key, member) in object where !schema.fields.contains(where: { JSONValue.string($0.name) == .string(key) })
        {
            location.append(key)
            _ = report(member, "Extra inputs are not permitted", "extra_forbidden")
            location.removeLast()
        }
    }

    private mutating func validateUnion(_ value: JSONValue, _ types: [FieldType]) -> JSONValue? {
        let known = issues.count
        for type in types {
            let before = issues.count
            location.append(type.label)
            let dump = validate(value, as: type)
            location.removeLast()
            if issues.count == before, let dump {
                issues.removeSubrange(known...)
                return dump
            }
        }
        return nil
    }
}
