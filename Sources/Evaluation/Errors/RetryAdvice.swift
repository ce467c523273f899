/// Whether doing the same again can help.
public enum RetryAdvice: Sendable, Hashable {
    /// The same call will fail the same way.
    case never
    /// The failure is of the moment.
    case worthwhile
    /// As `worthwhile`, but not before this long; servers say so with `Retry-After`.
    case after(Duration)

    /// False only for ``never``.
    public var isWorthwhile: Bool { self != .never }
}
