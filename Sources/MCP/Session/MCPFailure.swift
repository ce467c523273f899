import Evaluation

/// Why a server of tools did not do what was asked; becomes an ``EvaluationError`` where a session is used.
struct MCPFailure: Error, Sendable, Hashable {
    /// What kind of failure it was.
    enum Kind: Sendable, Hashable {
        /// No connection could be made; nothing was sent.
        case unreachable
        /// The server refuses for the moment.
        case busy
        /// The connection ended while an answer was awaited.
        case lost
        /// The server no longer knows the session; it did nothing of what was asked.
        case sessionExpired
        /// No answer came in time.
        case timeout
        /// The server breaks the protocol.
        case malformed
        /// The server speaks another revision of the protocol.
        case foreignVersion
        /// There is no such server at this address.
        case wrongPlace
        /// The server refuses the credentials.
        case unauthorized
        /// The server refuses the request.
        case refused
        /// The program that serves could not be started.
        case startFailed
        /// The session has been closed here.
        case closed
    }

    var kind: Kind
    /// What happened, as the rest of a sentence that begins with the server.
    var message: String
    /// What the user can do.
    var advice: String?
    /// A refusal in the protocol's own words, where the server sent one.
    var refusal: RPCError?

    /// The longest piece of a server's own text in a message.
    static let excerptLength = 300

    init(_ kind: Kind, _ message: String, excerpt: String? = nil, advice: String? = nil) {
        self.kind = kind
        self.message = message
        self.advice = advice
        // In one line, whatever it was.
        let words = excerpt?.prefix(Self.excerptLength).split(whereSeparator: \.isWhitespace) ?? []
        if !words.isEmpty { self.message += ": \(words.joined(separator: " "))" }
    }

    /// Whether the same may go well a moment later, as while a server starts.
    var mayPass: Bool {
        switch kind {
        case .unreachable, .busy, .lost, .timeout, .sessionExpired: true
        default: false
        }
    }

    /// Whether the server certainly did nothing of what was asked, so that asking again does nothing twice.
    var leftNothingDone: Bool { kind == .unreachable || kind == .sessionExpired }

    /// Whether the connection is of no use any more.
    var endsConnection: Bool {
        switch kind {
        case .unreachable, .lost, .sessionExpired, .closed: true
        default: false
        }
    }
}
