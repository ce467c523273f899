import CCurl
import Glibc
import Threads

/// The thread's side of a client: one multi handle, the transfers in flight, and the spare easy handles.
///
/// Not Sendable: made by whoever starts the thread, and used by the thread alone.
final class TransferLoop {
    let configuration: HTTPClientConfiguration
    private let inbox: TransferInbox
    private let poll: SocketPoll
    private let multi: UnsafeMutableRawPointer
    private var isTornDown = false
    var live: [ObjectIdentifier: ActiveTransfer] = [:]
    /// When the idle limits have to be looked at next; nil while no transfer has one.
    var nextIdleCheck: ContinuousClock.Instant?
    private var spareHandles: [EasyHandle] = []
    private var isStopping = false
    private var stopWaiters: [CheckedContinuation<Void, Never>] = []

    private init?(_ configuration: HTTPClientConfiguration, _ inbox: TransferInbox) {
        guard curlIsReady, let poll = SocketPoll(wakeUp: inbox.wakeUp), let multi = curl_multi_init() else {
            return nil
        }
        self.configuration = configuration
        self.inbox = inbox
        self.poll = poll
        self.multi = multi
        _ = gage_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maximumIdleConnections)
        _ = gage_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost)
        _ = gage_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, Self.connectionLimit())
        poll.attach(to: multi)
    }

    /// As many connections as this process may have open files, less a fourth for everything else; zero for no limit.
    ///
    /// Requests beyond it wait for a connection. Without it they would fail, and with them whatever opens a file next: the
    /// runtime's own worker threads end the process when they cannot.
    private static func connectionLimit() -> Int {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < 1 << 24 else { return 0 }
        let files = Int(limit.rlim_cur)
        return max(1, files - files / 4)
    }

    deinit {
        if !isTornDown { curl_multi_cleanup(multi) }
    }

    /// Starts a loop on a thread of its own and returns the way to talk to it; nil when memory, descriptors or threads have run out.
    static func start(_ configuration: HTTPClientConfiguration) -> TransferInbox? {
        guard let inbox = TransferInbox(), let loop = TransferLoop(configuration, inbox) else { return nil }
        return startThread { loop.run() } ? inbox : nil
    }

    private func run() {
        while obeyCommands() {
            poll.run(until: nextIdleCheck)
            finishCompleted()
            failIdleTransfers()
        }
        tearDown()
    }

    /// Does what was asked since the last time; false means stop.
    private func obeyCommands() -> Bool {
        for command in inbox.takeAll() {
            switch command {
            case .start(let ticket, let sink): begin(ticket, sink)
            case .cancel(let ticket):
                if let transfer = live[ObjectIdentifier(ticket)] { end(transfer, ticket.cancellation) }
            case .resume(let ticket):
                if let transfer = live[ObjectIdentifier(ticket)] { resume(transfer) }
            case .stop(let waiter):
                if let waiter { stopWaiters.append(waiter) }
                isStopping = true
            }
        }
        return !isStopping
    }

    private func begin(_ ticket: TransferTicket, _ sink: TransferSink) {
        guard !ticket.isCancelled else { return sink.fail(ticket.cancellation) }
        guard let handle = spareHandles.popLast() ?? EasyHandle() else {
            return sink.fail(HTTPError(.other, "libcurl has no memory left", url: ticket.request.url))
        }
        do {
            try handle.configure(for: ticket.request, configuration)
        } catch {
            recycle(handle)
            return sink.fail(error)
        }
        if case .stream = sink { handle.set(CURLOPT_BUFFERSIZE, 1 << 16) }
        let transfer = ActiveTransfer(ticket, sink, handle, now: .now)
        transfer.attachCallbacks()
        poll.attach(to: handle)
        live[ObjectIdentifier(ticket)] = transfer
        watchIdleLimit(of: transfer)
        let result = curl_multi_add_handle(multi, handle.pointer)
        if result != CURLM_OK {
            let message = String(cString: curl_multi_strerror(result))
            end(transfer, HTTPError(.other, message, url: ticket.request.url))
        }
    }

    private func resume(_ transfer: ActiveTransfer) {
        guard transfer.isPaused else { return }
        transfer.isPaused = false
        transfer.lastActivity = .now
        // This delivers what libcurl holds back, so the write callback may have paused again or failed when it returns.
        let result = curl_easy_pause(transfer.handle.pointer, CURLPAUSE_CONT)
        if let failure = transfer.failure {
            end(transfer, failure)
        } else if result != CURLE_OK {
            end(transfer, HTTPError(result, of: transfer))
        }
    }

    private func finishCompleted() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            var easy: UnsafeMutableRawPointer?
            var result = CURLE_OK
            var context: UnsafeMutableRawPointer?
            guard gage_message_done(message, &easy, &result) == 1, let easy,
                gage_easy_get_pointer(easy, CURLINFO_PRIVATE, &context) == CURLE_OK, let context
            else { continue }
            let transfer = ActiveTransfer.from(context)
            end(transfer, result == CURLE_OK ? nil : transfer.failure ?? HTTPError(result, of: transfer))
        }
    }

    /// Takes a transfer out of libcurl, which closes its connection unless it is complete, and reports the outcome.
    func end(_ transfer: ActiveTransfer, _ error: HTTPError?) {
        live[ObjectIdentifier(transfer.ticket)] = nil
        transfer.finish(error)
        curl_multi_remove_handle(multi, transfer.handle.pointer)
        recycle(transfer.handle)
    }

    private func recycle(_ handle: EasyHandle) {
        handle.reset()
        spareHandles.append(handle)
    }

    private func tearDown() {
        for transfer in live.values { end(transfer, transfer.ticket.cancellation) }
        spareHandles = []
        isTornDown = true
        curl_multi_cleanup(multi)
        for command in inbox.close() {
            switch command {
            case .start(let ticket, let sink): sink.fail(ticket.cancellation)
            case .stop(let waiter?): stopWaiters.append(waiter)
            case .stop(nil), .cancel, .resume: break
            }
        }
        for waiter in stopWaiters { waiter.resume() }
    }
}

/// Whether libcurl could be set up; done once for the process.
private let curlIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
