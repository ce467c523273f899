/// A part of an episode that steps read and write.
///
/// The planner refuses a step that reads what nobody wrote.
public struct EpisodeSlot: RawRepresentable, Sendable, Hashable, Comparable {
    /// The slot's name, as plans print it.
    public let rawValue: String

    /// Names a slot.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Names a slot.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// The sample's messages; always there.
    public static let messages = Self("messages")
    /// The sample's metadata and gold data; always there.
    public static let sample = Self("sample")
    /// What support steps left.
    public static let supportOutputs = Self("support_outputs")
    /// The tools that the agent will see.
    public static let tools = Self("tools")
    /// The world that the agent acts in.
    public static let world = Self("world")
    /// How the agent's dialogue is led.
    public static let dialogue = Self("dialogue")
    /// Everything said and done.
    public static let trajectory = Self("trajectory")
    /// What the agent produced.
    public static let prediction = Self("prediction")
    /// What the judges decided.
    public static let verdicts = Self("verdicts")
    /// The metrics' values.
    public static let scores = Self("scores")

    /// Orders by name.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What an adapter reads and writes.
public struct StepContract: Sendable, Hashable {
    /// What must have been written before.
    public var reads: Set<EpisodeSlot>
    /// What is there afterwards.
    public var writes: Set<EpisodeSlot>

    /// Declares what is read and written.
    public init(reads: Set<EpisodeSlot> = [], writes: Set<EpisodeSlot> = []) {
        self.reads = reads
        self.writes = writes
    }
}
