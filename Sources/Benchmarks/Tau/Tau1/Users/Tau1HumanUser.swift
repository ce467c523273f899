import Evaluation
import JSON

/// A user of the original τ-bench whom the person at the terminal plays.
///
/// The person reads the task's instruction, then each of the agent's answers, and types one line a turn. Ending the input
/// (Ctrl-D) ends the dialogue as the stop token does.
struct Tau1HumanUser: DialogueParticipant {
    private let terminal: Tau1Terminal
    private let reader: Tau1ActionReader
    private var pending: String

    /// Seats a person who is to play the user of this instruction.
    init(instruction: String, reader: Tau1ActionReader, terminal: Tau1Terminal) {
        self.terminal = terminal
        self.reader = reader
        pending =
            "\nYou are the customer.\n\(instruction)\n"
            + "Write one line at a time; \(Tau1Environment.stopToken), or Ctrl-D, ends the conversation.\n"
    }

    mutating func receive(_ message: Message) {
        guard message.role == .assistant else { return }
        pending = "\nAgent: \(Self.printable(reader.answer(in: message).stringValue ?? ""))\n"
    }

    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        let line = try await terminal.ask(pending + "You: ", for: scope.episode)
        return Trajectory.Entry(.user(line ?? Tau1Environment.stopToken), by: .user)
    }

    /// The text without what could steer the terminal.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0.properties.generalCategory != .control || $0 == "\n" || $0 == "\t" }))
    }
}
