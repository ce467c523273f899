import Engine
import Evaluation
import JSON
import Testing

@testable import AppWorld

@Suite("Prompts")
struct PromptTests {
    private static let variables: JSONObject = [
        "payload": [
            "instruction": "Pay my share.", "max_steps": 40, "max_apis": 16,
            "api_descriptions_string": "api_descriptions:\n  notes:\n    - name: login",
            "main_user": [
                "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com", "phone_number": "5550000001",
            ],
        ],
        "app_descriptions_string": "notes: Keeps notes.\nwallet: Pays.",
    ]

    @Test("An agent is told for whom it works, which apps there are, and how to end")
    func agent() throws {
        let messages = try AgentPrompt().render(Self.variables, over: [.user("Pay my share.")])
        #expect(messages.map(\.role) == [.system, .user])
        let text = try #require(messages[0].text)
        #expect(text.contains("You work for Ada Byron (e-mail ada@example.com, phone 5550000001)."))
        #expect(text.contains("notes: Keeps notes.\nwallet: Pays."))
        #expect(text.contains("You have 40 turns."))
        #expect(text.contains("`supervisor__complete_task`"))
        #expect(messages[1].text == "Pay my share.")
        #expect(!text.contains("\n\n\n"))
    }

    @Test("An agent that writes programs is told how")
    func code() throws {
        let messages = try CodePrompt().render(Self.variables, over: [])
        #expect(messages.map(\.role) == [.system, .user])
        #expect(messages[0].text?.contains("apis.supervisor.complete_task()") ?? false)
        #expect(messages[0].text?.contains("```python") ?? false)
        #expect(messages[1].text == "Pay my share.")
    }

    @Test("The predictor sees all interfaces and the task")
    func predictor() throws {
        let messages = try PredictorPrompt().render(Self.variables, over: [.user("other")])
        #expect(messages.map(\.role) == [.system, .user])
        #expect(messages[0].text?.hasSuffix("api_descriptions:\n  notes:\n    - name: login") ?? false)
        #expect(messages[1].text?.contains("Pay my share.") ?? false)
        #expect(messages[1].text?.contains("at most 16") ?? false)
    }

    @Test("What is not known is left out")
    func unknown() throws {
        let text = try AgentPrompt().render(["payload": ["instruction": "x"]], over: [])[0].text ?? ""
        #expect(!text.contains("You work for"))
        #expect(!text.contains("The apps:"))
    }

    @Test("What a hook finds out reaches templates as part of the payload")
    func payload() {
        var episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 1, sample: Sample(id: "s"))
        episode.supportOutputs.append([
            "main_user": ["first_name": "Ada"], "payload": ["main_user": ["first_name": "Ada"]],
        ])
        let variables = PromptVariables.make(
            for: episode, adapter: AdapterBinding(id: "a", role: .dutAgent), payload: ["max_steps": 3])
        #expect(variables["payload"] == ["main_user": ["first_name": "Ada"], "max_steps": 3])
    }
}
