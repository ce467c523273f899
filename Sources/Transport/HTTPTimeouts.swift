/// How long a request may take, each limit on its own; nil means no limit.
///
/// The limits have a resolution of a millisecond and are never fired early. Which one ended a request is in the error's code.
public struct HTTPTimeouts: Sendable, Hashable {
    /// The longest time for name resolution, connecting and the TLS handshake together.
    public var connect: Duration?
    /// The longest silence on an established connection: no byte received and none of the body sent.
    ///
    /// This covers the wait for the first byte of the response, so it must exceed the time that a model may think before it says
    /// anything. The time during which a reader of a stream does not read is not counted.
    public var idle: Duration?
    /// The longest time for everything, from the call until the last byte, waiting for a free connection included.
    public var total: Duration?

    /// Makes a set of limits: 30 seconds to connect and 10 minutes of silence unless said otherwise, and no total limit.
    public init(connect: Duration? = .seconds(30), idle: Duration? = .seconds(600), total: Duration? = nil) {
        self.connect = connect
        self.idle = idle
        self.total = total
    }
}
