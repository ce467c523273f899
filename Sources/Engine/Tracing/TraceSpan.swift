public import JSON

/// Something that took a while in a run, in the terms of OpenTelemetry.
public struct TraceSpan: Sendable, Hashable {
    /// What kind of work it was, by OTLP's number.
    public enum Kind: Int, Sendable {
        /// Work of gage itself.
        case `internal` = 1
        /// A call to something else.
        case client = 3
    }

    /// Its own id.
    public var id: TraceID.Span
    /// The span that it is part of; nil for the run's.
    public var parent: TraceID.Span?
    /// What it is, in few words that many spans share: `chat gpt-4.1`.
    public var name: String
    /// What kind of work it was.
    public var kind = Kind.internal
    /// Seconds since 1970 when it began.
    public var start: Double
    /// Seconds since 1970 when it ended.
    public var end: Double
    /// What is known about it, by the names of OpenTelemetry's conventions where they have one; null values are left out.
    public var attributes: JSONObject
    /// What failed, in a sentence without secrets; nil where nothing did.
    public var failure: String?

    /// Begins a span, which ends when it begins until it is said otherwise.
    public init(_ name: String, parent: TraceID.Span?, start: Double, attributes: JSONObject = [:]) {
        id = .random()
        self.parent = parent
        self.name = name
        self.start = start
        end = start
        self.attributes = attributes
    }
}

/// The ids of the W3C's trace context.
public enum TraceID {
    /// The id of a trace: 16 bytes, not all of them zero.
    public struct Trace: Sendable, Hashable {
        let high: UInt64
        let low: UInt64

        /// The id in 32 lower-case hexadecimal digits.
        public var text: String { TraceID.text(high) + TraceID.text(low) }

        /// A new id.
        public static func random() -> Self { Self(high: .random(in: 1 ... .max), low: .random(in: 0 ... .max)) }
    }

    /// The id of a span: 8 bytes, not all of them zero.
    public struct Span: Sendable, Hashable {
        let number: UInt64

        /// The id in 16 lower-case hexadecimal digits.
        public var text: String { TraceID.text(number) }

        /// A new id.
        public static func random() -> Self { Self(number: .random(in: 1 ... .max)) }
    }

    private static func text(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
