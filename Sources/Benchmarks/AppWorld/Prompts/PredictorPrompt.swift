import Evaluation
import JSON

/// `helper/appworld_api_predictor@v1`: asks which interfaces a task needs.
struct PredictorPrompt: PromptRenderer {
    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message] {
        let facts = PromptFacts(variables)
        let system = PromptFacts.paragraphs(
            "You choose the interfaces that an assistant needs for a task. These are all there are, app by app:",
            facts.apis)
        let limit = facts.maxAPIs.map { " Name at most \($0), those needed most first." } ?? ""
        let question = """
            The task:

            \(facts.instruction)

            Which interfaces may it need? Include logging in to each app that it concerns, and what may be needed; leave out \
            what has nothing to do with it.\(limit)

            Write one on each line as app_name.api_name, and nothing else. For example:

            supervisor.show_profile
            phone.login
            """
        return [.system(system), .user(question)]
    }
}
