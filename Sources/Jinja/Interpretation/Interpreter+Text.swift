extension Interpreter {
    /// What Python's `str` makes of a value.
    func text(_ value: Value) throws(TemplateError) -> String {
        switch value {
        case .string(let text), .markup(let text): return text
        case .undefined(let undefined):
            guard undefined.isLenient else { throw failure(undefined) }
            return ""
        default: return try repr(value)
        }
    }

    /// What Python's `repr` makes of a value.
    func repr(_ value: Value) throws(TemplateError) -> String {
        var result = ""
        try writeRepr(value, to: &result)
        return result
    }

    private func writeRepr(_ value: Value, to result: inout String) throws(TemplateError) {
        try charge()
        switch value {
        case .undefined: result += "Undefined"
        case .none: result += "None"
        case .bool(let value): result += value ? "True" : "False"
        case .int(let value): result += String(value)
        case .float(let value): result += PythonText.float(value)
        case .bigInteger(let digits): result += digits
        case .string(let text): try append(PythonText.repr(text), to: &result)
        case .markup(let text): try append("Markup(\(PythonText.repr(text)))", to: &result)
        case .list(let list): try writeElements(list.elements, between: "[", and: "]", to: &result)
        case .tuple(let tuple):
            try writeElements(tuple.elements, between: "(", and: tuple.elements.count == 1 ? ",)" : ")", to: &result)
        case .dict(let dict): try writeEntries(dict, to: &result)
        case .object(let object):
            if let view = object as? DictView {
                result += view.typeName
                try writeElements(view.elements(heap: heap), between: "([", and: "])", to: &result)
            } else if let namespace = object as? NamespaceObject {
                result += "<Namespace "
                try writeEntries(namespace.attributes, to: &result)
                result += ">"
            } else if let loop = object as? LoopObject {
                result += "<LoopContext \(try loop.progress())>"
            } else {
                result += object.printed
            }
        }
    }

    private func append(_ text: String, to result: inout String) throws(TemplateError) {
        try chargeText(text.utf8.count)
        result += text
        try checkLength(result.utf8.count)
    }

    private func writeElements(
        _ elements: [Value], between open: String, and close: String, to result: inout String
    ) throws(TemplateError) {
        result += open
        try deeper { () throws(TemplateError) in
            for (index, element) in elements.enumerated() {
                if index > 0 { result += ", " }
                try writeRepr(element, to: &result)
            }
        }
        result += close
    }

    private func writeEntries(_ dict: DictObject, to result: inout String) throws(TemplateError) {
        result += "{"
        try deeper { () throws(TemplateError) in
            for (index, entry) in dict.entries.enumerated() {
                if index > 0 { result += ", " }
                try writeRepr(entry.key, to: &result)
                result += ": "
                try writeRepr(entry.value, to: &result)
            }
        }
        result += "}"
    }
}
