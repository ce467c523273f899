/// Keeps sandboxes of this process that want the same port of the machine from running at the same time.
actor PortReservations {
    private var taken: Set<Int> = []
    private var waiting: [(ports: Set<Int>, ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    private var nextTicket = 0

    /// Takes ports, waiting until all of them are free.
    ///
    /// Throws `CancellationError`, with none taken, when the caller's task is cancelled.
    func take(_ ports: Set<Int>) async throws {
        try Task.checkCancellation()
        guard !ports.isEmpty else { return }
        if taken.isDisjoint(with: ports) {
            taken.formUnion(ports)
            return
        }
        nextTicket += 1
        let ticket = nextTicket
        let hasThem = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(returning: false)
                } else {
                    waiting.append((ports, ticket, continuation))
                }
            }
        } onCancel: {
            Task { await self.giveUp(ticket) }
        }
        guard hasThem else { throw CancellationError() }
    }

    /// Gives ports back, to those who wait longest.
    func giveBack(_ ports: Set<Int>) {
        taken.subtract(ports)
        var still: [(ports: Set<Int>, ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        for waiter in waiting {
            if taken.isDisjoint(with: waiter.ports) {
                taken.formUnion(waiter.ports)
                waiter.continuation.resume(returning: true)
            } else {
                still.append(waiter)
            }
        }
        waiting = still
    }

    private func giveUp(_ ticket: Int) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: index).continuation.resume(returning: false)
    }
}
