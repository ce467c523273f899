import Evaluation

/// How long an errored episode waits for its next attempt.
struct RetryBackoff: Sendable, Hashable {
    /// The wait after the first failure in seconds; it doubles with each further one.
    ///
    /// Zero waits for nothing at all.
    var first = 1.0
    /// The longest wait of our own choice in seconds.
    static let longest = 60.0

    /// The wait in seconds after so many failures; a server's wish is never undercut.
    func delay(after failures: Int, advice: RetryAdvice) -> Double {
        guard first > 0 else { return 0 }
        let exponent = min(max(failures - 1, 0), 10)
        let own = min(first * Double(1 << exponent), Self.longest)
        guard case .after(let wish) = advice else { return own }
        return max(own, wish.inSeconds)
    }
}
