import JSON

/// Reads what judges and validators write.
enum PauseReply {
    /// The JSON object of a reply, code fences and words around it aside; nil where there is none.
    static func object(in text: String) -> JSONObject? {
        guard text.utf8.count <= maximumBytes, let first = text.firstIndex(of: "{"), let last = text.lastIndex(of: "}"),
            first < last
        else { return nil }
        // What is no JSON is answered with nil, and the caller says so.
        return (try? JSONValue.parse(String(text[first...last])))?.objectValue
    }

    /// A truth value in any of the spellings that models use; nil for anything else.
    static func flag(_ value: JSONValue?) -> Bool? {
        if let flag = value?.boolValue { return flag }
        switch value?.stringValue?.lowercased().trimmingBlanks {
        case "true", "yes": return true
        case "false", "no": return false
        default: return nil
        }
    }

    private static let maximumBytes = 1 << 20
}

extension StringProtocol {
    /// The text without blanks and line breaks at its ends.
    var trimmingBlanks: String {
        let blank = { (character: Character) in character.isWhitespace }
        let start = drop(while: blank)
        guard let end = start.lastIndex(where: { !blank($0) }) else { return "" }
        return String(start[...end])
    }
}
