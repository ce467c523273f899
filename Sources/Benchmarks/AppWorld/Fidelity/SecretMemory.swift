import JSON

/// Fills in what a recording cannot know: the tokens, passwords and numbers of the server that is asked.
///
/// A recording has `<token>` and `<password>` in their place. The server hands both out itself: the newest token of an app
/// is what `<token>` means there, and the supervisor's list has the passwords. New things get other numbers, too.
struct SecretMemory {
    static let token = "<token>"
    static let password = "<password>"

    private var tokens: [String: String] = [:]
    private var newestToken: String?
    private var passwords: [String: String] = [:]
    private var identifiers: [Int: Int] = [:]

    /// A request's value with the secrets in; `app` is the app that it goes to, where one can be told.
    ///
    /// With `isWrong`, the password is to be a wrong one: the recording shows that it was refused.
    func filled(_ value: JSONValue, app: String?, isWrong: Bool) -> JSONValue {
        switch value {
        case .string(let text): return .string(filled(text, app: app, isWrong: isWrong))
        case .array(let items): return .array(items.map { filled($0, app: app, isWrong: isWrong) })
        case .object(var object):
            for (key, member) in object { object[key] = filled(member, app: app, isWrong: isWrong) }
            return .object(object)
        default: return value
        }
    }

    /// A request's text with the secrets in.
    func filled(_ text: String, app: String?, isWrong: Bool) -> String {
        let token = app.flatMap { tokens[$0] } ?? newestToken ?? "no-token-yet"
        let password = isWrong ? "not-the-password" : app.flatMap { passwords[$0] } ?? "no-password-yet"
        return text.replacing(Self.token, with: token).replacing(Self.password, with: password)
    }

    /// A request's path with the server's own identifiers.
    func renumbered(path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.map { part in Int(part).flatMap { identifiers[$0] }.map { String($0) } ?? String(part) }
            .joined(separator: "/")
    }

    /// A request's body with the server's own identifiers, which stand under keys that end with `_id`.
    func renumbered(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): return .array(items.map { renumbered($0) })
        case .object(var object):
            for (key, member) in object {
                let own = key.hasSuffix("_id") ? member.intValue.flatMap { identifiers[$0] } : nil
                object[key] = own.map { JSONValue($0) } ?? renumbered(member)
            }
            return .object(object)
        default: return value
        }
    }

    /// Remembers which identifier a new thing has here, and had when it was recorded.
    mutating func pair(recorded: JSONValue, live: JSONValue) {
        for (key, member) in recorded.objectValue ?? [:] where key.hasSuffix("_id") {
            if let old = member.intValue, let new = live[key]?.intValue { identifiers[old] = new }
        }
    }

    /// Remembers what an answer hands out.
    mutating func learn(from answer: JSONValue, app: String?) {
        if let token = answer["access_token"]?.stringValue {
            newestToken = token
            if let app { tokens[app] = token }
        }
        for account in answer.arrayValue ?? [] {
            if let name = account["account_name"]?.stringValue, let password = account["password"]?.stringValue {
                passwords[name] = password
            }
        }
    }
}

extension String {
    /// The text with every occurrence of another one replaced.
    func replacing(_ part: String, with other: String) -> String {
        var result = ""
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(part) {
                result += other
                rest = rest.dropFirst(part.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
