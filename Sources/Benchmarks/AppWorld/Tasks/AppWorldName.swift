/// Names that become parts of paths and command lines.
enum AppWorldName {
    /// Whether a text can be a task's name: letters, digits, `_`, `-`, `:` and `.`, not at the beginning.
    static func isTask(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isWord(first), text.utf8.count <= 128 else { return false }
        return text.unicodeScalars.allSatisfy { isWord($0) || "-:.".unicodeScalars.contains($0) }
            && !text.contains("..")
    }

    /// Whether a text can be an app's name: letters, digits and `_`.
    static func isApp(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64 && text.unicodeScalars.allSatisfy(isWord)
    }

    /// A text with everything replaced that a file name should not have.
    static func path(_ text: String) -> String {
        let safe = text.unicodeScalars.map { isWord($0) || "-.".unicodeScalars.contains($0) ? Character($0) : "_" }
        let name = String(safe.prefix(120)).replacingLeadingDots
        return name.isEmpty ? "_" : name
    }

    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }
}

extension String {
    /// A name that begins with a dot or a dash is hidden, or read as an option.
    fileprivate var replacingLeadingDots: String {
        guard let first, first == "." || first == "-" else { return self }
        return "_" + dropFirst()
    }
}
