extension ModelNameResolver {
    /// Reads a model's name that was written without slashes, as in the name of a file or a plain query.
    ///
    /// A name with a slash holds as it is. In any other, `_` stands for a slash and `__` for an underscore:
    /// `openai_gpt-4o` is `openai/gpt-4o`, `openai_my__model` is `openai/my_model`. A provider's own underscore at the
    /// beginning is known: `hosted_vllm_qwen` is `hosted_vllm/qwen`.
    public static func name(escaped text: String) -> String {
        guard !text.contains("/") else { return text }
        let providers =
            KnownProvider.all.map(\.name) + KnownProvider.aliases.keys
            + Array(KnownProvider.unsupported)
        let provider = providers.filter { text.hasPrefix("\($0)_") && $0.contains("_") }.max { $0.count < $1.count }
        guard let provider else { return unescaped(text[...]) }
        return "\(provider)/" + unescaped(text.dropFirst(provider.count + 1))
    }

    private static func unescaped(_ text: Substring) -> String {
        String(text).replacing("__", with: "\u{0}").replacing("_", with: "/").replacing("\u{0}", with: "_")
    }
}
