import Evaluation
import Hummingbird
import JSON
import Storage

/// What the pages show, as JSON: `/api/runs`, `/api/run/RUN`, `/api/run/RUN/episodes`,
/// `/api/run/RUN/episode/TASK/SAMPLE/TRIAL`.
struct ViewerAPI {
    let shelf: RunShelf
    let keeper: IndexKeeper

    func answer(_ parts: [String], _ values: [String: String]) async throws -> Response {
        switch (parts.first, parts.count) {
        case ("runs", 1): return .json(["runs": .array(try shelf.runs().map { .string($0.key) })])
        case ("run", 2): return .json(try await describe(try shelf.run(parts[1])))
        case ("run", 3) where parts[2] == "episodes":
            return try await episodes(try shelf.run(parts[1]), ListState(values))
        case ("run", 6) where parts[2] == "episode":
            let id = try ViewerResponder.episode(parts)
            guard let stored = try shelf.run(parts[1]).index().journal.episode(id) else {
                throw ViewerProblem.notFound("There is no episode \(id).")
            }
            return .json(.object(Self.json(stored.record)))
        default: throw ViewerProblem.notFound("There is no such address.")
        }
    }

    private func describe(_ run: ShelvedRun) async throws -> JSONValue {
        let progress = try await run.refresh(keeper)
        let overview = try await run.index().overview()
        let metadata = try run.index().journal.run()
        let total = overview.total
        return [
            "run_id": .string(metadata.runID), "name": .string(metadata.name),
            "status": .string(metadata.status.rawValue), "live": .bool(run.isLive),
            "indexed": JSONValue(progress.indexed), "episodes": JSONValue(progress.total),
            "scored": JSONValue(total.scored), "failed": JSONValue(total.failed),
            "unscorable": JSONValue(total.unscorable),
            "errored": JSONValue(total.errored.values.reduce(0, +)),
            "scores": .array(
                overview.scores.map { score in
                    [
                        "metric_id": .string(score.metric), "name": .string(score.name), "mean": JSONValue(score.mean),
                        "count": JSONValue(score.count),
                    ]
                }),
        ]
    }

    private func episodes(_ run: ShelvedRun, _ state: ListState) async throws -> Response {
        _ = try await run.refresh(keeper)
        let index = try run.index()
        do {
            let query = try state.episodeQuery()
            let page = try await index.page(query, from: state.start)
            let next: JSONValue = page.hasLater ? page.items.last.map { .string($0.place.text) } ?? .null : .null
            return .json([
                "count": JSONValue(try await index.count(query)), "episodes": .array(page.items.map(Self.json)),
                "after": next,
            ])
        } catch let error as FilterError {
            var object: JSONObject = ["message": .string(error.message), "offset": JSONValue(error.offset)]
            if let advice = error.advice { object["advice"] = .string(advice) }
            return .json(["error": .object(object)], status: 400)
        }
    }

    private static func json(_ item: EpisodeItem) -> JSONValue {
        [
            "task_id": .string(item.id.task), "sample_id": .string(item.id.sample), "trial": JSONValue(item.id.trial),
            "outcome": .string(item.outcome), "failed": .bool(item.failed),
            "cause": item.cause.map(JSONValue.string) ?? .null, "score": item.score.map { JSONValue($0) } ?? .null,
            "turns": JSONValue(item.turns), "tokens": item.tokens.map { JSONValue($0) } ?? .null,
            "cost": item.cost.map { JSONValue($0) } ?? .null, "duration": JSONValue(item.duration),
            "tags": .array(item.tags.map(JSONValue.string)),
        ]
    }

    private static func json(_ record: EpisodeRecord) -> JSONObject {
        var object: JSONObject = [
            "task_id": .string(record.id.task), "sample_id": .string(record.id.sample),
            "trial": JSONValue(record.id.trial), "outcome": .string(record.outcome.name),
            "sample": .object(record.sample), "prediction": record.prediction?.json ?? .null,
            "trajectory": record.trajectory.json, "verdicts": .array(record.verdicts.map(\.json)),
            "scores": .array(record.scores.map(\.json)), "duration": JSONValue(record.duration),
        ]
        if case .errored(let error) = record.outcome { object["error"] = error.json }
        if case .unscorable(let reason) = record.outcome { object["reason"] = .string(reason) }
        return object
    }
}
