import JSON

extension JSONValue {
    /// What Python's `str` gives: a string as it is, everything else as ``pythonRepresentation``.
    var pythonText: String {
        if case .string(let text) = self { text } else { pythonRepresentation }
    }

    /// What Python's `repr` gives: `{'a': [1, 2.0, None, True]}`.
    var pythonRepresentation: String {
        var text = ""
        writePythonRepresentation(to: &text)
        return text
    }

    /// Writes what Python's `repr` gives to the end of `text`.
    func writePythonRepresentation(to text: inout String) {
        switch self {
        case .null: text += "None"
        case .bool(let value): text += value ? "True" : "False"
        case .int(let value): text += String(value)
        case .number(let number): text += pythonNumberRepresentation(number)
        case .string(let value): writePythonString(value, to: &text)
        case .array(let elements):
            text += "["
            for (place, element) in elements.enumerated() {
                if place > 0 { text += ", " }
                element.writePythonRepresentation(to: &text)
            }
            text += "]"
        case .object(let object):
            text += "{"
            for (place, member) in object.enumerated() {
                if place > 0 { text += ", " }
                writePythonString(member.key, to: &text)
                text += ": "
                member.value.writePythonRepresentation(to: &text)
            }
            text += "}"
        }
    }
}

private func pythonNumberRepresentation(_ number: String) -> String {
    guard !isIntegerText(number), let value = Double(number) else { return number == "-0" ? "0" : number }
    return pythonText(of: value)
}

/// Writes the `repr` of a string: in single quotes unless only those occur in it, with everything unprintable escaped.
func writePythonString(_ string: String, to text: inout String) {
    let usesDoubleQuotes = string.utf8.contains(UInt8(ascii: "'")) && !string.utf8.contains(UInt8(ascii: "\""))
    let quote: Unicode.Scalar = usesDoubleQuotes ? "\"" : "'"
    text.unicodeScalars.append(quote)
    for scalar in string.unicodeScalars {
        switch scalar {
        case quote, "\\":
            text += "\\"
            text.unicodeScalars.append(scalar)
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case " "..."~": text.unicodeScalars.append(scalar)
        default:
            if scalar.isPythonPrintable { text.unicodeScalars.append(scalar) } else { text += escaped(scalar) }
        }
    }
    text.unicodeScalars.append(quote)
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let (letter, width) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: width - digits.utf8.count) + digits
}

extension Unicode.Scalar {
    /// Whether Python's `isprintable` holds: neither a control, format, surrogate, private or unassigned code nor a separator.
    fileprivate var isPythonPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            false
        default: true
        }
    }
}
