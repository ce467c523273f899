import Evaluation
import JSON

/// Guesses tokens without a tokenizer: four bytes of text are about one.
enum TokenEstimate {
    private static let bytesPerToken = 4

    static func input(of request: ChatRequest) -> Int {
        var bytes = 0
        for message in request.messages {
            bytes += 8 + (message.text?.utf8.count ?? 0)
            for call in message.toolCalls { bytes += call.name.utf8.count + 16 * call.arguments.count }
        }
        for tool in request.tools { bytes += tool.name.utf8.count + (tool.description?.utf8.count ?? 0) + 100 }
        return tokens(bytes)
    }

    static func tokens(_ bytes: Int) -> Int { (bytes + bytesPerToken - 1) / bytesPerToken }
}
