public import JSON

extension Database {
    /// Where this database differs from the one that was expected: old is expected, new is here.
    ///
    /// Of two databases of one origin only the records that either has changed are looked at. Paths begin at the section.
    public func differences(from expected: Database) -> [JSONDifference] {
        guard origin === expected.origin else { return expected.dump.differences(to: dump) }
        var (wanted, found) = (JSONObject(), JSONObject())
        for place in changes.indices {
            let (mine, theirs) = (changes[place], expected.changes[place])
            guard !(mine.isEmpty && theirs.isEmpty) else { continue }
            let section = origin.sections[place]
            switch section.content {
            case .value(let original):
                found[section.name] = mine.value ?? original
                wanted[section.name] = theirs.value ?? original
            case .records(let records):
                var (here, there) = (JSONObject(), JSONObject())
                for key in mine.records.map(\.key) + theirs.records.map(\.key) {
                    here[key] = mine.records[key] ?? records[key]
                    there[key] = theirs.records[key] ?? records[key]
                }
                found[section.name] = .object(here)
                wanted[section.name] = .object(there)
            }
        }
        return JSONValue.object(wanted).differences(to: .object(found))
    }
}

/// What a judge writes of how a world was left, as reports show it.
enum WorldDifference {
    /// The key of a verdict's output.
    static let key = "world_difference"
    /// The most places that are written.
    private static let limit = 100

    /// `[{path, old, new}]`, at most a hundred of them; old is what was expected.
    static func json(_ differences: [JSONDifference], under root: String = "") -> [JSONValue] {
        differences.prefix(limit).map { difference in
            var object: JSONObject = ["path": .string(root + difference.path.description)]
            if let old = difference.old { object["old"] = old }
            if let new = difference.new { object["new"] = new }
            return .object(object)
        }
    }
}

extension TauWorld {
    /// Where the data of both toolkits differ from those of the world that was expected.
    func difference(from expected: any TauWorld) -> [JSONValue] {
        let agent = WorldDifference.json(state.agent.differences(from: expected.state.agent))
        guard !state.sharesDatabase, let user = state.user, let wanted = expected.state.user else { return agent }
        return agent + WorldDifference.json(user.differences(from: wanted), under: "/user")
    }
}
