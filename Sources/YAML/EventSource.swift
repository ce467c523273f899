import CYAML

/// One step of a YAML text as libyaml reports it.
struct Event {
    struct Scalar {
        var text: String
        var style: YAMLNode.Style
        /// Whether a scalar without a tag is to be resolved by the schema: it is plain.
        var isPlain: Bool
    }

    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        case scalar(Scalar)
        case sequenceStart(YAMLNode.Style)
        case sequenceEnd
        case mappingStart(YAMLNode.Style)
        case mappingEnd
    }

    var kind: Kind
    var start: YAMLMark
    var end: YAMLMark
    var tag: String?
    var anchor: String?
}

/// libyaml's parser over one text.
final class EventSource {
    // libyaml keeps the parser's own address and the input's, so both live in memory that does not move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ text: String) throws(YAMLError) {
        let byteOrderMark: Unicode.Scalar = "\u{FEFF}"
        let body =
            text.unicodeScalars.first == byteOrderMark ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
        let bytes = Substring(body).utf8
        input = UnsafeMutableBufferPointer.allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        parser = UnsafeMutablePointer.allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            throw YAMLError("the YAML parser could not start: out of memory", at: .start)
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event; after the end of the stream there is none to ask for.
    func next() throws(YAMLError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        return Self.translate(event)
    }

    private static func translate(_ event: yaml_event_t) -> Event {
        var result = Event(kind: .streamStart, start: YAMLMark(event.start_mark), end: YAMLMark(event.end_mark))
        switch event.type {
        case YAML_STREAM_START_EVENT: result.kind = .streamStart
        case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: result.kind = .documentEnd
        case YAML_ALIAS_EVENT: result.kind = .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            result.kind = .scalar(
                Event.Scalar(
                    text: String(
                        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
                    style: style(scalar.style), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE))
            result.tag = string(scalar.tag)
            result.anchor = string(scalar.anchor)
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.data.sequence_start
            result.kind = .sequenceStart(sequence.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block)
            result.tag = string(sequence.tag)
            result.anchor = string(sequence.anchor)
        case YAML_SEQUENCE_END_EVENT: result.kind = .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            let mapping = event.data.mapping_start
            result.kind = .mappingStart(mapping.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block)
            result.tag = string(mapping.tag)
            result.anchor = string(mapping.anchor)
        case YAML_MAPPING_END_EVENT: result.kind = .mappingEnd
        default: result.kind = .streamEnd
        }
        return result
    }

    private static func string(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        bytes.map { String(cString: $0) }
    }

    private static func style(_ style: yaml_scalar_style_t) -> YAMLNode.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }
}

extension YAMLMark {
    init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1, offset: Int(mark.index))
    }
}

extension EventSource {
    /// What libyaml says went wrong, with the position that it, or the byte offset, gives.
    private func failure() -> YAMLError {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "the text cannot be read"
        guard state.error != YAML_READER_ERROR else {
            let code = String(state.problem_value, radix: 16, uppercase: true)
            let padding = String(repeating: "0", count: max(0, 4 - code.count))
            let character = state.problem_value >= 0 ? " (U+\(padding)\(code))" : ""
            return YAMLError(problem + character, at: mark(atByte: Int(state.problem_offset)))
        }
        var mark = YAMLMark(state.problem_mark)
        // At the end libyaml stands on a line of its own, which the text need not have.
        if state.problem_mark.index >= scalarCount { mark = self.mark(atByte: input.count) }
        var error = YAMLError(problem, at: mark)
        if let context = state.context {
            error.context = String(cString: context)
            // A parser error in an unfinished construct has the construct's place; others repeat the problem's.
            let contextMark = YAMLMark(state.context_mark)
            if contextMark != mark, contextMark != .start || state.error == YAML_PARSER_ERROR {
                error.contextMark = contextMark
            }
        }
        error.hint = hint(for: problem, at: mark)
        return error
    }

    private func mark(atByte offset: Int) -> YAMLMark {
        var line = 1
        var column = 1
        var scalars = 0
        for byte in input.prefix(offset) where byte & 0xC0 != 0x80 {
            scalars += 1
            column += 1
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            }
        }
        return YAMLMark(line: line, column: column, offset: scalars)
    }

    private var scalarCount: Int { input.count { $0 & 0xC0 != 0x80 } }

    private func hint(for problem: String, at mark: YAMLMark) -> String? {
        if problem.hasPrefix("mapping values are not allowed") { return "quote text that contains ': '" }
        guard problem.hasPrefix("found character that cannot start") else { return nil }
        switch byte(at: mark) {
        case UInt8(ascii: "\t"): return "YAML does not take tabs for indentation: use spaces"
        case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"):
            return "quote text that begins with this character"
        default: return nil
        }
    }

    private func byte(at mark: YAMLMark) -> UInt8? {
        var scalars = 0
        for byte in input where byte & 0xC0 != 0x80 {
            if scalars == mark.offset { return byte }
            scalars += 1
        }
        return nil
    }
}
