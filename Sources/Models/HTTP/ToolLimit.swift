import Evaluation

/// How many tools a host takes in one request; OpenAI refuses more, in words that do not say what to do.
enum ToolLimit {
    private static let most = 128
    private static let hosts = ["api.openai.com", ".openai.azure.com"]

    /// Refuses a request that the host would refuse for its number of tools.
    ///
    /// Throws ``EvaluationError``, cause `configuration`: every episode of the run has the same tools.
    static func check(_ count: Int, at host: String) throws(EvaluationError) {
        guard count > most, hosts.contains(where: { host == $0 || ($0.hasPrefix(".") && host.hasSuffix($0)) }) else {
            return
        }
        throw EvaluationError(
            .providerBadRequest, "the request has \(count) tools, and \(host) takes at most \(most)",
            cause: .configuration,
            advice: "set tool_allowlist, tool_prefixes or max_tools of the toolchain, or meta_tool_mode: true")
    }
}
