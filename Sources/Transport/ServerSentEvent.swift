/// One event of a `text/event-stream`.
public struct ServerSentEvent: Sendable, Hashable {
    /// The event's type; `message` where the server names none.
    public var event: String
    /// The lines of data, joined by line feeds.
    public var data: String
    /// The last identifier that the stream has set, on this event or before; empty if none.
    public var id: String
    /// The reconnection time that the server set with this event.
    public var retry: Duration?

    /// Makes an event.
    public init(event: String = "message", data: String, id: String = "", retry: Duration? = nil) {
        self.event = event
        self.data = data
        self.id = id
        self.retry = retry
    }
}
