extension Methods {
    static let stringSearching = Dictionary(
        uniqueKeysWithValues: [
            stringMethod("startswith", ["prefix", "start", "end"], required: 1) { (call) throws(TemplateError) in
                try affix(call) { window, part in window.starts(with: part) }
            },
            stringMethod("endswith", ["suffix", "start", "end"], required: 1) { (call) throws(TemplateError) in
                try affix(call) { window, part in window.reversed().starts(with: part.reversed()) }
            },
            stringMethod("find", ["sub", "start", "end"], required: 1) { (call) throws(TemplateError) in
                .int(try find(call, last: false) ?? -1)
            },
            stringMethod("rfind", ["sub", "start", "end"], required: 1) { (call) throws(TemplateError) in
                .int(try find(call, last: true) ?? -1)
            },
            stringMethod("index", ["sub", "start", "end"], required: 1) { (call) throws(TemplateError) in
                guard let position = try find(call, last: false) else {
                    throw call.interpreter.failure("'index': the text is not found")
                }
                return .int(position)
            },
            stringMethod("rindex", ["sub", "start", "end"], required: 1) { (call) throws(TemplateError) in
                guard let position = try find(call, last: true) else {
                    throw call.interpreter.failure("'rindex': the text is not found")
                }
                return .int(position)
            },
            stringMethod("count", ["sub", "start", "end"], required: 1) { (call) throws(TemplateError) in
                let part = try call.arguments.text(0)
                let (window, isValid) = try call.window(1, 2)
                guard !part.isEmpty else { return .int(isValid ? window.count + 1 : 0) }
                return .int(TextSplitter.split(string(window), by: part, limit: -1).count - 1)
            },
            stringMethod("replace", ["old", "new", "count"], required: 2) { (call) throws(TemplateError) in
                let limit = try call.arguments.integer(2, default: -1)
                return try call.result(
                    try call.interpreter.replace(call.text, try call.text(0), with: try call.text(1), limit: limit))
            },
            stringMethod("split", ["sep", "maxsplit"]) { (call) throws(TemplateError) in
                try split(call, fromRight: false)
            },
            stringMethod("rsplit", ["sep", "maxsplit"]) { (call) throws(TemplateError) in
                try split(call, fromRight: true)
            },
            stringMethod("splitlines", ["keepends"]) { (call) throws(TemplateError) in
                try call.list(PythonText.lines(of: call.text, keepEnds: try call.arguments.truth(0)))
            },
            stringMethod("partition", ["sep"], required: 1) { (call) throws(TemplateError) in
                try partition(call, fromRight: false)
            },
            stringMethod("rpartition", ["sep"], required: 1) { (call) throws(TemplateError) in
                try partition(call, fromRight: true)
            },
            stringMethod("join", ["iterable"], required: 1) { (call) throws(TemplateError) in try join(call) },
        ])

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func affix(
        _ call: StringCall, _ test: (ArraySlice<Unicode.Scalar>, [Unicode.Scalar]) -> Bool
    ) throws(TemplateError) -> Value {
        let (window, isValid) = try call.window(1, 2)
        let candidates: [Value]
        if case .tuple(let tuple) = call.arguments.value(0) {
            candidates = tuple.elements
        } else {
            candidates = [call.arguments.value(0)]
        }
        for candidate in candidates {
            if case .undefined(let undefined) = candidate { throw call.interpreter.failure(undefined) }
            guard let part = candidate.text else {
                throw call.interpreter.failure("a text begins or ends with text, not with \(candidate.described)")
            }
            if isValid, test(window, Array(part.unicodeScalars)) { return .bool(true) }
        }
        return .bool(false)
    }

    private static func find(_ call: StringCall, last: Bool) throws(TemplateError) -> Int? {
        let part = try call.arguments.text(0)
        let (window, isValid) = try call.window(1, 2)
        guard isValid else { return nil }
        let text = string(window)
        let position = last ? TextSearch.last(part, in: text, limit: 1).first : TextSearch.first(part, in: text)
        // Templates count characters, so bytes that only continue one are left out.
        return position.map { window.startIndex + text.utf8.prefix($0).count { $0 & 0xC0 != 0x80 } }
    }

