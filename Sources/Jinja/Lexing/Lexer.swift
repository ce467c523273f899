/// Cuts a template's source into tokens and applies white space control.
struct Lexer {
    let scalars: [Unicode.Scalar]
    let name: String
    let options: TemplateOptions
    /// The offset of each line's first scalar.
    private let lineStarts: [Int]
    var index = 0
    var output: [Token] = []

    init(_ source: String, name: String, options: TemplateOptions) {
        let scalars = Self.normalized(source, keepTrailingNewline: options.keepTrailingNewline)
        lineStarts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
        self.scalars = scalars
        self.name = name
        self.options = options
    }

    /// Line ends become line feeds; the last one goes unless it is to be kept.
    private static func normalized(_ source: String, keepTrailingNewline: Bool) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(source.utf8.count)
        var previous: Unicode.Scalar = " "
        for scalar in source.unicodeScalars {
            switch scalar {
            case "\r": result.append("\n")
            case "\n": if previous != "\r" { result.append("\n") }
            default: result.append(scalar)
            }
            previous = scalar
        }
        if !keepTrailingNewline, result.last == "\n" { result.removeLast() }
        return result
    }

    /// All tokens, the end included.
    mutating func tokens() throws(TemplateError) -> [Token] {
        var startsLine = true
        while index < scalars.count {
            guard let tag = nextTag() else {
                data(index..<scalars.count)
                index = scalars.count
                break
            }
            try self.tag(tag, startsLine: startsLine)
            startsLine = index > 0 && scalars[index - 1] == "\n"
        }
        append(.end, at: scalars.count)
        return output
    }

    // MARK: Tags

    private struct Tag {
        enum Kind { case variable, block, comment }
        var kind: Kind
        var start: Int
        /// The `-` or `+` after the opening delimiter.
        var sign: Unicode.Scalar?
    }

    private func nextTag() -> Tag? {
        var position = index
        while position + 1 < scalars.count {
            if scalars[position] == "{" {
                let kind: Tag.Kind? =
                    switch scalars[position + 1] {
                    case "{": .variable
                    case "%": .block
                    case "#": .comment
                    default: nil
                    }
                if let kind { return Tag(kind: kind, start: position, sign: sign(at: position + 2)) }
            }
            position += 1
        }
        return nil
    }

    private mutating func tag(_ tag: Tag, startsLine: Bool) throws(TemplateError) {
        let mayStrip = tag.kind != .variable
        data(stripped(index..<tag.start, sign: tag.sign, startsLine: startsLine, mayStrip: mayStrip))
        index = tag.start + (tag.sign == nil ? 2 : 3)
        switch tag.kind {
        case .comment: try comment(from: tag.start)
        case .variable:
            append(.variableBegin, at: tag.start)
            try expression(end: "}", from: tag.start)
            append(.variableEnd, at: max(tag.start, index - 2))
        case .block:
            if let rawStart = rawBegin() {
                index = rawStart
                try raw(from: tag.start)
            } else {
                append(.blockBegin, at: tag.start)
                try expression(end: "%", from: tag.start)
                append(.blockEnd, at: max(tag.start, index - 2))
            }
        }
    }

    private mutating func comment(from start: Int) throws(TemplateError) {
        while index < scalars.count {
            if let end = closing("#", at: index) {
                index = end
                return
            }
            index += 1
        }
        throw failure("the comment '{#' is not closed: '#}' is missing", at: start)
    }

    /// Where the text of a raw block begins, if the block tag that was just opened is `raw`.
    private func rawBegin() -> Int? {
        guard var position = skipWord("raw", from: index) else { return nil }
        if scalar(position) == "-" {
            position += 1
            guard scalar(position) == "%", scalar(position + 1) == "}" else { return nil }
            return skipSpace(from: position + 2)
        }
        guard scalar(position) == "%", scalar(position + 1) == "}" else { return nil }
        return position + 2
    }

    private mutating func raw(from start: Int) throws(TemplateError) {
        let textStart = index
        var position = index
        while position + 1 < scalars.count {
            defer { position += 1 }
            guard scalars[position] == "{", scalars[position + 1] == "%" else { continue }
            let sign = sign(at: position + 2)
            guard let afterWord = skipWord("endraw", from: position + (sign == nil ? 2 : 3)),
                let end = closing("%", at: afterWord)
            else { continue }
            let startsLine = textStart > 0 && scalars[textStart - 1] == "\n"
            data(stripped(textStart..<position, sign: sign, startsLine: startsLine, mayStrip: true))
            index = end
            return
        }
        throw failure("the raw block is not closed: '{% endraw %}' is missing", at: start)
    }

    // MARK: White space

    /// Where reading goes on after a closing delimiter such as `-%}` at a position, or `nil` if there is none.
    func closing(_ letter: Unicode.Scalar, at position: Int) -> Int? {
        let sign = sign(at: position)
        let delimiter = sign == nil ? position : position + 1
        guard scalar(delimiter) == letter, scalar(delimiter + 1) == "}" else { return nil }
        let end = delimiter + 2
        if sign == "-" { return skipSpace(from: end) }
        // A variable's end knows no `+` and is not trimmed.
        if letter == "}" { return sign == nil ? end : nil }
        return sign == nil && options.trimBlocks && scalar(end) == "\n" ? end + 1 : end
    }

    private func stripped(
        _ range: Range<Int>, sign: Unicode.Scalar?, startsLine: Bool, mayStrip: Bool
    ) -> Range<Int> {
        var end = range.upperBound
        if sign == "-" {
            while end > range.lowerBound, PythonText.isSpace(scalars[end - 1]) { end -= 1 }
            return range.lowerBound..<end
        }
        guard sign != "+", options.lstripBlocks, mayStrip else { return range }
        while end > range.lowerBound, scalars[end - 1] != "\n" {
            guard PythonText.isSpace(scalars[end - 1]) else { return range }
            end -= 1
        }
        return end > range.lowerBound || startsLine ? range.lowerBound..<end : range
    }

    func skipSpace(from position: Int) -> Int {
        var position = position
        while position < scalars.count, PythonText.isSpace(scalars[position]) { position += 1 }
        return position
    }

    private func skipWord(_ word: String, from position: Int) -> Int? {
        var position = skipSpace(from: position)
        for letter in word.unicodeScalars {
            guard scalar(position) == letter else { return nil }
            position += 1
        }
        return skipSpace(from: position)
    }

    // MARK: Helpers

    func scalar(_ position: Int) -> Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    private func sign(at position: Int) -> Unicode.Scalar? {
        guard let scalar = scalar(position), scalar == "-" || scalar == "+" else { return nil }
        return scalar
    }

    private mutating func data(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        append(.data(string(range)), at: range.lowerBound)
    }

    func string(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    mutating func append(_ kind: Token.Kind, at offset: Int) {
        output.append(Token(kind: kind, position: position(of: offset)))
    }

    private func position(of offset: Int) -> Position {
        var low = 0
        var high = lineStarts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return Position(line: Int32(clamping: low + 1), column: Int32(clamping: offset - lineStarts[low] + 1))
    }

    func failure(_ message: String, at offset: Int) -> TemplateError {
        let position = position(of: offset)
        return TemplateError(message, name: name, line: Int(position.line), column: Int(position.column))
    }
}
