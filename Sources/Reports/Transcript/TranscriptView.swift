public import Evaluation
public import JSON

/// An episode as a person reads it: calls beside their results, verdicts beside what they are about.
///
/// A plain value made from what the journal holds. The report, the viewer and the terminal show the same one:
/// ``TranscriptHTML`` and ``TranscriptText`` lay it out.
public struct TranscriptView: Sendable {
    /// Which attempt it was.
    public var id: EpisodeID
    /// How it ended, in a word: `scored`, `errored`, `unscorable`.
    public var outcome: String
    /// For an errored episode: who is at fault.
    public var cause: String?
    /// What there is to say about the end in one line; nil where nothing is known.
    public var headline: String?
    /// Why it ended as it did: the error, the reason, the metrics' explanations.
    public var reasons: [String] = []
    /// Whether it reached full marks: scored, and the first metric's value is not below 1.
    public var succeeded: Bool
    /// The metrics' values.
    public var scores: [Score]
    /// The messages in order; a result stands with the call that it answers.
    public var entries: [Entry] = []
    /// How many messages in the middle are left out, and after which place of ``entries``.
    public var omitted: (count: Int, after: Int)?
    /// What judges checked one by one.
    public var findings: [Finding] = []
    /// What each judge said, whole.
    public var verdicts: [TranscriptVerdict] = []
    /// What differs between the world as it was left and as it should be.
    public var worldChanges: [WorldChange] = []
    /// Patches that the agent left, by name.
    public var patches: [Patch] = []
    /// The final answer, where no message says it.
    public var answer: TranscriptContent?
    /// What the sample says about itself.
    public var metadata: JSONObject = [:]
    /// What was spent: seconds, tokens, dollars.
    public var spent: Spent
    /// What failed in earlier attempts, oldest first.
    public var failedAttempts: [String] = []

    /// A message.
    public struct Entry: Sendable {
        /// Its place in the trajectory, counted from 0; the anchor is `m` with this number.
        public var index: Int
        /// Who made it.
        public var speaker: Participant
        /// Whose turn it was.
        public var role: Message.Role
        /// The name of the speaker or of the tool.
        public var name: String?
        /// What it says; nil where it only calls tools.
        public var content: TranscriptContent?
        /// What the model thought, where a provider shows it.
        public var reasoning: TranscriptContent?
        /// The tools it calls.
        public var calls: [Call] = []
        /// Images and other things that are no text.
        public var attachments: [Attachment] = []
        /// For a result without a call: whether it reports a failure.
        public var isError = false
        /// Tokens used to make it.
        public var usage: Usage?
        /// Its price in US dollars.
        public var cost: Double?
        /// Seconds from the start of the episode.
        public var time: Double
        /// Seconds that making it took.
        public var duration: Double
        /// The model that made it.
        public var model: String?
        /// Why the model stopped.
        public var finishReason: String?
        /// The places in ``TranscriptView/findings`` of the findings that cite it.
        public var citedBy: [Int] = []
    }

    /// A call of a tool, with what came of it.
    public struct Call: Sendable {
        /// The tool.
        public var name: String
        /// The arguments by name.
        public var arguments: [(name: String, value: TranscriptContent)]
        /// The arguments in one line.
        public var brief: String
        /// What came of it; nil where no message says so.
        public var result: Result?
    }

    /// What came of a call.
    public struct Result: Sendable {
        /// The place of the message in the trajectory.
        public var index: Int
        /// What the caller read.
        public var content: TranscriptContent
        /// Whether the tool reports a failure.
        public var isError: Bool
        /// Seconds that it took.
        public var duration: Double
    }

    /// Something in a message that is no text.
    public struct Attachment: Sendable, Hashable {
        /// What it is, such as `image_url`.
        public var kind: String
        /// The picture as a `data:` URL, where it is one of a safe kind and not too large.
        public var picture: String?
        /// What is known about it, in a line.
        public var description: String
    }

    /// A judge's view of one point.
    public struct Finding: Sendable, Hashable {
        /// What kind of point, in the judge's word: `action_checks`, `nl_assertions`.
        public var kind: String
        /// What was looked at.
        public var title: String
        /// Whether it was as it should be.
        public var passed: Bool
        /// Why, where the judge says so.
        public var detail: String?
        /// The places of the messages that it is about, where they are known.
        public var cites: [Int] = []
    }

    /// One place of a world that is not as it should be, or was changed.
    public struct WorldChange: Sendable, Hashable {
        /// Where.
        public var path: String
        /// The value before, or as it should be.
        public var old: String?
        /// The value after, or as it is.
        public var new: String?
    }

    /// A patch that the agent left.
    public struct Patch: Sendable, Hashable {
        /// Under which name.
        public var name: String
        /// What it changes.
        public var content: TranscriptContent
    }

    /// What an episode took.
    public struct Spent: Sendable, Hashable {
        /// Seconds.
        public var seconds: Double
        /// Seconds by step.
        public var steps: [Step]
        /// Tokens.
        public var usage: Usage
        /// Dollars of the calls whose price is known; nil where none is.
        public var cost: Double?
        /// Messages by who made them, the agent's first.
        public var agentTurns: Int
        /// How many tools were called.
        public var toolCalls: Int

        /// A step and its seconds.
        public struct Step: Sendable, Hashable {
            /// Its name.
            public var name: String
            /// Seconds.
            public var seconds: Double
        }
    }
}

/// What one judge said.
public struct TranscriptVerdict: Sendable {
    /// The judge's adapter.
    public var judge: String
    /// All of it.
    public var output: TranscriptContent
    /// Why there is no score, where that is the verdict.
    public var unscorableReason: String?
}

/// How much of an episode a transcript holds.
public struct TranscriptLimits: Sendable, Hashable {
    /// The most bytes of one text.
    public var text: Int
    /// The most messages; of more the first and the last are kept.
    public var messages: Int
    /// The most bytes of one picture's `data:` URL; larger ones are only described.
    public var picture: Int

    /// Sets limits.
    public init(text: Int = 200_000, messages: Int = 5_000, picture: Int = 2_000_000) {
        self.text = text
        self.messages = messages
        self.picture = picture
    }
}
