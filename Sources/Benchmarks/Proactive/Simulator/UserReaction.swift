public import Evaluation
public import JSON

/// What the simulated user says to a message of the assistant, and what it means.
public struct UserReaction: Sendable, Hashable {
    /// His words.
    public var userReply: String
    /// 1 when he answered a question.
    public var answeredClarification: Int
    /// 1 when he refused to be asked.
    public var rejectSignal: Int
    /// 1 when the message was too long for him to say anything.
    public var silence: Int
    /// 1 when the message was beside the point.
    public var offTopicFlag: Int
    /// How content he is, from 0 to 1.
    public var satisfaction: Double
    /// How clear his answer is, from 0 to 1; 0 without an answer.
    public var answerClarity: Double

    /// Describes a reaction; without further words it is the one to a message that needs none.
    public init(
        userReply: String = "Continue.", answeredClarification: Int = 0, rejectSignal: Int = 0, silence: Int = 0,
        offTopicFlag: Int = 0, satisfaction: Double = 0.6, answerClarity: Double = 0
    ) {
        self.userReply = userReply
        self.answeredClarification = answeredClarification
        self.rejectSignal = rejectSignal
        self.silence = silence
        self.offTopicFlag = offTopicFlag
        self.satisfaction = satisfaction
        self.answerClarity = answerClarity
    }

    /// The reaction as trajectories hold it: `{user_reply, meta}`.
    public var json: JSONObject {
        [
            "user_reply": .string(userReply),
            "meta": [
                "answered_clarification": JSONValue(answeredClarification), "reject_signal": JSONValue(rejectSignal),
                "silence": JSONValue(silence), "off_topic_flag": JSONValue(offTopicFlag),
                "satisfaction": JSONValue(satisfaction), "answer_clarity": JSONValue(answerClarity),
            ],
        ]
    }

    /// Reads what ``json`` writes; what is missing counts as none.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`, cause `task`) where there is no reply.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let reply = json["user_reply"]?.stringValue else {
            throw EvaluationError(
                .dataMalformed, "a user reaction needs a 'user_reply'", cause: .task,
                advice: "a reaction is {user_reply, meta}")
        }
        let meta = json["meta"]
        func flag(_ key: String) -> Int { (meta?[key]?.doubleValue ?? 0) > 0 || meta?[key]?.boolValue == true ? 1 : 0 }
        self.init(
            userReply: reply, answeredClarification: flag("answered_clarification"),
            rejectSignal: flag("reject_signal"), silence: flag("silence"), offTopicFlag: flag("off_topic_flag"),
            satisfaction: meta?["satisfaction"]?.doubleValue ?? 0.6,
            answerClarity: meta?["answer_clarity"]?.doubleValue ?? 0)
    }
}
