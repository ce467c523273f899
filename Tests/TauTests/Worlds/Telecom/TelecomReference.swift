import Compression
import JSON

@testable import Tau

/// The official telecom domain with its tasks, loaded once.
enum TelecomReference {
    static let data = Result {
        try TelecomData(
            database: toml("tau2/telecom/db.toml"), userDatabase: toml("tau2/telecom/user_db.toml"))
    }

    private static let allTasks = Result {
        let tasks = try TauReference.json("tau2/telecom/tasks.json").arrayValue ?? []
        return Dictionary(tasks.map { ($0["id"]?.stringValue ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The task with an identifier; nil when there is none.
    static func task(_ id: JSONValue?) throws -> JSONValue? {
        guard let id = id?.stringValue else { return nil }
        return try allTasks.get()[id]
    }

    static func toml(_ name: String) throws -> JSONValue { try TOMLReader.read(try TauReference.bytes(name)) }

    /// The fresh world of a case, with the identifiers with which it was recorded.
    static func world(for line: JSONValue) throws -> any TauWorld {
        var world = try data.get().makeWorld(isSolo: line["solo_mode"]?.boolValue ?? false)
        if line["uses_fixed_uuid"] == true { world.state.identifiers = .fixed("deadbeef") }
        return world
    }

    /// The lines of a file of cases that `isWanted` takes by their places; only those are parsed.
    static func lines(_ name: String, isWanted: (Int) -> Bool) throws -> [JSONValue] {
        let bytes = try TauReference.bytes(name)
        var values: [JSONValue] = []
        for (place, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() where isWanted(place) {
            values.append(try JSONValue.parse(bytes: Array(line), options: .init(allowsNonFiniteNumbers: true)))
        }
        return values
    }
}
