import CCurl

/// A transfer that libcurl is working on, and what it has received so far.
///
/// Not Sendable: it lives on the loop thread, and libcurl's callbacks run there.
final class ActiveTransfer {
    let ticket: TransferTicket
    let sink: TransferSink
    let handle: EasyHandle
    let started: ContinuousClock.Instant
    /// The last time at which something was seen to move, for the idle limit.
    var lastActivity: ContinuousClock.Instant
    /// How much of the body had been sent when the idle limit was last looked at.
    var sentBytes = 0
    var isPaused = false
    /// Why a callback ended the transfer, where libcurl knows only that it did.
    private(set) var failure: HTTPError?

    private var headers = HTTPHeaders()
    private var headIsComplete = false
    private var headIsDelivered = false
    private var body: [UInt8] = []
    private var receivedBytes = 0

    init(_ ticket: TransferTicket, _ sink: TransferSink, _ handle: EasyHandle, now: ContinuousClock.Instant) {
        self.ticket = ticket
        self.sink = sink
        self.handle = handle
        started = now
        lastActivity = now
    }

    /// Takes one header line, or the empty line after the last.
    func receiveHeaderLine(_ line: UnsafeRawBufferPointer) {
        if line.starts(with: "HTTP/".utf8) {
            lastActivity = .now
            headers.removeAll()
            headIsComplete = false
        } else if line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) {
            headIsComplete = true
            if headIsFinal { deliverHead() }
        } else if !headIsComplete, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            // After the head these would be trailers, which nothing here needs.
            headers.append(
                name: String(decoding: line[..<colon], as: UTF8.self),
                value: trimmedText(line[(colon + 1)...]))
        }
    }

    /// Takes a piece of the body; false ends the transfer, nil pauses it.
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool? {
        lastActivity = .now
        deliverHead()
        let limit = ticket.request.maximumResponseBytes
        guard bytes.count <= limit - receivedBytes, handle.offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) <= limit else {
            failure = HTTPError(
                .responseTooLarge, "the response has more than the \(limit) bytes allowed", url: ticket.request.url)
            return false
        }
        switch sink {
        case .whole:
            body.append(contentsOf: bytes)
        case .stream(let window):
            guard window.offer(bytes) else {
                isPaused = true
                return nil
            }
        }
        receivedBytes += bytes.count
        return true
    }

    /// Hands the outcome to whoever waits for it; called once.
    func finish(_ error: HTTPError?) {
        if let error { return sink.fail(error) }
        switch sink {
        case .whole(let continuation):
            let response = HTTPResponse(
                status: handle.long(CURLINFO_RESPONSE_CODE), headers: headers, body: body, timing: timing)
            continuation.resume(returning: .success(response))
        case .stream(let window):
            deliverHead()
            window.finish(nil)
        }
    }

    /// Whether the head just completed is the answer's own, not an interim response or a redirect that is followed.
    private var headIsFinal: Bool {
        switch handle.long(CURLINFO_RESPONSE_CODE) {
        case 101: true
        case ..<200: false
        case 300..<400: !ticket.request.followsRedirects
        default: true
        }
    }

    private func deliverHead() {
        guard !headIsDelivered, case .stream(let window) = sink else { return }
        headIsDelivered = true
        window.deliver(
            HTTPStream.Head(status: handle.long(CURLINFO_RESPONSE_CODE), headers: headers, timing: timing))
    }

    private var timing: HTTPTiming {
        var timing = HTTPTiming()
        timing.connect = max(handle.duration(CURLINFO_CONNECT_TIME_T), handle.duration(CURLINFO_APPCONNECT_TIME_T))
        timing.firstByte = handle.duration(CURLINFO_STARTTRANSFER_TIME_T)
        timing.total = handle.duration(CURLINFO_TOTAL_TIME_T)
        timing.reusedConnection = handle.long(CURLINFO_NUM_CONNECTS) == 0
        return timing
    }
}

/// The text without white space and line end around it.
private func trimmedText(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    guard let first = bytes.firstIndex(where: { $0 > 0x20 }), let last = bytes.lastIndex(where: { $0 > 0x20 }) else {
        return ""
    }
    return String(decoding: bytes[first...last], as: UTF8.self)
}
