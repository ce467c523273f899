import JSON
import Testing

@testable import Experiments

@Suite("The user's prompt as an episode kept it")
struct PromptCheckTests {
    private let variants = Study.variants(["control", "anger", "anxiety"])

    private func kept(_ prompt: String, name: String, digest: String, hash: String? = nil) -> JSONValue {
        [
            "name": .string(name), "digest": .string(digest), "system_prompt": .string(prompt),
            "system_prompt_sha256": .string(hash ?? sha256Hex(prompt.utf8)),
        ]
    }

    private func finding(_ variant: Int, _ kept: JSONValue?) -> PromptCheck.Finding {
        PromptCheck(variants[variant], among: variants).examine(kept)
    }

    @Test("The right prompt has no fault, and the same base under every variant")
    func right() {
        let control = finding(0, kept("Base", name: "control", digest: "digest of control"))
        let anger = finding(1, kept("Base" + variants[1].suffix, name: "anger", digest: "digest of anger"))
        #expect(control.fault == nil)
        #expect(anger.fault == nil)
        #expect(control.basePrompt == anger.basePrompt)
    }

    @Test("A prompt without the variant's text, of another variant, or of another wording is flagged")
    func wrong() {
        #expect(finding(1, nil).fault?.contains("does not say") == true)
        #expect(
            finding(1, kept("Base", name: "anger", digest: "digest of anger")).fault?.contains("does not end") == true)
        #expect(
            finding(0, kept("Base" + variants[1].suffix, name: "control", digest: "digest of control")).fault?
                .contains("has the text of 'anger'") == true)
        #expect(
            finding(1, kept("Base", name: "control", digest: "digest of control")).fault?.contains("the user was")
                == true)
        #expect(
            finding(1, kept("Base" + variants[1].suffix, name: "anger", digest: "older")).fault?
                .contains("launched with") == true)
        #expect(
            finding(1, kept("Base" + variants[1].suffix, name: "anger", digest: "digest of anger", hash: "0")).fault?
                .contains("digest") == true)
    }
}
