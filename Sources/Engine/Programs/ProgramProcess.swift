import Processes

/// One process of a program, between two requests or at work on one.
struct ProgramProcess: Sendable {
    /// What came of a request.
    enum Answer: Sendable {
        /// A line.
        case line(String)
        /// The program's end, and how it ended.
        case ended(String)
    }

    /// How long a process may take to end whose output has ended.
    private static let patience = Duration.seconds(2)

    let child: ChildProcess

    /// Writes a line and reads one.
    ///
    /// Throws what keeps a line from being read, or `CancellationError`.
    func exchange(_ line: [UInt8]) async throws -> Answer {
        do {
            try await child.write(line)
        } catch {
            guard error.code == .inputClosed else { throw error }
            // It may have answered all the same.
        }
        if let text = try await child.nextLine() { return .line(text) }
        return .ended(await lastWords())
    }

    /// Ends the process.
    func end() async {
        child.terminate()
        // How it ended matters no more.
        _ = try? await child.wait()
    }

    /// How the process ended and what it last wrote to its standard error.
    private func lastWords() async -> String {
        let result = await TimeLimit.run(Self.patience) {
            // Without a result there are no last words.
            try? await child.wait()
        }
        // A process whose output ended may go on, of no use to anyone; told to stop at the limit, it has.
        guard case .ended(.some(let result)) = result else { return "closed its output" }
        let end =
            switch result.termination {
            case .exited(let status): "ended with status \(status)"
            case .signalled(let signal): "was ended by signal \(signal)"
            }
        let words = ProcessResult.lastWords(of: result.standardError.text)
        return words.isEmpty ? end : "\(end) (it last wrote: \(words))"
    }
}
