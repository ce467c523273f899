import JSON

/// Who caused the fault of a failed dialogue, and what kind of fault it is where the agent did.
struct Tau1ErrorAnalysis: Sendable, Hashable {
    let taskID: Int
    let author: Tau1FaultAuthor
    let authorReason: String
    /// The kind of fault and why; nil unless the agent caused it.
    let fault: Fault?

    /// What an agent did wrong, and why that is the judge's opinion.
    struct Fault: Sendable, Hashable {
        let type: Tau1FaultType
        let reason: String
    }

    /// Asks one question; the answer to a choice has been found to be one.
    typealias Ask = (_ question: Tau1ErrorQuestion) async throws -> String

    /// Asks everything that there is to ask about a dialogue.
    init(of taskID: Int, asking ask: Ask) async throws {
        self.taskID = taskID
        author = Tau1FaultAuthor.allCases[try Tau1ErrorQuestion.author.choice(in: try await ask(.author))]
        authorReason = try await ask(.reason(author))
        guard author == .agent else {
            fault = nil
            return
        }
        let type = Tau1FaultType.allCases[try Tau1ErrorQuestion.type.choice(in: try await ask(.type))]
        fault = Fault(type: type, reason: try await ask(.typeReason(type)))
    }

    /// An entry of the official `fault_assignment_analysis`.
    var assignmentJSON: JSONValue {
        [
            "task_id": JSONValue(taskID), "author": .string(author.rawValue), "description": .string(authorReason),
        ]
    }

    /// An entry of the official `fault_type_analysis`; null where there is none.
    var typeJSON: JSONValue {
        guard let fault else { return .null }
        return [
            "task_id": JSONValue(taskID), "fault_type": .string(fault.type.rawValue),
            "description": .string(fault.reason),
        ]
    }
}