    private static func split(_ call: StringCall, fromRight: Bool) throws(TemplateError) -> Value {
        let limit = try call.arguments.integer(1, default: -1)
        guard let separator = try call.arguments.textIfGiven(0) else {
            return try call.list(TextSplitter.words(of: call.text, limit: limit, fromRight: fromRight))
        }
        guard !separator.isEmpty else { throw call.interpreter.failure("the separator of 'split' is empty") }
        return try call.list(TextSplitter.split(call.text, by: separator, limit: limit, fromRight: fromRight))
    }

    private static func partition(_ call: StringCall, fromRight: Bool) throws(TemplateError) -> Value {
        let separator = try call.arguments.text(0)
        guard !separator.isEmpty else { throw call.interpreter.failure("the separator of 'partition' is empty") }
        let parts = TextSplitter.split(call.text, by: separator, limit: 1, fromRight: fromRight)
        let texts =
            parts.count == 2
            ? [parts[0], separator, parts[1]] : fromRight ? ["", "", call.text] : [call.text, "", ""]
        var values: [Value] = []
        for text in texts { values.append(try call.result(text)) }
        return .tuple(TupleObject(values, heap: call.interpreter.heap))
    }

    private static func join(_ call: StringCall) throws(TemplateError) -> Value {
        var result = ""
        let isMarkup = if case .markup = call.receiver { true } else { false }
        for (index, element) in try call.interpreter.elements(of: call.arguments.value(0)).enumerated() {
            if case .undefined(let undefined) = element { throw call.interpreter.failure(undefined) }
            guard let part = element.text else {
                throw call.interpreter.failure("'join' joins strings: element \(index) is \(element.described)")
            }
            if index > 0 { result += call.text }
            if isMarkup, case .string = element { result += Markup.escape(part) } else { result += part }
            try call.interpreter.chargeText(part.utf8.count + call.text.utf8.count)
            try call.interpreter.checkLength(result.utf8.count)
        }
        return try call.result(result)
    }
}

/// Dividing and replacing text, by bytes: what UTF-8 begins with in one text it begins with in every other.
enum TextSplitter {
    /// The parts between separators; a limit of less than zero is none.
    static func split(_ text: String, by separator: String, limit: Int, fromRight: Bool = false) -> [String] {
        let most = limit < 0 ? Int.max : limit
        let positions =
            fromRight && limit >= 0
            ? TextSearch.last(separator, in: text, limit: most)
            : TextSearch(separator.utf8).positions(in: text.utf8, limit: most)
        let bytes = Array(text.utf8)
        var parts: [String] = []
        var start = 0
        for position in positions {
            parts.append(String(decoding: bytes[start..<position], as: UTF8.self))
            start = position + separator.utf8.count
        }
        parts.append(String(decoding: bytes[start...], as: UTF8.self))
        return parts
    }

    /// The words between white space.
    static func words(of text: String, limit: Int, fromRight: Bool = false) -> [String] {
        let scalars = Array(text.unicodeScalars)
        let ordered = fromRight ? scalars.reversed() : scalars
        var words: [[Unicode.Scalar]] = []
        var index = 0
        while true {
            while index < ordered.count, PythonText.isSpace(ordered[index]) { index += 1 }
            guard index < ordered.count else { break }
            if limit >= 0, words.count == limit {
                words.append(Array(ordered[index...]))
                break
            }
            let start = index
            while index < ordered.count, !PythonText.isSpace(ordered[index]) { index += 1 }
            words.append(Array(ordered[start..<index]))
        }
        let strings = words.map { word in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: fromRight ? word.reversed() : word)
            return String(view)
        }
        return fromRight ? strings.reversed() : strings
    }
}

extension Interpreter {
    /// Replaces text as Python does; an empty text stands between all characters.
    ///
    /// A limit below zero is none.
    func replace(_ text: String, _ old: String, with new: String, limit: Int) throws(TemplateError) -> String {
        try chargeText(text.utf8.count)
        guard limit != 0 else { return text }
        let parts: [String]
        if old.isEmpty {
            let scalars = text.unicodeScalars
            let count = limit < 0 ? scalars.count + 1 : min(limit, scalars.count + 1)
            try charge(count)
            parts = [""] + scalars.prefix(count - 1).map { String($0) } + [String(scalars.dropFirst(count - 1))]
        } else {
            parts = TextSplitter.split(text, by: old, limit: limit)
        }
        let (added, overflow) = new.utf8.count.multipliedReportingOverflow(by: parts.count - 1)
        try checkLength(overflow ? .max : added)
        try chargeText(added)
        return parts.joined(separator: new)
    }
}
