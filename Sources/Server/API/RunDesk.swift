import JSON

/// Takes runs in, begins them in their turn, and knows how each of them stands.
///
/// Runs go on as child tasks of ``work()``, so that none outlives the server.
actor RunDesk {
    /// A run that was taken in, for those who wait for it.
    struct Ticket: Sendable {
        let id: String
        let request: RunRequest
        let feed: RunFeed
    }

    private struct Entry {
        let run: any BenchmarkRun
        let ticket: Ticket
        let acceptedAt: Double
        var phase: RunPhase
    }

    private let service: any BenchmarkService
    private let now: @Sendable () -> Double
    private var queue: RunQueue
    private var entries: [String: Entry] = [:]
    /// Runs of this process that ended and may have left nothing on disk, oldest first.
    private var ended: [RunDescription] = []
    private var isClosing = false
    /// Seconds that a run takes, lately.
    private var usualDuration = 5.0
    private let starts: AsyncStream<String>
    private let starter: AsyncStream<String>.Continuation

    /// How many ended runs are remembered.
    private static let remembered = 256

    init(service: any BenchmarkService, configuration: APIConfiguration, now: @escaping @Sendable () -> Double) {
        self.service = service
        self.now = now
        queue = RunQueue(parallel: configuration.parallelRuns, capacity: configuration.queuedRuns)
        (starts, starter) = AsyncStream.makeStream()
    }

    // MARK: Taking in

    /// Checks a request and takes it in.
    ///
    /// Throws ``APIProblem`` when it cannot be run, when there is no room, or when the server is about to stop.
    func submit(_ request: RunRequest) async throws -> Ticket {
        try checkRoom()
        if let id = request.runID, entries[id] != nil { throw Self.isBusy(id) }
        let run = try await service.prepare(request)
        // Others may have come while the request was checked.
        try checkRoom()
        guard entries[run.id] == nil else { throw Self.isBusy(run.id) }
        let ticket = Ticket(id: run.id, request: run.request, feed: RunFeed())
        let admission = queue.admit(run.id)
        switch admission {
        case .begins: starter.yield(run.id)
        case .waits: break
        case .isRefused(let waiting): throw isFull(waiting)
        }
        ended.removeAll { $0.id == run.id }
        entries[run.id] = Entry(
            run: run, ticket: ticket, acceptedAt: now(), phase: admission == .begins ? .running : .queued)
        return ticket
    }

    /// The run that goes on or waits and was asked for with the same words; nil when there is none.
    func ticket(matching request: RunRequest) -> Ticket? {
        entries.values.filter { $0.ticket.request == request && $0.phase != .stopping }
            .max { $0.acceptedAt < $1.acceptedAt }?.ticket
    }

    /// The run's feed; nil when it neither goes on nor waits.
    func ticket(ofRun id: String) -> Ticket? { entries[id]?.ticket }

    private func checkRoom() throws(APIProblem) {
        if isClosing {
            var problem = APIProblem(503, "shutting_down", "the server is about to stop")
            problem.retryAfter = 10
            throw problem
        }
        if queue.waiting.count >= queue.capacity, queue.running.count >= queue.parallel {
            throw isFull(queue.waiting.count)
        }
    }

    private func isFull(_ waiting: Int) -> APIProblem {
        var problem = APIProblem(
            429, "queue_full", "\(queue.running.count) runs go on and \(waiting) wait; there is no room for another",
            advice: "try again later, or start the server with a larger --max-queue")
        let seconds = usualDuration * Double(waiting + 1) / Double(queue.parallel)
        problem.retryAfter = Int(min(600, max(1, seconds.rounded(.up))))
        return problem
    }

    private static func isBusy(_ id: String) -> APIProblem {
        var problem = APIProblem(409, "run_busy", "the run '\(id)' is going on or waiting already")
        problem.runID = id
        return problem
    }

    // MARK: Running

    /// Begins runs until the server closes and the last of them has ended.
    func work() async {
        await withDiscardingTaskGroup { group in
            for await id in starts {
                guard let entry = entries[id] else { continue }
                group.addTask { await self.perform(entry.run, entry.ticket) }
            }
        }
    }

    private nonisolated func perform(_ run: any BenchmarkRun, _ ticket: Ticket) async {
        let start = now()
        let ending = await run.perform { ticket.feed.tell($0) }
        await end(ticket, ending, seconds: now() - start)
    }

    private func end(_ ticket: Ticket, _ ending: RunEnding, seconds: Double) {
        usualDuration += (seconds - usualDuration) / 8
        if let entry = entries.removeValue(forKey: ticket.id) { remember(entry, ending) }
        for id in queue.end(ticket.id) {
            entries[id]?.phase = .running
            starter.yield(id)
        }
        // Told last: whoever hears of the end finds the run where ended runs are found.
        ticket.feed.end(ending)
        if isClosing, entries.isEmpty { starter.finish() }
    }

    private func remember(_ entry: Entry, _ ending: RunEnding) {
        var description = Self.description(of: entry)
        (description.phase, description.reason) = (ending.phase, ending.reason)
        ended.append(description)
        if ended.count > Self.remembered { ended.removeFirst() }
    }

    // MARK: Stopping

    /// Takes a run back that nobody waits for any more; one that has begun goes on.
    func withdraw(_ id: String) {
        guard let entry = entries[id], queue.withdraw(id) else { return }
        entries[id] = nil
        let ending = RunEnding(.cancelled, reason: "it was taken back before it began")
        remember(entry, ending)
        entry.ticket.feed.end(ending)
        if isClosing, entries.isEmpty { starter.finish() }
    }

    /// Stops a run, or takes it back; how it stands then.
    ///
    /// Throws ``APIProblem``: 404 for a run that is not known, 409 for one that is over.
    func cancel(_ id: String) async throws -> RunDescription {
        if entries[id] != nil {
            withdraw(id)
            if let entry = entries[id] {
                entries[id]?.phase = .stopping
                entry.run.stop()
            }
        } else if let over = try await description(of: id) {
            var problem = APIProblem(409, "run_over", "the run '\(id)' is over (\(over.phase.rawValue))")
            problem.runID = id
            throw problem
        }
        guard let description = try await description(of: id) else { throw APIProblem.unknownRun(id) }
        return description
    }

    /// Takes nothing more in and stops everything so that it can be gone on with; ``work()`` ends when all of it has.
    ///
    /// What waits begins and stops at once: that puts it on disk, where it can be gone on with.
    func close() {
        guard !isClosing else { return }
        isClosing = true
        for entry in entries.values { entry.run.stop() }
        for id in queue.releaseAll() { starter.yield(id) }
        for id in entries.keys { entries[id]?.phase = .stopping }
        if entries.isEmpty { starter.finish() }
    }

    // MARK: Telling

    /// How many runs go on and wait.
    var counts: (running: Int, waiting: Int) { (queue.running.count, queue.waiting.count) }

    /// How a run stands; nil when it is not known.
    func description(of id: String) async throws -> RunDescription? {
        let stored = try await service.run(id)
        if let entry = entries[id] {
            guard var description = stored else { return Self.description(of: entry) }
            (description.phase, description.reason) = (entry.phase, nil)
            description.planned = entry.run.planned ?? description.planned
            return description
        }
        return stored ?? ended.last { $0.id == id }
    }

    /// The latest runs, those first that go on or wait.
    func descriptions(limit: Int) async throws -> [RunDescription] {
        let stored = try await service.runs(limit: limit)
        var found: [RunDescription] = []
        for entry in entries.values.sorted(by: { $0.acceptedAt > $1.acceptedAt }).prefix(limit) {
            if let description = try await description(of: entry.run.id) { found.append(description) }
        }
        var known = Set(found.map(\.id))
        for description in stored where known.insert(description.id).inserted { found.append(description) }
        for description in ended.reversed() where known.insert(description.id).inserted { found.append(description) }
        return Array(found.prefix(limit))
    }

    private static func description(of entry: Entry) -> RunDescription {
        var description = RunDescription(
            id: entry.ticket.id, request: entry.ticket.request, phase: entry.phase, startedAt: entry.acceptedAt)
        description.planned = entry.run.planned
        return description
    }
}
