import Evaluation

/// Something that goes wrong at the mock server, and how often.
public struct MockFault: Sendable, Hashable {
    /// What goes wrong.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The connection is reset in place of an answer.
        case reset
        /// The answer never comes.
        case hang
        /// Status 429, with `Retry-After`.
        case rateLimit = "rate_limit"
        /// Status 500.
        case serverError = "server_error"
        /// The connection ends in the middle of the body.
        case truncatedBody = "truncated_body"
        /// The body is complete as HTTP goes, and half a JSON text.
        case malformedJSON = "malformed_json"
        /// The arguments of a tool call are half a JSON text.
        case malformedToolJSON = "malformed_tool_json"
        /// The list of choices is empty.
        case emptyChoices = "empty_choices"
        /// The pieces of a stream come slowly.
        case slowStream = "slow_stream"
    }

    /// How often it goes wrong.
    public enum Schedule: Sendable, Hashable {
        /// At every so-many-th request, in the order of arrival.
        case every(Int)
        /// At this share of the requests, drawn from the server's seed and the request's number.
        case share(Double)
    }

    /// What goes wrong.
    public var kind: Kind
    /// How often.
    public var schedule: Schedule

    /// Describes a fault.
    public init(_ kind: Kind, _ schedule: Schedule) {
        self.kind = kind
        self.schedule = schedule
    }

    /// Reads a fault as a command line writes it: `rate_limit/7` for every seventh request, `reset/0.05` for five in
    /// a hundred.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`) for anything else.
    public init(_ text: String) throws {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let kind = Kind(rawValue: parts[0]) else {
            throw EvaluationError(
                .configurationInvalid, "there is no fault '\(parts[0])'", cause: .configuration,
                advice: NearMiss.advice(parts[0], among: Kind.allCases.map(\.rawValue)))
        }
        if parts.count == 2, let every = Int(parts[1]), every > 0 {
            self.init(kind, .every(every))
        } else if parts.count == 2, let share = Double(parts[1]), share > 0, share <= 1 {
            self.init(kind, .share(share))
        } else {
            throw EvaluationError(
                .configurationInvalid, "the fault '\(text)' does not say how often", cause: .configuration,
                advice: "write \(kind.rawValue)/7 for every seventh request, or \(kind.rawValue)/0.05 for a share")
        }
    }
}
