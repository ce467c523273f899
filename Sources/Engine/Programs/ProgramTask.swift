import Evaluation

/// What a program is asked to do: the `do` of a request.
enum ProgramTask: String, Sendable {
    /// Make a sample of a record.
    case preprocess
    /// Reach a verdict.
    case judge
    /// Measure an episode.
    case score
    /// Say what the agent says next.
    case agent
    /// Answer a chat request.
    case respond

    /// Who is at fault when the program does not answer.
    var cause: Cause {
        switch self {
        case .preprocess, .judge, .score: .task
        case .agent: .agent
        case .respond: .provider
        }
    }
}

extension EvaluationError.Code {
    /// A program of the user's ended, or said that it cannot do what it was asked.
    static let programFailed = Self("program.failed")
    /// A program of the user's did not answer in time.
    static let programTimeout = Self("program.timeout")
    /// What a program of the user's wrote is no answer.
    static let programMalformedReply = Self("program.malformed_reply")
}
