import CCurl
import Glibc

/// Waits for what libcurl wants to hear of: its sockets, its one timer, and the inbox.
///
/// libcurl could wait by itself, but then looks at every transfer whenever anything happens at one of them.
///
/// Not Sendable: it belongs to the loop thread.
final class SocketPoll {
    /// What the kernel has been told about a socket.
    private struct Watch {
        var events: UInt32 = 0
        /// Whether it is a connection's, whose closing we hear of.
        var isConnection = false
        /// Whether libcurl does not want to hear of it now.
        var isIdle = false
    }

    private let descriptor: Int32
    private let wakeUp: Int32
    private var events = [epoll_event](repeating: epoll_event(), count: 256)
    private var watches: [Int32: Watch] = [:]
    private var timer: ContinuousClock.Instant?
    private var multi: UnsafeMutableRawPointer?

    /// Nil when there are no descriptors left.
    init?(wakeUp: Int32) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        self.wakeUp = wakeUp
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.fd = wakeUp
        guard descriptor >= 0, epoll_ctl(descriptor, EPOLL_CTL_ADD, wakeUp, &event) == 0 else { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Makes libcurl report to this object, which must outlive the multi handle.
    func attach(to multi: UnsafeMutableRawPointer) {
        self.multi = multi
        gage_multi_set_callbacks(
            multi,
            { _, socket, action, context, _ in
                guard let context else { return -1 }
                SocketPoll.from(context).watch(socket, action: action)
                return 0
            },
            { _, milliseconds, context in
                guard let context else { return -1 }
                SocketPoll.from(context).timer = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
                return 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Makes this object open and close the sockets of the handle's connections.
    func attach(to handle: EasyHandle) {
        gage_easy_set_socket_callbacks(
            handle.pointer,
            { context, _, address in
                guard let context, let address = address?.pointee else { return -1 }
                let kind = address.socktype | Int32(SOCK_CLOEXEC.rawValue)
                let opened = socket(address.family, kind, address.protocol)
                if opened >= 0 { SocketPoll.from(context).watches[opened] = Watch(isConnection: true) }
                return opened
            },
            { context, socket in
                // Closing takes it out of the kernel's list too: its number may belong to another one next.
                if let context { SocketPoll.from(context).watches[socket] = nil }
                return close(socket)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Waits until something happens, at most until libcurl's timer or the given time, and lets libcurl deal with it.
    func run(until limit: ContinuousClock.Instant?) {
        guard let multi else { return }
        var running: Int32 = 0
        let due = [timer, limit].compactMap(\.self).min()
        let wait = due.map { max(.zero, min($0 - .now, .seconds(60))).millisecondsRoundedUp } ?? 60_000
        let count = Int(epoll_wait(descriptor, &events, Int32(events.count), Int32(wait)))
        for event in events.prefix(max(0, count)) {
            let socket = event.data.fd
            if socket == wakeUp {
                var ignored: UInt64 = 0
                eventfd_read(wakeUp, &ignored)
            } else if watches[socket]?.isIdle != false {
                // The server has closed a kept connection; libcurl finds out when it wants to use it again.
                unwatch(socket)
            } else {
                curl_multi_socket_action(multi, socket, Self.readiness(event.events), &running)
            }
        }
        if let timer, timer <= .now {
            // libcurl sets it anew, or not at all if there is nothing more to wait for.
            self.timer = nil
            curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running)
        }
    }

    private func watch(_ socket: Int32, action: Int32) {
        var watch = watches[socket] ?? Watch()
        guard action & CURL_POLL_INOUT != 0 else {
            guard watch.isConnection else { return unwatch(socket) }
            // Most kept connections are used again soon: until then it costs nothing to leave them in the kernel's list.
            watch.isIdle = true
            watches[socket] = watch
            return
        }
        var event = epoll_event()
        event.data.fd = socket
        if action & CURL_POLL_IN != 0 { event.events |= EPOLLIN.rawValue }
        if action & CURL_POLL_OUT != 0 { event.events |= EPOLLOUT.rawValue }
        if event.events != watch.events {
            epoll_ctl(descriptor, watch.events == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event)
        }
        watch.events = event.events
        watch.isIdle = false
        watches[socket] = watch
    }

    private func unwatch(_ socket: Int32) {
        epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, nil)
        if watches[socket]?.isConnection == true {
            watches[socket] = Watch(isConnection: true)
        } else {
            watches[socket] = nil
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer) -> SocketPoll {
        Unmanaged<SocketPoll>.fromOpaque(context).takeUnretainedValue()
    }

    private static func readiness(_ events: UInt32) -> Int32 {
        var readiness: Int32 = 0
        if events & EPOLLIN.rawValue != 0 { readiness |= CURL_CSELECT_IN }
        if events & EPOLLOUT.rawValue != 0 { readiness |= CURL_CSELECT_OUT }
        if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { readiness |= CURL_CSELECT_ERR }
        return readiness
    }
}
