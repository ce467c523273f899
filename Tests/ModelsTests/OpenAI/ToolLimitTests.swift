import Evaluation
import Testing

@testable import Models

@Suite struct ToolLimitTests {
    @Test(arguments: [
        (128, "api.openai.com", true), (129, "api.openai.com", false), (469, "me.openai.azure.com", false),
        (469, "127.0.0.1", true), (469, "openai.com.example.org", true),
    ])
    func onlyHostsWithALimitRefuse(count: Int, host: String, passes: Bool) {
        do {
            try ToolLimit.check(count, at: host)
            #expect(passes)
        } catch {
            #expect(!passes)
            #expect(error.message == "the request has \(count) tools, and \(host) takes at most 128")
            #expect(error.advice?.contains("tool_allowlist") == true)
        }
    }
}
