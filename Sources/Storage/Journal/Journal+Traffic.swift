public import Evaluation
import GRDB
import JSON

extension JournalWriter {
    /// Says what the calls to backends came to in the session that is under way; the last word of a session holds.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public func record(_ traffic: [BackendTraffic]) async throws(EvaluationError) {
        guard !traffic.isEmpty else { return }
        try await submit { database in
            for backend in traffic {
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO session_traffic (session, backend, json)
                        VALUES ((SELECT max(id) FROM session), ?, ?)
                        """,
                    arguments: [backend.backend, JSONValue.object(backend.json).text()])
            }
        }
    }
}

extension Journal {
    /// What the calls to backends came to, one list for each session that says it, oldest first.
    ///
    /// Empty for journals of older versions. Throws ``EvaluationError``, cause `gage`.
    public func traffic() throws(EvaluationError) -> [[BackendTraffic]] {
        try read { database in
            guard try database.tableExists("session_traffic") else { return [] }
            var sessions: [(id: Int64, backends: [BackendTraffic])] = []
            let rows = try Row.fetchAll(database, sql: "SELECT * FROM session_traffic ORDER BY session, backend")
            for row in rows {
                let session: Int64 = row["session"]
                let traffic = BackendTraffic(json: try JSONValue.parse(row["json"]).objectValue ?? [:])
                if sessions.last?.id == session {
                    sessions[sessions.count - 1].backends.append(traffic)
                } else {
                    sessions.append((session, [traffic]))
                }
            }
            return sessions.map(\.backends)
        }
    }

    /// How long processes worked on the run before the last one, summed, in seconds.
    ///
    /// Of a process that was killed, the time counts that it had told. Throws ``EvaluationError``, cause `gage`.
    public func earlierSeconds() throws(EvaluationError) -> Double {
        try read { database in
            let hasTraffic = try database.tableExists("session_traffic")
            let rows = try Row.fetchAll(database, sql: "SELECT id, started_at, ended_at FROM session ORDER BY id")
            var sum = 0.0
            for row in rows.dropLast() {
                let (id, start, end): (Int64, Double, Double?) = (row["id"], row["started_at"], row["ended_at"])
                if let end {
                    sum += max(0, end - start)
                } else if hasTraffic {
                    let told = try String.fetchAll(
                        database, sql: "SELECT json FROM session_traffic WHERE session = ?", arguments: [id])
                    let ages = try told.map { try JSONValue.parse($0)["session_seconds"]?.doubleValue ?? 0 }
                    sum += ages.max() ?? 0
                }
            }
            return sum
        }
    }
}
