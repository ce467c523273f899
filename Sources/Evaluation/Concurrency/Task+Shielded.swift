extension Task where Success == Never, Failure == Never {
    /// Runs work that the cancellation of the caller's task does not reach, and waits for it.
    ///
    /// Only for clean-up that is bounded by itself: freeing a sandbox, saving an agent's state. The work is awaited
    /// here, so that nothing outlives its caller.
    public static func shielded<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        await Task<Value, Never> { await work() }.value
    }
}
