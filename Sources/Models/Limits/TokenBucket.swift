/// A bucket that fills steadily and from which calls take; it may be overdrawn and then fills up from below.
public struct TokenBucket: Sendable {
    /// The most that a burst can take after a rest.
    public let capacity: Double
    private let perSecond: Double
    /// What was there at the last refill, less what was taken since; below zero when it is overdrawn.
    public private(set) var level: Double
    private var updated: Double

    /// A full bucket for a rate a minute; a burst is a tenth of that, and at least one.
    init(perMinute: Int, now: Double) {
        capacity = max(1, Double(perMinute) / 10)
        perSecond = Double(perMinute) / 60
        level = capacity
        updated = now
    }

    /// A bucket that holds `capacity` at most and `level` now; times are seconds of one clock.
    public init(capacity: Double, level: Double, perSecond: Double, now: Double) {
        self.capacity = capacity
        self.level = level
        self.perSecond = perSecond
        updated = now
    }

    /// Adds what has come since the last time.
    public mutating func refill(now: Double) {
        level = min(capacity, level + max(0, now - updated) * perSecond)
        updated = max(updated, now)
    }

    /// Seconds until this amount may be taken; an amount beyond the capacity needs a full bucket and overdraws it.
    public func secondsUntil(_ amount: Double) -> Double {
        max(0, (min(amount, capacity) - level) / perSecond)
    }

    /// Takes an amount, or gives one back when it is negative.
    public mutating func take(_ amount: Double) {
        level = min(capacity, level - amount)
    }
}
