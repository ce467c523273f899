/// Something of an episode that a filter can ask about.
public enum FilterField: String, Sendable, Hashable, CaseIterable {
    /// The task's id.
    case task
    /// The sample's id.
    case sample
    /// The trial, counted from 0.
    case trial
    /// The benchmark's domain.
    case domain
    /// How it ended: `scored`, `errored` or `unscorable`.
    case outcome
    /// Whether it errored or has less than full marks.
    case failed
    /// Who is at fault for an error: `model`, `agent`, `task`, `sandbox`, `provider`, `configuration`, `gage`.
    case cause
    /// The error's code: `provider.timeout`.
    case error
    /// Why the dialogue ended: `user_stop`.
    case termination
    /// Messages of the agent.
    case turns
    /// All messages.
    case messages
    /// Calls of tools.
    case toolCalls = "tool_calls"
    /// Calls of tools that failed.
    case toolErrors = "tool_errors"
    /// The name of a tool that was called.
    case tool
    /// Tokens in and out.
    case tokens
    /// Tokens of requests.
    case inputTokens = "input_tokens"
    /// Tokens of replies.
    case outputTokens = "output_tokens"
    /// Price in US dollars.
    case cost
    /// Seconds that it took.
    case time
    /// How often it was attempted.
    case attempts
    /// How often its row was written: above 1 after a retry or a new scoring.
    case revision
    /// A tag that somebody gave it.
    case tag
    /// Whether somebody corrected its verdict.
    case amended
    /// Everything said in it, by full-text search.
    case text
    /// A metric's value: `score(tau2_reward)`, `score(tau2_reward.reward)`.
    case score

    /// What a field's values are, which decides the comparisons that it takes.
    enum Kind: Sendable, Hashable {
        case word
        case number
        case truth
        /// Several words at once: tags, tools.
        case words
        case fullText
        case score
    }

    var kind: Kind {
        switch self {
        case .task, .sample, .domain, .outcome, .cause, .error, .termination: .word
        case .trial, .turns, .messages, .toolCalls, .toolErrors, .tokens, .inputTokens, .outputTokens, .cost, .time,
            .attempts, .revision:
            .number
        case .failed, .amended: .truth
        case .tool, .tag: .words
        case .text: .fullText
        case .score: .score
        }
    }

    /// The words that the field can have, where there are no others.
    var allowedWords: [String]? {
        switch self {
        case .outcome: ["scored", "errored", "unscorable"]
        case .cause: ["model", "agent", "task", "sandbox", "provider", "configuration", "gage"]
        default: nil
        }
    }

    /// What the field is, in a line for a table of help.
    public var summary: String {
        switch self {
        case .task: "the task's id"
        case .sample: "the sample's id"
        case .trial: "the trial, counted from 0"
        case .domain: "the benchmark's domain, such as retail"
        case .outcome: "scored, errored or unscorable"
        case .failed: "errored, or scored with less than full marks"
        case .cause: "whose fault an error is: model, provider, sandbox …"
        case .error: "an error's code, such as provider.timeout"
        case .termination: "why the dialogue ended, such as user_stop"
        case .turns: "messages of the agent"
        case .messages: "all messages"
        case .toolCalls: "calls of tools"
        case .toolErrors: "calls of tools that failed"
        case .tool: "a tool that was called"
        case .tokens: "tokens in and out"
        case .inputTokens: "tokens of requests"
        case .outputTokens: "tokens of replies"
        case .cost: "US dollars"
        case .time: "seconds; also 90s, 2m, 1h"
        case .attempts: "how often it was attempted"
        case .revision: "how often its result was written"
        case .tag: "a tag that somebody gave it"
        case .amended: "somebody corrected its verdict"
        case .text: "words anywhere in the transcript"
        case .score: "a metric's value: score(METRIC) or score(METRIC.NAME)"
        }
    }
}
