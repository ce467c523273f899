/// The container image of an instance, by the official evaluator's rule.
///
/// Source: spec section 2.2 (`swe_bench_pro_eval.py`). The rule's odd cases are part of the names on the registry.
enum ImageName {
    /// The longest tag that a registry takes.
    static let longestTag = 128
    private static let elementWeb = "element-hq/element-web"
    private static let odd = "instance_element-hq__element-web-ec0f940ef0e8e3b61078f145f34dc40d1938e6c5-vnan"

    /// The tag of an instance's image.
    static func tag(instanceID: String, repository: String) -> String {
        let parts = repository.lowercased().split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let base = String(parts.first ?? "")
        var name = parts.count > 1 ? String(parts[1]) : ""
        var hash = removing("instance_", from: instanceID)
        if instanceID == odd {
            name = "element-web"
        } else {
            if repository.lowercased() == elementWeb { name = "element" }
            if hash.hasSuffix("-vnan") { hash.removeLast("-vnan".count) }
        }
        return String("\(base).\(name)-\(hash)".prefix(longestTag))
    }

    /// The whole name of an instance's image.
    ///
    /// `registryPrefix` takes the account's place where an image is mirrored.
    static func uri(
        instanceID: String, repository: String, account: String, registryPrefix: String? = nil
    ) -> String {
        uri(tag: tag(instanceID: instanceID, repository: repository), account: account, registryPrefix: registryPrefix)
    }

    /// The whole name of the image with a tag.
    static func uri(tag: String, account: String, registryPrefix: String? = nil) -> String {
        let name = "\(account)/sweap-images:\(tag)"
        return registryPrefix.map { mirrored(name, at: $0) } ?? name
    }

    /// An image's name at a mirror, which stands before the name's last part.
    static func mirrored(_ name: String, at prefix: String) -> String {
        let last = name.split(separator: "/").last ?? ""
        return "\(trimmed(prefix))/\(last)"
    }

    private static func trimmed(_ prefix: String) -> String {
        var prefix = prefix
        while prefix.hasSuffix("/") { prefix.removeLast() }
        return prefix
    }

    private static func removing(_ part: String, from text: String) -> String {
        var rest = Substring(text)
        var result = ""
        while let range = rest.firstRange(of: part) {
            result += rest[..<range.lowerBound]
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
