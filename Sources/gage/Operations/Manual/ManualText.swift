/// Text in mdoc, the language of manual pages.
enum ManualText {
    /// Text that stands on lines of its own.
    static func lines(_ text: String) -> String {
        // Each sentence on a line of its own is how formatters know where it ends.
        let sentences = [". ", "! ", "? "].reduce(text) { $0.replacing($1, with: "\($1.prefix(1))\n") }
        return sentences.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let escaped = escape(String(line))
            // A point or an apostrophe at the start of a line would be a command.
            return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
        }.map { $0.isEmpty ? ".Pp" : $0 }.joined(separator: "\n")
    }

    /// Text as one argument of a command.
    static func argument(_ text: String) -> String {
        let escaped = escape(text).replacing("\"", with: "\\(dq")
        // Two letters, or punctuation, could be the name of another command, or be moved out of it.
        return "\"\(escaped.count <= 3 ? "\\&" : "")\(escaped)\""
    }

    private static func escape(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "`": result += "\\(ga"
            default:
                // What is not ASCII is named, so that every formatter takes it.
                for scalar in character.unicodeScalars {
                    if scalar.isASCII {
                        result.unicodeScalars.append(scalar)
                    } else {
                        let digits = String(scalar.value, radix: 16, uppercase: true)
                        result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
                    }
                }
            }
        }
        return result
    }
}
