public import JSON

/// A way in which a simulated user behaves besides following its instructions: an emotion, a placebo, or nothing.
///
/// It is a text put after the user simulator's own system prompt, so that it works with every simulator and every
/// benchmark that has one.
public struct UserVariant: Sendable, Hashable {
    /// The name in configurations and results.
    public var name: String
    /// The emotion that the user should show, by its name in the emotion lexicon; nil for controls.
    public var emotion: String?
    /// The line above the text.
    public var heading = "EMOTIONAL CONTEXT"
    /// Who the user is, in a sentence; nil where nothing is added.
    public var role: String?
    /// How the user behaves; empty for the control.
    public var instructions: String
    /// What ``instructions`` quote, in lower case: a user who says these merely obeys.
    public var phrases: [String] = []
    /// The version of the file that the variant stands in.
    public var version: Int

    /// Describes a variant.
    public init(name: String, instructions: String, version: Int = 1) {
        self.name = name
        self.instructions = instructions
        self.version = version
    }

    /// Whether nothing is added to the user's prompt.
    public var isControl: Bool { role == nil && instructions.isEmpty }

    /// The text that is put after the user's system prompt; empty for the control.
    public var suffix: String {
        guard !isControl else { return "" }
        return "\n\n\(heading):\n" + [role ?? "", instructions].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// The SHA-256 of name, version and text, which says whether two runs used the same variant.
    public var digest: String { sha256Hex("\(name)\n\(version)\n\(suffix)".utf8) }

    /// A user's system prompt with the variant's text after it.
    public func applied(to systemPrompt: String) -> String { systemPrompt + suffix }

    /// What an episode keeps of its variant, under `metadata.user_variant`.
    ///
    /// `systemPrompt` is the whole prompt that the user's model is given, the variant's text included.
    public func metadata(systemPrompt: String) -> JSONValue {
        [
            "name": .string(name), "version": JSONValue(version), "digest": .string(digest),
            "system_prompt_sha256": .string(sha256Hex(systemPrompt.utf8)), "system_prompt": .string(systemPrompt),
        ]
    }
}
