import CCurl

// libcurl's own limit on slow transfers counts in whole seconds and starts before the connection stands; this one does neither.
// A transfer's limit is looked at when it may have passed, not each time something moves, so that its cost is nothing.
extension TransferLoop {
    func watchIdleLimit(of transfer: ActiveTransfer) {
        guard let limit = transfer.ticket.request.timeouts.idle else { return }
        let due = transfer.lastActivity + limit
        nextIdleCheck = nextIdleCheck.map { min($0, due) } ?? due
    }

    /// Ends the transfers whose connection has been silent for too long.
    func failIdleTransfers() {
        guard let check = nextIdleCheck else { return }
        let now = ContinuousClock.now
        guard check <= now else { return }
        nextIdleCheck = nil
        for transfer in live.values { failIfIdle(transfer, now: now) }
    }

    private func failIfIdle(_ transfer: ActiveTransfer, now: ContinuousClock.Instant) {
        guard let limit = transfer.ticket.request.timeouts.idle else { return }
        let sent = transfer.handle.offset(CURLINFO_SIZE_UPLOAD_T)
        let connected = transfer.handle.duration(CURLINFO_PRETRANSFER_TIME_T)
        if transfer.isPaused || connected == .zero || sent != transfer.sentBytes {
            transfer.lastActivity = now
        } else {
            transfer.lastActivity = max(transfer.lastActivity, transfer.started + connected)
        }
        transfer.sentBytes = sent
        if now - transfer.lastActivity < limit { return watchIdleLimit(of: transfer) }
        end(
            transfer,
            HTTPError(.timeoutIdle, "nothing was received for \(limit)", url: transfer.ticket.request.url))
    }
}
