import Evaluation
import JSON

/// A cassette opened for replay: where each recorded call stands in the file.
///
/// Only places are held in memory; a call's line is read when it is asked for. Of an episode that several processes
/// have worked on, because a run was killed and gone on with, the calls of the last one count: what it found in the
/// journal it did not do again.
struct Cassette: Sendable {
    /// The call that a line answers.
    struct Key: Sendable, Hashable {
        var purpose: String
        var index: Int
    }

    /// Where a line stands.
    struct Place: Sendable {
        var digest: String
        var attempt: Int
        var backend: String
        var offset: Int
        var count: Int
    }

    private struct Calls: Sendable {
        var session: String
        var places: [Key: [Place]] = [:]
    }

    let path: String
    /// The model's name by the backend that has it.
    private(set) var modelNames: [String: String] = [:]
    private var episodes: [EpisodeID: Calls] = [:]
    private var anEpisodeByDigest: [String: EpisodeID] = [:]

    /// Reads a cassette.
    ///
    /// Throws ``EvaluationError`` naming the file and the line.
    init(path: String) throws(EvaluationError) {
        self.path = path
        guard let lines = try CassetteLines(path: path) else {
            throw EvaluationError(
                .configurationInvalid, "the cassette '\(path)' does not exist", cause: .configuration,
                advice: "record one with `gage run … --record FILE`")
        }
        while let line = try lines.next() { try add(line) }
    }

    /// The lines that answer a call of this digest: those of the attempt that asks, else of the last one recorded.
    func places(of digest: String, in context: CallContext, backend: String?) -> [Place] {
        let key = Key(purpose: context.purpose, index: context.index)
        let fitting = (episodes[context.episode]?.places[key] ?? []).filter { place in
            place.digest == digest && (backend == nil || place.backend == backend)
        }
        let own = fitting.filter { $0.attempt == context.attempt }
        guard own.isEmpty, let last = fitting.last?.attempt else { return own }
        return fitting.filter { $0.attempt == last }
    }

    /// Reads the call at a place.
    func read(_ place: Place) throws(EvaluationError) -> CassetteEntry {
        let bytes = try ModelFiles.read(path, at: place.offset, count: place.count)
        do {
            return try CassetteEntry(json: try JSONValue.parse(bytes: bytes))
        } catch {
            throw EvaluationError(
                .dataMalformed, "the cassette '\(path)' was changed during the run", cause: .configuration,
                underlying: error)
        }
    }

    private mutating func add(_ line: CassetteLines.Line) throws(EvaluationError) {
        do {
            let json = try JSONValue.parse(bytes: line.bytes)
            if json["cassette"] != nil { return }
            if let backend = json["model_of"]?.stringValue {
                modelNames[backend] = json["name"]?.stringValue
                return
            }
            add(try CassetteEntry(json: json), session: json["session"]?.stringValue ?? "", at: line)
        } catch {
            // A run that was killed may leave half a line at the end.
            if line.isLast { return }
            let reason = (error as? JSONParsingError)?.message ?? (error as? EvaluationError)?.message ?? "unreadable"
            throw EvaluationError(
                .dataMalformed, "the cassette cannot be read: \(reason)", cause: .configuration,
                location: SourceLocation(file: path, line: line.number, column: 1))
        }
    }

    private mutating func add(_ entry: CassetteEntry, session: String, at line: CassetteLines.Line) {
        let (context, id) = (entry.context, entry.context.episode)
        if episodes[id]?.session != session { episodes[id] = Calls(session: session) }
        let place = Place(
            digest: entry.digest, attempt: context.attempt, backend: entry.backend, offset: line.offset,
            count: line.bytes.count)
        episodes[id]?.places[Key(purpose: context.purpose, index: context.index), default: []].append(place)
        anEpisodeByDigest[entry.digest] = id
    }
}

// MARK: Misses

extension Cassette {
    /// What to say about a call that was not recorded: what the nearest recorded one differs in.
    func miss(_ request: ChatRequest, in context: CallContext, backend: String?) -> EvaluationError {
        let (episode, purpose) = (context.episode, context.purpose)
        let whose = backend.map { ", asked of '\($0)'" } ?? ""
        return EvaluationError(
            .scriptExhausted,
            "the cassette '\(path)' has no reply to call \(context.index) for '\(purpose)' of episode \(episode)\(whose)"
                + ": \(reason(RequestFingerprint(request), in: context, backend: backend))",
            cause: .configuration, advice: "record the run again with the configuration as it is now")
    }

    private func reason(_ wanted: RequestFingerprint, in context: CallContext, backend: String?) -> String {
        let calls = episodes[context.episode]?.places ?? [:]
        if let place = calls[Key(purpose: context.purpose, index: context.index)]?.last {
            if place.digest == wanted.digest { return "the call was recorded, but asked of '\(place.backend)'" }
            // What cannot be read any more cannot be compared; the miss is reported all the same.
            let recorded = try? read(place).fingerprint
            let difference = recorded.flatMap(wanted.difference(from:)) ?? "the request is another"
            return "the call was recorded, but \(difference)"
        }
        let digest = wanted.digest
        for (key, places) in calls where places.contains(where: { $0.digest == digest }) {
            if key.purpose != context.purpose { return "the same request was recorded for '\(key.purpose)'" }
            return "the same request was recorded as call \(key.index)"
        }
        if let other = anEpisodeByDigest[digest] { return "the same request was recorded for episode \(other)" }
        let count = calls.keys.count { $0.purpose == context.purpose }
        if count > 0 { return "\(count) calls of it were recorded" }
        return calls.isEmpty
            ? "nothing was recorded for the episode" : "nothing was recorded for '\(context.purpose)'"
    }
}
