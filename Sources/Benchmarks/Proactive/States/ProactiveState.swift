public import JSON

/// What an assistant knows when it decides: the request, how far the dialogue is, and how clear the task is.
public struct ProactiveState: Sendable, Hashable {
    /// Its name, unique within a data set.
    public var id: String
    /// What the task asks for.
    public var domain: ProactiveDomain
    /// The request; in a dialogue with the exchange so far below it, each line headed `[Assistant]:` or `[User]:`.
    public var query: String
    /// How many turns are behind.
    public var dialogueTurn: Int
    /// 1 when the user refused to answer in the turn before, else 0.
    public var prevReject: Int
    /// How clear the task is, from 0 (very unclear) to 1 (clear).
    ///
    /// The published name has the scale upside down; it stays for the files' sake.
    public var taskUncertainty: Double
    /// Python assertions that the program must pass; nil where there are none.
    public var mbppTests: String?
    /// Fields that have no place above, kept as they came.
    public var extras: JSONObject

    /// Describes a state.
    public init(
        id: String, domain: ProactiveDomain, query: String, dialogueTurn: Int = 0, prevReject: Int = 0,
        taskUncertainty: Double, mbppTests: String? = nil, extras: JSONObject = [:]
    ) {
        self.id = id
        self.domain = domain
        self.query = query
        self.dialogueTurn = dialogueTurn
        self.prevReject = prevReject
        self.taskUncertainty = taskUncertainty
        self.mbppTests = mbppTests
        self.extras = extras
    }
}
