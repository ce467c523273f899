import Evaluation
import JSON

/// A question about a failed dialogue.
///
/// The form is that of the original program, a choice by letters in JSON or a free text; the wording is gage's own.
enum Tau1ErrorQuestion: Sendable, Hashable {
    case author
    case reason(Tau1FaultAuthor)
    case type
    case typeReason(Tau1FaultType)

    /// What can be chosen, in order; nothing where the answer is free.
    var choices: [String] {
        switch self {
        case .author: Tau1FaultAuthor.allCases.map(\.choice)
        case .type: Tau1FaultType.allCases.map(\.choice)
        case .reason, .typeReason: []
        }
    }

    private var instruction: String {
        switch self {
        case .author:
            """
            Decide who caused the fault. The user did where it asked for something that the user instruction does not \
            support. The agent did where it took a wrong action, or a right one with wrong arguments. Every other fault is \
            the environment's.
            """
        case .type: "Decide of what kind the first fault of the trajectory is."
        case .reason(let author):
            "Say in short why the fault is that of the \(author.rawValue). \(Self.brevity)"
        case .typeReason(let type):
            "Say in short why the trajectory has a fault of the kind \"\(type.rawValue)\". \(Self.brevity)"
        }
    }

    private static let brevity =
        "Speak only of what differs in function between the ground truth and the trajectory."

    private static let system = """
        Classify the text as the instruction says, by one of the choices. Answer with the key of the choice as JSON:
        {"classification": string}

        If 'Z. some choice' were right, the answer would be:
        {"classification": "Z"}
        """

    /// The request that asks it about a dialogue, with sampling parameters that go with every request.
    ///
    /// A choice asks for a JSON object, where the provider can be asked for one.
    func request(about dossier: Tau1ErrorDossier, parameters: JSONObject, asksForJSON: Bool) -> ChatRequest {
        let instructions = dossier.description + "\n\n" + instruction
        guard !choices.isEmpty else {
            return ChatRequest(messages: [.system(instructions), .user(dossier.text)], parameters: parameters)
        }
        let keys = zip(Self.letters, choices).map { "\($0). \($1)" }.joined(separator: "\n")
        let question = "Instruction:\n\(instructions)\n\nText:\n\(dossier.text)\n\nChoices:\n\(keys)\n\nValid JSON:"
        return ChatRequest(
            messages: [.system(Self.system), .user(question)], parameters: parameters,
            responseFormat: asksForJSON ? .jsonObject : .text)
    }

    private static let letters = ["A", "B", "C", "D"]

    /// The place of the choice that a reply makes.
    ///
    /// Throws ``EvaluationError`` (`judge.failed`) for a reply that makes none.
    func choice(in reply: String) throws(EvaluationError) -> Int {
        guard let object = Tau1ErrorReply.object(in: reply) else {
            throw Self.unreadable("there is no JSON object in it", reply)
        }
        guard let answer = object["classification"]?.stringValue else {
            throw Self.unreadable("it has no text under 'classification'", reply)
        }
        guard let place = Tau1ErrorReply.place(of: answer, among: choices, keys: Self.letters) else {
            throw Self.unreadable("'\(answer.prefix(80))' is none of the choices", reply)
        }
        return place
    }

    private static func unreadable(_ problem: String, _ reply: String) -> EvaluationError {
        EvaluationError(
            .judgeFailed, "the judge's reply about a failed dialogue cannot be read: \(problem)", cause: .provider,
            retry: .worthwhile, advice: "the reply began: \(reply.prefix(200))")
    }
}
