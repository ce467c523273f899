import JSON

/// What is counted in one conversation.
struct ConversationMeasures: Sendable {
    /// What is counted, by name; rates are per 100 words of the side that they belong to.
    private(set) var values: [String: Double] = [:]
    /// Held-out phrases of each emotion per 100 words of the user.
    private(set) var heldOut: [String: Double] = [:]
    /// Phrases of each emotion that the variants' prompts quote, per 100 words of the user.
    private(set) var prompted: [String: Double] = [:]
    /// Held-out phrases of each emotion in the first, middle and last third of the user's turns.
    private(set) var thirds: [String: [Double]] = [:]

    /// The measures' names, in the order in which they are reported.
    static let names = [
        "turns", "user_turns", "agent_turns", "user_words", "agent_words", "user_words_per_turn",
        "agent_words_per_turn", "tool_calls", "failed_tool_calls", "user_politeness", "user_clarifications",
        "user_repetitions", "user_interruptions", "user_exclamations", "user_questions", "user_capitals",
        "agent_politeness", "agent_apologies", "agent_empathy", "agent_questions", "agent_repetitions",
        "facts_stated", "facts_invented", "transferred", "thoughts_cut",
    ]

    /// Counts; `instruction` is what the user was told to achieve.
    init(_ conversation: Conversation, instruction: String, transferred: Bool, scales: Scales) {
        let (user, agent) = (conversation.userTexts, conversation.agentTexts)
        let (userWords, agentWords) = (user.map { Words.of($0) }, agent.map { Words.of($0) })
        let userCount = userWords.reduce(0) { $0 + $1.count }
        let agentCount = agentWords.reduce(0) { $0 + $1.count }
        func per100(_ count: Int, of words: Int) -> Double { words == 0 ? 0 : 100 * Double(count) / Double(words) }
        func rate(_ matcher: PhraseMatcher, in texts: [[String]], of words: Int) -> Double {
            per100(texts.reduce(0) { $0 + matcher.count(in: $1) }, of: words)
        }
        values["turns"] = Double(conversation.turns.count)
        values["user_turns"] = Double(user.count)
        values["agent_turns"] = Double(agent.count)
        values["user_words"] = Double(userCount)
        values["agent_words"] = Double(agentCount)
        values["user_words_per_turn"] = user.isEmpty ? 0 : Double(userCount) / Double(user.count)
        values["agent_words_per_turn"] = agent.isEmpty ? 0 : Double(agentCount) / Double(agent.count)
        values["tool_calls"] = Double(conversation.toolCalls)
        values["failed_tool_calls"] = Double(conversation.failedToolCalls)
        values["user_politeness"] = rate(Phrases.politeness, in: userWords, of: userCount)
        values["user_clarifications"] = rate(Phrases.clarification, in: userWords, of: userCount)
        values["user_repetitions"] = Repetition.share(of: userWords)
        values["user_interruptions"] = Double(
            zip(conversation.turns, conversation.turns.dropFirst()).count { $0.isUser && $1.isUser })
        values["user_exclamations"] = per100(user.reduce(0) { $0 + $1.count { $0 == "!" } }, of: userCount)
        values["user_questions"] = per100(user.reduce(0) { $0 + $1.count { $0 == "?" } }, of: userCount)
        values["user_capitals"] = per100(Capitals.count(in: user, besides: instruction), of: userCount)
        values["agent_politeness"] = rate(Phrases.politeness, in: agentWords, of: agentCount)
        values["agent_apologies"] = rate(Phrases.apology, in: agentWords, of: agentCount)
        values["agent_empathy"] = rate(Phrases.empathy, in: agentWords, of: agentCount)
        values["agent_questions"] = per100(agent.reduce(0) { $0 + $1.count { $0 == "?" } }, of: agentCount)
        values["agent_repetitions"] = Repetition.share(of: agentWords)
        let facts = GoalFacts(instruction)
        values["facts_stated"] = facts.shareStated(in: user)
        values["facts_invented"] = Double(facts.invented(in: conversation))
        values["transferred"] = transferred ? 1 : 0
        values["thoughts_cut"] = Double(conversation.cutThoughts)
        for (name, matcher) in scales.heldOut {
            heldOut[name] = rate(matcher, in: userWords, of: userCount)
            thirds[name] = Self.thirds(of: userWords).map { third in
                rate(matcher, in: third, of: third.reduce(0) { $0 + $1.count })
            }
        }
        for (name, matcher) in scales.prompted { prompted[name] = rate(matcher, in: userWords, of: userCount) }
    }

