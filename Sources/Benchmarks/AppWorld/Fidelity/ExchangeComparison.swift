import JSON

/// Compares what a server answers with what was recorded.
struct ExchangeComparison {
    /// How much has to agree.
    enum Strictness: Sendable {
        /// Every byte of the body.
        case exact
        /// Status, kind of content, JSON shape, and the exact text of what the protocol says.
        case shape
    }

    /// What differs: where, what was recorded, what came.
    struct Difference: Sendable, Hashable {
        var field: String
        var expected: JSONValue
        var actual: JSONValue
    }

    let strictness: Strictness
    let names: AppWorldNameMap

    /// The first difference; nil when the answers agree.
    func difference(_ exchange: RecordedExchange, _ live: LiveAnswer) -> Difference? {
        let recorded = exchange.response
        guard recorded.status == live.status else {
            return Difference(field: "status", expected: Self.json(recorded.status), actual: Self.json(live.status))
        }
        guard recorded.status != nil else { return nil }
        return fieldDifference(recorded, live) ?? bodyDifference(exchange, live)
    }

    private func fieldDifference(_ recorded: RecordedExchange.Response, _ live: LiveAnswer) -> Difference? {
        let type = LiveAnswer.mediaType(recorded.headers["content-type"] ?? "")
        // A recorder may keep no field of an answer without a body.
        if !type.isEmpty, type != live.contentType {
            return Difference(field: "content-type", expected: .string(type), actual: .string(live.contentType))
        }
        let pairs = [
            ("allow", recorded.headers["allow"], live.allow),
            // The authority is the one that was asked.
            ("location", recorded.headers["location"].map { names.text(Self.path($0)) }, live.location.map(Self.path)),
        ]
        for (field, expected, actual) in pairs where expected != nil && expected != actual {
            return Difference(field: field, expected: Self.json(expected), actual: Self.json(actual))
        }
        return nil
    }

    private func bodyDifference(_ exchange: RecordedExchange, _ live: LiveAnswer) -> Difference? {
        let recorded = strictness == .exact ? exchange.response.body : names.value(exchange.response.body)
        if RecordedText.isCut(recorded) { return nil }
        if strictness == .exact {
            return RecordedText.agree(recorded, live.body)
                ? nil : Difference(field: "body", expected: recorded, actual: live.body)
        }
        let expected = LiveAnswer.message(in: recorded)
        if RecordedText.isCut(expected) { return nil }
        var comparison = ShapeComparison(apps: names.apps)
        comparison.isProtocol = (exchange.response.status ?? 0) >= 400
        comparison.isExecution = exchange.server == .environment && exchange.request.path.hasSuffix("execute")
        return comparison.difference(expected, LiveAnswer.message(in: live.body), at: "body")
    }

    private static func path(_ location: String) -> String {
        guard let scheme = location.firstIndex(of: ":") else { return location }
        let rest = location[location.index(after: scheme)...].drop { $0 == "/" }
        return String(rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...])
    }

    private static func json(_ status: Int?) -> JSONValue { status.map { JSONValue($0) } ?? "no end of the answer" }

    private static func json(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

/// The parts of a recording that were left out, in angle brackets.
enum RecordedText {
    private static let marks = [
        "<trimmed>", "<doc>", "<token>", "<password>", "<answer>", "<official train instruction>",
    ]

    /// Whether all of a value was left out.
    static func isCut(_ value: JSONValue) -> Bool { value.stringValue?.contains("<trimmed>") ?? false }

    /// Whether a text has something left out.
    static func hasMark(_ text: String) -> Bool { marks.contains { text.contains($0) } }

    /// Whether two values are equal but for what was left out.
    static func agree(_ recorded: JSONValue, _ live: JSONValue) -> Bool {
        switch (recorded, live) {
        case (.string(let text), .string(let other)): text == other || fits(text, other)
        case (.array(let items), .array(let others)):
            items.count == others.count && zip(items, others).allSatisfy { agree($0, $1) }
        case (.object(let object), .object(let other)):
            object.count == other.count
                && object.allSatisfy { key, member in other[key].map { agree(member, $0) } ?? false }
        default: recorded == live
        }
    }

    /// Whether a text is a recorded one with any text for each mark.
    private static func fits(_ recorded: String, _ live: String) -> Bool {
        guard hasMark(recorded) else { return false }
        var rest = live[...]
        var isFirst = true
        for part in parts(of: recorded) {
            if isFirst {
                guard rest.hasPrefix(part) else { return false }
                rest = rest.dropFirst(part.count)
            } else if part.isEmpty {
                continue
            } else {
                while !rest.hasPrefix(part) {
                    if rest.isEmpty { return false }
                    rest.removeFirst()
                }
                rest = rest.dropFirst(part.count)
            }
            isFirst = false
        }
        return rest.isEmpty || marks.contains { recorded.hasSuffix($0) }
    }

    private static func parts(of text: String) -> [String] {
        var parts = [""]
        var rest = text[...]
        while !rest.isEmpty {
            if let mark = marks.first(where: { rest.hasPrefix($0) }) {
                parts.append("")
                rest = rest.dropFirst(mark.count)
            } else {
                parts[parts.count - 1].append(rest.removeFirst())
            }
        }
        return parts
    }
}
