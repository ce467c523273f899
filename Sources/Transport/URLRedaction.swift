/// The URL with whatever may be a secret replaced by `***`: user information, and suspicious values in the query.
///
/// A value is suspicious if its name hints at a secret or if it is too long for a human to have chosen. The fragment is dropped: it
/// is never sent, but OAuth puts tokens there.
func redactedURL(_ url: String) -> String {
    let withoutUser = redactedUserInformation(url[...])
    let (location, query) = split(withoutUser.prefix { $0 != "#" }, at: "?")
    guard let query else { return String(location) }
    let parameters = query.split(separator: "&", omittingEmptySubsequences: false).map(redactedParameter)
    return location + "?" + parameters.joined(separator: "&")
}

private let longestPlainValue = 40

private let secretNames = [
    "key", "token", "secret", "passw", "pwd", "sig", "auth", "credential", "session", "code", "policy",
]

private func redactedUserInformation(_ location: Substring) -> String {
    guard let scheme = firstRange(of: "://", in: location) else { return String(location) }
    let rest = location[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" }
    guard let at = authority.lastIndex(of: "@") else { return String(location) }
    return location[..<scheme.upperBound] + "***" + rest[at...]
}

private func redactedParameter(_ parameter: Substring) -> String {
    let (name, value) = split(parameter, at: "=")
    guard let value else { return parameter.utf8.count > longestPlainValue ? "***" : String(parameter) }
    let lowercased = name.lowercased()
    let isSecret = secretNames.contains { firstRange(of: $0, in: Substring(lowercased)) != nil }
    return isSecret || value.utf8.count > longestPlainValue ? "\(name)=***" : String(parameter)
}

private func split(_ text: Substring, at separator: Character) -> (Substring, Substring?) {
    guard let index = text.firstIndex(of: separator) else { return (text, nil) }
    return (text[..<index], text[text.index(after: index)...])
}

private func firstRange(of needle: String, in text: Substring) -> Range<Substring.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
        if text[start...].hasPrefix(needle) { return start..<text.index(start, offsetBy: needle.count) }
        start = text.index(after: start)
    }
    return nil
}
