import Evaluation
import JSON

/// A conversation in the form of providers that keep instructions apart and let the two sides take turns.
struct AlternatingTurns {
    /// One side's turn: the blocks of one message or of several that follow each other.
    struct Turn {
        var isModel: Bool
        var blocks: [JSONValue]
    }

    /// What stands for the missing beginning of a conversation that the model opens.
    private static let opening = "."

    private(set) var instructions: String?
    private(set) var turns: [Turn] = []

    /// Sorts messages; `blocks` writes one message that is no instruction.
    init(
        _ messages: [Message], opening: (String) -> JSONValue, blocks: (Message) throws(EvaluationError) -> [JSONValue]
    ) throws(EvaluationError) {
        for message in messages {
            if message.role == .system || message.role == .developer {
                guard message.hasText, let text = message.text else { continue }
                instructions = instructions.map { "\($0)\n\n\(text)" } ?? text
                continue
            }
            add(try blocks(message), isModel: message.role == .assistant)
        }
        if turns.first?.isModel ?? true {
            turns.insert(Turn(isModel: false, blocks: [opening(Self.opening)]), at: 0)
        }
    }

    private mutating func add(_ blocks: [JSONValue], isModel: Bool) {
        guard !blocks.isEmpty else { return }
        if turns.last?.isModel == isModel {
            turns[turns.count - 1].blocks += blocks
        } else {
            turns.append(Turn(isModel: isModel, blocks: blocks))
        }
    }
}
