import Evaluation
import Glibc

/// The terminal at which a person plays users, one dialogue at a time.
actor Tau1Terminal {
    private static let longestLine = 1 << 16
    private let path: String
    private var owner: EpisodeID?
    private var descriptor: Int32 = -1
    private var unread: [UInt8] = []
    /// Whether another dialogue wanted the terminal while one had it.
    private var isContested = false

    /// A terminal by its device; nothing is opened before a dialogue needs it.
    init(path: String = "/dev/tty") { self.path = path }

    /// Opens the terminal for one dialogue.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, without a terminal, and while another dialogue has it; that one
    /// then fails as well, so that nobody types into a run that cannot go on.
    func acquire(for episode: EpisodeID) throws(EvaluationError) {
        guard owner == nil else {
            isContested = true
            throw contested()
        }
        let opened = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard opened >= 0, isatty(opened) == 1 else {
            if opened >= 0 { close(opened) }
            throw EvaluationError(
                .configurationInvalid, "'user_strategy: human' needs a terminal, and there is none",
                cause: .configuration, advice: "run gage in a terminal, or let a model play the user")
        }
        (owner, descriptor, unread, isContested) = (episode, opened, [], false)
    }

    /// Gives the terminal back, for another dialogue.
    func release(by episode: EpisodeID) {
        guard owner == episode else { return }
        close(descriptor)
        (owner, descriptor) = (nil, -1)
    }

    /// Shows a text and waits for a line; nil when the person has ended the input.
    ///
    /// Throws ``EvaluationError`` when the terminal is gone, and cancellation.
    func ask(_ text: String, for episode: EpisodeID) async throws -> String? {
        guard owner == episode else {
            throw EvaluationError(.unexpected, "a dialogue without the terminal asks the person at it", cause: .gage)
        }
        try write(text)
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: unread[..<end], as: UTF8.self)
                unread.removeSubrange(...end)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            guard try await readMore() else {
                // What was typed before the end of the input still counts.
                defer { unread = [] }
                return unread.isEmpty ? nil : String(decoding: unread, as: UTF8.self)
            }
        }
    }

    /// Reads what is there, waiting until something is; false at the end of the input.
    private func readMore() async throws -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // Waiting in small steps lets a run that is stopped end here at once.
        while poll(&wanted, 1, 0) == 0 {
            try await Task.sleep(for: .milliseconds(20))
            if isContested { throw contested() }
        }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &chunk, chunk.count)
        if count == 0 { return false }
        if count < 0 {
            if errno == EINTR || errno == EAGAIN { return true }
            throw gone()
        }
        unread.append(contentsOf: chunk[..<count])
        if unread.count > Self.longestLine { unread.append(UInt8(ascii: "\n")) }
        return true
    }

    private func write(_ text: String) throws(EvaluationError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw gone() }
        }
    }

    private func contested() -> EvaluationError {
        EvaluationError(
            .configurationInvalid, "two dialogues want the person at the terminal at once", cause: .configuration,
            advice: "set the task's 'concurrency' to 1 where 'user_strategy' is human")
    }

    private func gone() -> EvaluationError {
        EvaluationError(
            .sandboxUnavailable, "the terminal is gone: \(String(cString: strerror(errno)))", cause: .sandbox)
    }
}
