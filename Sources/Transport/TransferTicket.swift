import Synchronization

/// What a caller and the loop thread share about one transfer: what to do, and whether it is still wanted.
final class TransferTicket: Sendable {
    let request: HTTPRequest
    private let cancelFlag = Atomic<Bool>(false)

    init(_ request: HTTPRequest) {
        self.request = request
    }

    var isCancelled: Bool { cancelFlag.load(ordering: .acquiring) }

    /// Marks the transfer as unwanted, before the cancel command is posted: a cancel that overtakes the start is seen by the start.
    func markCancelled() {
        cancelFlag.store(true, ordering: .releasing)
    }

    var cancellation: HTTPError {
        HTTPError(.cancelled, "the request was cancelled", url: request.url)
    }
}

/// Where the outcome of a transfer goes.
enum TransferSink: Sendable {
    case whole(CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>)
    case stream(StreamWindow)

    func fail(_ error: HTTPError) {
        switch self {
        case .whole(let continuation): continuation.resume(returning: .failure(error))
        case .stream(let window): window.finish(error)
        }
    }
}
