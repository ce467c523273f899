import Evaluation
import JSON

/// `dut/appworld_code@v1`: instructions for an agent that writes programs.
struct CodePrompt: PromptRenderer {
    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] {
        let facts = PromptFacts(variables)
        let text = PromptFacts.paragraphs(
            "You are an assistant that does everyday tasks for one person by writing Python.", facts.person,
            """
            In every turn write what you are about to do, then exactly one block of code:

            ```python
            print(apis.api_docs.show_app_descriptions())
            ```

            It is run in an interpreter that keeps its variables between turns, and you get what it printed. Only the \
            first block of a turn is run.

            Apps are called through `apis`, with named arguments: `apis.app_name.api_name(argument=value)`. Find out how \
            before you call: `apis.api_docs.show_api_descriptions(app_name=...)` lists an app's interfaces, and \
            `apis.api_docs.show_api_doc(app_name=..., api_name=...)` says what one takes and returns. Only Python's \
            standard library is there.
            """, facts.appSection, PromptRules.conduct(steps: facts.maxSteps),
            PromptRules.completion(call: "`apis.supervisor.complete_task()`"))
        return [.system(text)] + (messages.isEmpty ? [.user(facts.instruction)] : messages)
    }
}
