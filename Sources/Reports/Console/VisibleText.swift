/// Text of anyone's, made so that what it would do to a terminal or a page is seen instead of done.
public enum VisibleText {
    /// The text with what cannot be seen made visible; line breaks and tabs stay.
    ///
    /// Control characters become their pictures (`␛` for escape), invisible marks that reorder or hide text their numbers
    /// (`⟨U+202E⟩`).
    public static func make(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(where: isSuspicious) else { return String(text) }
        var shown = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            // "\r\n" is a line break like any other.
            if afterReturn, scalar != "\n" { shown.append("\u{240D}") }
            afterReturn = scalar == "\r"
            if !afterReturn { append(scalar, to: &shown) }
        }
        if afterReturn { shown.append("\u{240D}") }
        return String(shown)
    }

    /// The text as ``make(_:)`` has it, on one line: line breaks and tabs become blanks.
    public static func oneLine(_ text: some StringProtocol) -> String {
        let shown = make(text)
        guard shown.utf8.contains(where: { $0 == 9 || $0 == 10 }) else { return shown }
        return String(String.UnicodeScalarView(shown.unicodeScalars.map { $0 == "\n" || $0 == "\t" ? " " : $0 }))
    }

    /// Control characters, and the first bytes of everything that ``append(_:to:)`` looks at.
    private static func isSuspicious(_ byte: UInt8) -> Bool {
        (byte < 0x20 && byte != 9 && byte != 10) || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte == 0xEF
            || byte == 0xF3 || byte == 0xD8
    }

    private static func append(_ scalar: Unicode.Scalar, to shown: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 9, 10: shown.append(scalar)
        case 0..<0x20: shown.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
        case 0x7F: shown.append("\u{2421}")
        // C1 controls (a terminal may take 0x9B for an escape sequence), bidirectional controls, line and paragraph
        // separators, the Arabic letter mark, the byte order mark, annotations, and the tags that hide text.
        case 0x80..<0xA0, 0x061C, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000..<0xE0100:
            shown.append(contentsOf: "⟨U+\(hexadecimal(scalar.value))⟩".unicodeScalars)
        default: shown.append(scalar)
        }
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
