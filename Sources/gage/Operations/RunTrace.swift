import Engine
import Evaluation

/// Where a run's spans go, and what keeps them going there while it goes on.
struct RunTrace: Sendable {
    let file: TraceFile?
    let endpoint: TraceEndpoint?

    /// A tracer for a run; values of these variables that look like secrets are kept out of the trace.
    func tracer(secrets: [String], environment: [String: String]) -> RunTracer {
        let words = ["KEY", "TOKEN", "SECRET", "PASSWORD"]
        let values = environment.filter { variable in words.contains { variable.key.uppercased().contains($0) } }.values
        let sinks: [(any TraceSink)?] = [file, endpoint]
        return RunTracer(sinks: sinks.compactMap { $0 }, secrets: secrets + values)
    }

    /// Performs a run, posts what there is meanwhile, and posts the rest before this returns.
    func during<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        let result = try await withThrowingTaskGroup(of: Void.self) { group in
            if let endpoint { group.addTask { await endpoint.run() } }
            do {
                let result = try await body()
                endpoint?.close()
                try await group.waitForAll()
                return result
            } catch {
                endpoint?.close()
                throw error
            }
        }
        if let failure = file?.failure { Output.note("gage: \(failure)") }
        if let omitted = endpoint?.omitted, omitted > 0 {
            Output.note("gage: \(omitted) span\(omitted == 1 ? "" : "s") did not reach the collector")
        }
        return result
    }
}
