public import JSON

/// What a server with other apps, people and tasks calls the things that a recording names.
///
/// Texts are replaced wherever they stand, the longest first; keys of objects too.
public struct AppWorldNameMap: Sendable {
    /// A difference that is known and wanted.
    struct Known: Sendable, Hashable {
        var topic: String
        var exchange: String
        var reason: String
    }

    private let replacements: [(from: String, to: String)]
    /// Apps, after replacement: an object whose keys are all among them may have others of them.
    let apps: Set<String>
    let known: [Known]

    /// The map that changes nothing.
    public static let none = AppWorldNameMap(replacements: [], apps: [], known: [])

    private init(replacements: [(from: String, to: String)], apps: Set<String>, known: [Known]) {
        self.replacements = replacements.sorted { $0.from.utf8.count > $1.from.utf8.count }
        self.apps = apps
        self.known = known
    }

    /// Reads `{"texts": {"recorded": "here", …}, "apps": […], "known": [{"topic", "exchange", "reason"}, …]}`.
    public init?(_ json: JSONValue) {
        guard let texts = json["texts"]?.objectValue else { return nil }
        var replacements: [(from: String, to: String)] = []
        for (from, to) in texts {
            guard let to = to.stringValue, !from.isEmpty else { return nil }
            replacements.append((from, to))
        }
        let known = (json["known"]?.arrayValue ?? []).compactMap { item -> Known? in
            guard let topic = item["topic"]?.stringValue, let exchange = item["exchange"]?.stringValue else {
                return nil
            }
            return Known(topic: topic, exchange: exchange, reason: item["reason"]?.stringValue ?? "")
        }
        self.init(
            replacements: replacements, apps: Set(json["apps"]?.arrayValue?.compactMap(\.stringValue) ?? []),
            known: known)
    }

    /// A text in the server's names.
    func text(_ text: String) -> String {
        guard !replacements.isEmpty else { return text }
        var result = ""
        var rest = text[...]
        while !rest.isEmpty {
            if let found = replacements.first(where: { rest.hasPrefix($0.from) }) {
                result += found.to
                rest = rest.dropFirst(found.from.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }

    /// A value in the server's names.
    func value(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(self.text(text))
        case .array(let items): .array(items.map(self.value))
        case .object(let object): .object(self.object(object))
        default: value
        }
    }

    private func object(_ object: JSONObject) -> JSONObject {
        var mapped: JSONObject = [:]
        for (key, member) in object { mapped[text(key)] = value(member) }
        return mapped
    }

    /// Why an exchange may differ; nil when it must not.
    func reason(topic: String, exchange: String) -> String? {
        known.first { $0.topic == topic && $0.exchange == exchange }?.reason
    }
}