    /// The lists that every conversation is scored by, whatever its variant.
    struct Scales: Sendable {
        var heldOut: [(name: String, matcher: PhraseMatcher)]
        var prompted: [(name: String, matcher: PhraseMatcher)]

        init(_ lexicon: EmotionLexicon, variants: [StudyVariant]) {
            heldOut = lexicon.heldOut(from: variants.filter { $0.emotion != nil }.map(\.suffix))
            var phrases: [(String, [String])] = []
            for variant in variants {
                guard let emotion = variant.emotion else { continue }
                if let place = phrases.firstIndex(where: { $0.0 == emotion }) {
                    phrases[place].1 += variant.phrases
                } else {
                    phrases.append((emotion, variant.phrases))
                }
            }
            prompted = phrases.map { ($0.0, PhraseMatcher($0.1)) }
        }
    }

    private static func thirds(of turns: [[String]]) -> [[[String]]] {
        (0..<3).map { third in
            let (start, end) = (turns.count * third / 3, turns.count * (third + 1) / 3)
            return Array(turns[start..<end])
        }
    }
}

/// The phrases of measures that belong to no emotion.
enum Phrases {
    static let politeness = PhraseMatcher([
        "please", "thank you", "thanks", "kindly", "appreciate", "grateful", "you're welcome", "my pleasure",
        "happy to help", "glad to help", "would you mind", "if you don't mind", "excuse me", "have a great day",
        "have a nice day",
    ])
    static let apology = PhraseMatcher([
        "sorry", "apolog*", "my apologies", "regret", "forgive", "pardon",
    ])
    static let empathy = PhraseMatcher([
        "i understand", "i can understand", "i completely understand", "i can see why", "i can imagine", "i hear you",
        "that must be", "must have been", "you're right to", "i know how", "that sounds", "rest assured",
        "don't worry", "no need to worry", "i realize", "i see how",
    ])
    static let clarification = PhraseMatcher([
        "what do you mean", "what does that mean", "can you explain", "could you explain", "can you clarify",
        "could you clarify", "i don't understand", "can you repeat", "could you repeat", "say that again",
        "not sure i follow", "which one do you mean",
    ])
}

/// Words written in capitals.
enum Capitals {
    /// Words of three letters or more, all capitals, that the instruction does not contain: identifiers and airport codes
    /// are no shouting.
    static func count(in texts: [String], besides instruction: String) -> Int {
        let known = Set(Words.raw(instruction).map { $0.lowercased() })
        return texts.reduce(0) { sum, text in
            sum
                + Words.raw(text).count { word in
                    word.count >= 3 && word.allSatisfy { $0.isLetter && $0.isUppercase }
                        && !known.contains(word.lowercased())
                }
        }
    }
}

/// Turns that say again what an earlier turn of the same side said.
enum Repetition {
    /// The share of turns that have more than half of their words in common with an earlier one.
    static func share(of turns: [[String]]) -> Double {
        let sets = turns.map { Set($0) }
        guard sets.count > 1 else { return 0 }
        var repeated = 0
        for (place, words) in sets.enumerated() where words.count >= 3 {
            let isRepeated = sets[..<place].contains { earlier in
                let union = words.union(earlier).count
                return union > 0 && Double(words.intersection(earlier).count) / Double(union) > 0.5
            }
            if isRepeated { repeated += 1 }
        }
        return Double(repeated) / Double(sets.count)
    }
}
