/// Breaks text into lines that fit a terminal.
public enum TextWrap {
    /// The lines of a text, none wider than `width` columns: broken at blanks where that is possible, tabs as four blanks.
    public static func lines(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = part.utf8.contains(9) ? String(part.replacing("\t", with: "    ")) : String(part)
            if line.utf8.count <= width { lines.append(line) } else { wrap(line, max(1, width), into: &lines) }
        }
        return lines
    }

    private static func wrap(_ line: String, _ width: Int, into lines: inout [String]) {
        var current = ""
        var used = 0
        // Where the current line can be broken: after its last blank.
        var breaking: (index: String.Index, used: Int)?
        for character in line {
            let wide = DisplayWidth.of(character)
            if used + wide > width {
                if let place = breaking, character != " " {
                    let rest = String(current[place.index...])
                    lines.append(trimmed(current[..<place.index]))
                    current = rest
                    used -= place.used
                } else {
                    lines.append(trimmed(current[...]))
                    current = ""
                    used = 0
                }
                breaking = nil
                if character == " " { continue }
            }
            current.append(character)
            used += wide
            if character == " " { breaking = (current.endIndex, used) }
        }
        if !current.isEmpty { lines.append(current) }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

/// How many columns of a terminal text takes.
public enum DisplayWidth {
    /// The columns of a text on one line.
    public static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// The columns of a character: two for East Asian wide forms and pictures, none for marks on their own.
    public static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.isASCII { return 1 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return isWide(first.value) ? 2 : 1
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
