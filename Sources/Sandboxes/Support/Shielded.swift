/// Runs clean-up that the cancellation of the caller's task does not reach, and waits for it.
///
/// Only for work that is bounded by itself. The work is awaited here, so that nothing outlives its caller.
func shielded<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
    await Task<Value, Never> { await work() }.value
}

/// Random letters and digits that nothing else on this machine has.
func randomToken(_ length: Int = 16) -> String {
    let alphabet = Array("0123456789abcdef")
    return String((0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] })
}
