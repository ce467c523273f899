import JSON

/// Proves that an episode's user had the prompt of its variant, from what the episode kept.
struct PromptCheck: Sendable {
    let variant: StudyVariant
    let others: [StudyVariant]

    init(_ variant: StudyVariant, among variants: [StudyVariant]) {
        self.variant = variant
        others = variants.filter { $0.name != variant.name && !$0.suffix.isEmpty }
    }

    /// What the check found.
    struct Finding: Sendable, Hashable {
        var fault: String?
        var basePrompt: String?
    }

    /// Looks at an episode's `metadata.user_variant`.
    func examine(_ kept: JSONValue?) -> Finding {
        guard let prompt = kept?["system_prompt"]?.stringValue else {
            return Finding(fault: "the episode does not say which prompt its user had")
        }
        let name = kept?["name"]?.stringValue ?? ""
        if name != variant.name { return Finding(fault: "the user was '\(name)', not '\(variant.name)'") }
        if kept?["digest"]?.stringValue != variant.digest {
            return Finding(fault: "the variant's text is not the one that the experiment was launched with")
        }
        if kept?["system_prompt_sha256"]?.stringValue != sha256Hex(prompt.utf8) {
            return Finding(fault: "the kept prompt does not have the kept digest")
        }
        guard prompt.hasSuffix(variant.suffix) else {
            return Finding(fault: "the user's prompt does not end with the variant's text")
        }
        let base = String(prompt.dropLast(variant.suffix.count))
        if let other = others.first(where: { prompt.hasSuffix($0.suffix) && !variant.suffix.hasSuffix($0.suffix) }) {
            return Finding(fault: "the user's prompt has the text of '\(other.name)'")
        }
        return Finding(basePrompt: sha256Hex(base.utf8))
    }
}
