extension Lexer {
    /// Reads the tokens of one tag up to and over its end, `%}` or `}}`.
    mutating func expression(end letter: Unicode.Scalar, from start: Int) throws(TemplateError) {
        var open: [Token.Symbol] = []
        while index < scalars.count {
            if open.isEmpty, let end = closing(letter, at: index) {
                index = end
                return
            }
            if PythonText.isSpace(scalars[index]) {
                index += 1
                continue
            }
            try token(&open)
        }
        throw failure("the tag is not closed: '\(letter)}' is missing", at: start)
    }

    private mutating func token(_ open: inout [Token.Symbol]) throws(TemplateError) {
        let first = scalars[index]
        if (48...57).contains(first.value) {
            try number()
        } else if isNameStart(first) {
            let start = index
            while let scalar = scalar(index), isNameStart(scalar) || isNameContinuation(scalar) { index += 1 }
            append(.name(string(start..<index)), at: start)
        } else if first == "'" || first == "\"" {
            try string(quote: first)
        } else {
            try symbol(&open)
        }
    }

    private func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "_": true
        default: scalar.value >= 0x80 && scalar.properties.isXIDStart
        }
    }

    private func isNameContinuation(_ scalar: Unicode.Scalar) -> Bool {
        (48...57).contains(scalar.value) || (scalar.value >= 0x80 && scalar.properties.isXIDContinue)
    }

    private mutating func symbol(_ open: inout [Token.Symbol]) throws(TemplateError) {
        let start = index
        let two = start + 1 < scalars.count ? Token.Symbol(rawValue: string(start..<start + 2)) : nil
        guard let symbol = two ?? Token.Symbol(rawValue: string(start..<start + 1)) else {
            throw failure("unexpected character '\(scalars[start])'", at: start)
        }
        switch symbol {
        case .leftBrace: open.append(.rightBrace)
        case .leftParenthesis: open.append(.rightParenthesis)
        case .leftBracket: open.append(.rightBracket)
        case .rightBrace, .rightParenthesis, .rightBracket:
            guard let expected = open.popLast() else {
                throw failure("unexpected '\(symbol.rawValue)'", at: start)
            }
            guard expected == symbol else {
                throw failure("unexpected '\(symbol.rawValue)', expected '\(expected.rawValue)'", at: start)
            }
        default: break
        }
        index += symbol.rawValue.utf8.count
        append(.symbol(symbol), at: start)
    }

    // MARK: Numbers

    private mutating func number() throws(TemplateError) {
        let start = index
        if let end = floatEnd(), let value = Double(digits(start..<end)) {
            index = end
            append(.float(value), at: start)
            return
        }
        let (end, radix) = integerEnd()
        let text = radix == 10 ? digits(start..<end) : digits(start + 2..<end)
        guard let value = Int(text, radix: radix) else {
            throw failure("the integer '\(string(start..<end))' does not fit 64 bits", at: start)
        }
        index = end
        append(.integer(value), at: start)
    }

    private func digits(_ range: Range<Int>) -> String {
        string(range).filter { $0 != "_" }
    }

    /// The end of a run of digits that single underscores may divide.
    private func digitsEnd(from start: Int, radix: Int = 10) -> Int? {
        var position = start
        var end: Int?
        while let scalar = scalar(position), Int(String(scalar), radix: radix) != nil {
            position += 1
            end = position
            if self.scalar(position) == "_" { position += 1 }
        }
        return end
    }

    /// The end of a float: digits with a fraction, an exponent or both, not right after a dot (`x.0.1`).
    private func floatEnd() -> Int? {
        if index > 0, scalars[index - 1] == "." { return nil }
        guard var end = digitsEnd(from: index) else { return nil }
        var isFloat = false
        if scalar(end) == ".", let fraction = digitsEnd(from: end + 1) {
            end = fraction
            isFloat = true
        }
        if scalar(end) == "e" || scalar(end) == "E" {
            let hasSign = scalar(end + 1) == "+" || scalar(end + 1) == "-"
            if let exponent = digitsEnd(from: end + (hasSign ? 2 : 1)) {
                end = exponent
                isFloat = true
            }
        }
        return isFloat ? end : nil
    }

    private func integerEnd() -> (end: Int, radix: Int) {
        if scalars[index] == "0" {
            let radix: Int? =
                switch scalar(index + 1) {
                case "b", "B": 2
                case "o", "O": 8
                case "x", "X": 16
                default: nil
                }
            let start = index + (scalar(index + 2) == "_" ? 3 : 2)
            if let radix, let end = digitsEnd(from: start, radix: radix) { return (end, radix) }
            // A decimal integer begins with zero only when it is zero.
            var end = index + 1
            while scalar(end) == "0" || (scalar(end) == "_" && scalar(end + 1) == "0") { end += 1 }
            return (end, 10)
        }
        return (digitsEnd(from: index) ?? index + 1, 10)
    }

    // MARK: Strings

    private mutating func string(quote: Unicode.Scalar) throws(TemplateError) {
        let start = index
        var text = String.UnicodeScalarView()
        index += 1
        while let scalar = scalar(index) {
            index += 1
            if scalar == quote {
                append(.string(String(text)), at: start)
                return
            }
            if scalar == "\\" {
                try escape(into: &text)
            } else {
                text.append(scalar)
            }
        }
        throw failure("the string is not closed: \(quote) is missing", at: start)
    }

    /// Reads what follows a backslash, by Python's rules: an unknown escape stands for itself.
    private mutating func escape(into text: inout String.UnicodeScalarView) throws(TemplateError) {
        let start = index - 1
        guard let letter = scalar(index) else { return }
        index += 1
        switch letter {
        case "\n": break
        case "\\", "'", "\"": text.append(letter)
        case "a": text.append("\u{07}")
        case "b": text.append("\u{08}")
        case "f": text.append("\u{0C}")
        case "n": text.append("\n")
        case "r": text.append("\r")
        case "t": text.append("\t")
        case "v": text.append("\u{0B}")
        case "0"..."7": text.append(try octal(from: start))
        case "x": text.append(try hexadecimal(2, from: start))
        case "u": text.append(try hexadecimal(4, from: start))
        case "U": text.append(try hexadecimal(8, from: start))
        case "N": throw failure("\\N{…} is not understood: write the character itself or \\u", at: start)
        default:
            text.append("\\")
            text.append(letter)
        }
    }

    private mutating func octal(from start: Int) throws(TemplateError) -> Unicode.Scalar {
        var value: UInt32 = 0
        index = start + 1
        while index < start + 4, let scalar = scalar(index), (48...55).contains(scalar.value) {
            value = value * 8 + (scalar.value - 48)
            index += 1
        }
        return try character(value, from: start)
    }

    private mutating func hexadecimal(_ count: Int, from start: Int) throws(TemplateError) -> Unicode.Scalar {
        let end = index + count
        guard end <= scalars.count, let value = UInt32(string(index..<end), radix: 16), scalars[index] != "+" else {
            throw failure("the escape needs \(count) hexadecimal digits", at: start)
        }
        index = end
        return try character(value, from: start)
    }

    private func character(_ value: UInt32, from start: Int) throws(TemplateError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else {
            throw failure("the escape is not a Unicode character", at: start)
        }
        return scalar
    }
}
