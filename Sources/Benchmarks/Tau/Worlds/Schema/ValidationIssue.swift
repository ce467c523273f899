import JSON

/// One thing that pydantic finds wrong with a value.
struct ValidationIssue {
    /// The keys and indices that lead to the value.
    var location: [String]
    /// The sentence.
    var message: String
    /// Pydantic's name for this kind of error, which is also the end of the link to its page.
    var type: String
    /// What was found.
    var input: JSONValue

    /// The issue's lines in the text of a validation error.
    var text: String {
        var lines = location.isEmpty ? "" : location.joined(separator: ".") + "\n"
        lines += "  \(message) [type=\(type), input_value=\(inputText), input_type=\(input.pythonTypeName)]\n"
        lines += "    For further information visit https://errors.pydantic.dev/2.12/v/\(type)"
        return lines
    }

    /// The value's `repr`, with the middle cut out when it has more than fifty bytes.
    private var inputText: String {
        let text = input.pythonRepresentation
        let bytes = text.utf8
        guard bytes.count > 50 else { return text }
        // A character that would be cut in two goes to the middle part.
        let head = text.prefixOfBytes(25)
        let tail = text.suffixOfBytes(24)
        return head + "..." + tail
    }

    /// The exception that pydantic raises for these issues.
    static func exception(_ issues: [ValidationIssue], model: String) -> PythonException {
        let plural = issues.count == 1 ? "" : "s"
        let head = "\(issues.count) validation error\(plural) for \(model)"
        return PythonException(.validationError, ([head] + issues.map(\.text)).joined(separator: "\n"))
    }
}

extension String {
    /// The longest run of whole scalars at the start that has at most `limit` bytes.
    fileprivate func prefixOfBytes(_ limit: Int) -> String {
        var end = utf8.index(utf8.startIndex, offsetBy: limit)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }

    /// The longest run of whole scalars at the end that has at most `limit` bytes.
    fileprivate func suffixOfBytes(_ limit: Int) -> String {
        var start = utf8.index(utf8.endIndex, offsetBy: -limit)
        while start.samePosition(in: unicodeScalars) == nil { start = utf8.index(after: start) }
        return String(self[start...])
    }
}
