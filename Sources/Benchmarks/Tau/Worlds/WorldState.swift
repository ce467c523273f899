/// The data of a world: one database for the agent's tools, maybe one for the user's.
public struct WorldState: Sendable {
    /// What the agent's tools work on.
    public var agent: Database
    private var ownUserDatabase: Database?
    /// Whether both toolkits work on one and the same database, as after an initialization with data.
    public private(set) var sharesDatabase = false
    /// Whether the agent works alone, with the user's tools in its own hands.
    public let isSolo: Bool
    /// Where tools take identifiers from that are officially random.
    public var identifiers = IdentifierSource.derived

    /// Makes the state of a fresh world.
    public init(agent: Database, user: Database? = nil, isSolo: Bool = false) {
        self.agent = agent
        ownUserDatabase = user
        self.isSolo = isSolo
    }

    /// What the user's tools work on; nil in a domain where the user has none.
    public var user: Database? {
        get { sharesDatabase ? agent : ownUserDatabase }
        set {
            guard let newValue, sharesDatabase else {
                ownUserDatabase = newValue
                return
            }
            agent = newValue
        }
    }

    /// Puts new data in place of the agent's; a user database, where there is one, becomes the same one.
    ///
    /// That the user's own data are lost is the official behaviour.
    mutating func replaceAgentDatabase(_ database: Database) {
        sharesDatabase = user != nil
        agent = database
    }

    /// Puts new data in place of the user's; the agent's database becomes the same one, as officially.
    mutating func replaceUserDatabase(_ database: Database) {
        sharesDatabase = true
        agent = database
    }
}
