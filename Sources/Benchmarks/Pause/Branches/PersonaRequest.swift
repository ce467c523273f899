import Evaluation
import JSON

/// Has a language model put a user into words, from the figures that were drawn.
struct PersonaRequest {
    static let attempts = 3

    let facts: PersonaFacts

    /// The persona; nil when no attempt gave one of the demanded shape.
    ///
    /// Throws what the model throws.
    func persona(by model: any ChatModel, parameters: JSONObject) async throws -> PausePersona? {
        for attempt in 0..<Self.attempts {
            let answer = try await TaskWriter.ask(model, parameters: parameters, prompt, index: attempt)
            guard let object = ModelJSON.object(in: answer) else { continue }
            // What is not of the demanded shape is asked for again.
            if let persona = try? PausePersona(json: object) { return persona }
        }
        return nil
    }

    /// The request.
    var prompt: String {
        """
        You invent the person behind a month of health data. Below are the figures of that month and the habits behind \
        them. Invent a person whose life explains them.

        ## Figures
        \(JSONValue.object(facts.json).text())

        ## Answer
        Answer with one JSON object and nothing else, with exactly these keys:
        {"user_profile": {"basic_info": {"name": "...", "age": 0, "gender": "..."}, "health_risks": ["..."], \
        "dietary_restrictions": ["..."], "preferences": {"sport": ["..."], "food": ["..."]}}, \
        "med_user_profile": {"basic_info": {"name": "...", "age": 0, "gender": "..."}, "health_risks": ["..."], \
        "dietary_restrictions": ["..."]}, "narrative_summary": "..."}
        The medical profile says nothing that the user profile does not say; it may say less. Food preferences come from \
        the common tags. narrative_summary has 80 to 120 words about training, eating and goals, in the third person, and \
        fits the figures.
        """
    }
}
