import Evaluation
import JSON

/// `dut/appworld@v1`: instructions for an agent that calls tools.
struct AgentPrompt: PromptRenderer {
    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] {
        let facts = PromptFacts(variables)
        let text = PromptFacts.paragraphs(
            "You are an assistant that does everyday tasks for one person by using that person's apps.", facts.person,
            """
            Each function stands for one interface of one app: `notes__search_notes` is search_notes of the app notes. \
            Call one or more functions in every turn; you get their results and go on.
            """, facts.appSection,
            facts.toolDocumentation.isEmpty ? nil : "What the functions take and return:\n\n\(facts.toolDocumentation)",
            PromptRules.conduct(steps: facts.maxSteps),
            PromptRules.completion(call: "`supervisor__complete_task`"))
        return [.system(text)] + (messages.isEmpty ? [.user(facts.instruction)] : messages)
    }
}
