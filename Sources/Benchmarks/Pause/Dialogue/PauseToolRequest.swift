import JSON

/// A call of a user tool that an assistant asks for in words.
struct PauseToolRequest: Sendable, Hashable {
    /// The tool.
    var name: String
    /// Its arguments.
    var arguments: JSONObject

    /// The tools that only the user may call.
    static let tools = [
        "update_source", "set_raw_data_permission", "set_user_notes_permission", "set_purchase_permission",
        "set_med_assistant_permission", "top_up_wallet", "authorize_checkout", "set_spending_limit",
    ]

    /// The requests in a text, in the order in which they stand there.
    ///
    /// Arguments are read as JSON after the tool's name; where there are none they are read off the words around.
    static func all(in text: String) -> [PauseToolRequest] {
        var found: [(place: String.Index, request: PauseToolRequest)] = []
        for name in tools {
            var rest = text[...]
            while let range = rest.firstRange(of: name) {
                let after = text[range.upperBound...]
                rest = after
                let arguments = object(at: after) ?? guessed(for: name, in: text)
                let request = PauseToolRequest(name: name, arguments: arguments ?? [:])
                guard arguments != nil, !found.contains(where: { $0.request == request }) else { continue }
                found.append((range.lowerBound, request))
            }
        }
        return found.sorted { $0.place < $1.place }.map(\.request)
    }

    /// The JSON object that follows, at most a few blanks, backquotes or an opening bracket away.
    private static func object(at text: Substring) -> JSONObject? {
        guard let open = text.firstIndex(of: "{"), text.distance(from: text.startIndex, to: open) <= 12 else {
            return nil
        }
        var depth = 0
        for index in text[open...].indices {
            if text[index] == "{" { depth += 1 }
            if text[index] == "}" { depth -= 1 }
            // Words in braces that are no JSON are no arguments.
            if depth == 0 { return (try? JSONValue.parse(String(text[open...index])))?.objectValue }
        }
        return nil
    }

    /// Arguments that are not written as JSON: an identifier, a source, an amount; permissions are granted.
    private static func guessed(for name: String, in text: String) -> JSONObject? {
        switch name {
        case "authorize_checkout":
            return word(in: text) { $0.hasPrefix("txn_") && $0.utf8.count > 4 }.map { ["transaction_id": .string($0)] }
        case "update_source":
            let known = word(in: text) { PauseSources.names.contains($0) }
            return known.map { ["source_name": .string($0), "allow": true] }
        case "top_up_wallet": return amount(in: text).map { ["amount": JSONValue($0)] }
        case "set_spending_limit": return nil
        default: return ["allow": true]
        }
    }

    private static func word(in text: String, where isWanted: (String) -> Bool) -> String? {
        text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init).first(where: isWanted)
    }

    /// What is missing to pay: the total less the balance, in whole cents rounded up, else the one amount in the text.
    static func amount(in text: String) -> Double? {
        if let total = number(after: ["final_total", "final total", "total"], in: text),
            let balance = number(after: ["balance"], in: text)
        {
            let cents = ((total - balance) * 100 - 1e-6).rounded(.up)
            return cents > 0 && cents < 1e9 ? cents / 100 : nil
        }
        return number(after: ["amount", "top_up_wallet", "by", "top up"], in: text)
    }

    private static func number(after words: [String], in text: String) -> Double? {
        let lower = text.lowercased()
        for word in words {
            guard let range = lower.firstRange(of: word) else { continue }
            let rest = lower[range.upperBound...].prefix(24)
            guard let first = rest.firstIndex(where: \.isNumber) else { continue }
            let digits = rest[first...].prefix { $0.isNumber || $0 == "." }
            let number = digits.hasSuffix(".") ? digits.dropLast() : digits
            if let value = Double(number), value > 0 { return value }
        }
        return nil
    }
}

/// The wearable sources that the platform knows.
enum PauseSources {
    static let names: Set<String> = [
        "fitbit", "google_fit", "apple_health", "huawei_health", "samsung_tracking", "garmin_connect", "oura",
        "xiaomi_mi_fitness", "polar_flow", "withings",
    ]
}
