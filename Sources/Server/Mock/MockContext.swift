import Glibc
import Hummingbird
import NIOCore

/// What a handler knows of the request's connection.
struct MockContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Ends the connection so that the peer sees a reset and not an orderly end.
    func resetConnection() async {
        if let socket = channel as? any SocketOptionProvider {
            // What fails here fails because the connection is gone already.
            try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try? await channel.close().get()
    }
}

/// Thrown to give a connection up in the middle of a response.
struct MockAbort: Error {}
