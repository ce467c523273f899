import Evaluation
import JSON

/// A cassette opened for replay: where each recorded call stands in the file.
///
/// Only places are held in memory; a call's line is read when it is asked for.
struct Cassette: Sendable {
    private static let maximumFileBytes = 4 << 30

    /// The call that a line answers.
    struct Key: Sendable, Hashable {
        var episode: EpisodeID
        var purpose: String
        var index: Int
    }

    /// Where a line stands.
    struct Place: Sendable {
        var digest: String
        var offset: Int
        var count: Int
    }

    let path: String
    private var places: [Key: [Place]] = [:]
    private var keysByDigest: [String: Key] = [:]

    /// Reads a cassette.
    ///
    /// Throws ``EvaluationError`` naming the file and the line.
    init(path: String) throws(EvaluationError) {
        self.path = path
        guard let bytes = try ModelFiles.readIfPresent(path, limit: Self.maximumFileBytes) else {
            throw EvaluationError(
                .configurationInvalid, "the cassette '\(path)' does not exist", cause: .configuration)
        }
        var start = 0
        var number = 0
        while start < bytes.count {
            number += 1
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            if end > start { try add(bytes[start..<end], at: start, line: number, isLast: end == bytes.count) }
            start = end + 1
        }
    }

    /// The outcome recorded for a request.
    ///
    /// Throws ``EvaluationError`` (`model.script_exhausted`) that says what the nearest recorded call differs in.
    func outcome(
        of request: ChatRequest, in context: CallContext
    ) throws(EvaluationError) -> Result<ChatResponse, EvaluationError> {
        let wanted = RequestFingerprint(request)
        let digest = wanted.digest
        let key = Key(episode: context.episode, purpose: context.purpose, index: context.index)
        // An episode that was attempted several times has several lines for a call; the last is of the last attempt.
        guard let place = places[key]?.last(where: { $0.digest == digest }) else {
            throw miss(key, wanted, digest)
        }
        return try read(place).outcome
    }

    private mutating func add(
        _ line: ArraySlice<UInt8>, at offset: Int, line number: Int, isLast: Bool
    ) throws(EvaluationError) {
        let entry: CassetteEntry
        do {
            entry = try CassetteEntry(json: try JSONValue.parse(bytes: line))
        } catch {
            // A run that was killed may leave half a line at the end.
            if isLast { return }
            let reason = (error as? JSONParsingError)?.message ?? (error as? EvaluationError)?.message ?? "unreadable"
            throw EvaluationError(
                .dataMalformed, "the cassette cannot be read: \(reason)", cause: .configuration,
                location: SourceLocation(file: path, line: number, column: 1))
        }
        let key = Key(episode: entry.context.episode, purpose: entry.context.purpose, index: entry.context.index)
        places[key, default: []].append(Place(digest: entry.digest, offset: offset, count: line.count))
        keysByDigest[entry.digest] = key
    }

    private func read(_ place: Place) throws(EvaluationError) -> CassetteEntry {
        let bytes = try ModelFiles.read(path, at: place.offset, count: place.count)
        do {
            return try CassetteEntry(json: try JSONValue.parse(bytes: bytes))
        } catch {
            throw EvaluationError(
                .dataMalformed, "the cassette '\(path)' was changed during the run", cause: .configuration,
                underlying: error)
        }
    }

    private func miss(_ key: Key, _ wanted: RequestFingerprint, _ digest: String) -> EvaluationError {
        EvaluationError(
            .scriptExhausted,
            "the cassette '\(path)' has no reply to call \(key.index) for '\(key.purpose)' of episode \(key.episode): "
                + reason(key, wanted, digest),
            cause: .configuration, advice: "record the run again with the configuration as it is now")
    }

    private func reason(_ key: Key, _ wanted: RequestFingerprint, _ digest: String) -> String {
        if let place = places[key]?.last {
            // What cannot be read any more cannot be compared; the miss is reported all the same.
            let recorded = try? read(place).fingerprint
            let difference = recorded.flatMap(wanted.difference(from:)) ?? "the request is another"
            return "the call was recorded, but \(difference)"
        }
        if let other = keysByDigest[digest] {
            if other.episode != key.episode { return "the same request was recorded for episode \(other.episode)" }
            if other.purpose != key.purpose { return "the same request was recorded for '\(other.purpose)'" }
            return "the same request was recorded as call \(other.index)"
        }
        let count = places.keys.count { $0.episode == key.episode && $0.purpose == key.purpose }
        if count > 0 { return "\(count) calls of it were recorded" }
        let ofEpisode = places.keys.contains { $0.episode == key.episode }
        return ofEpisode ? "nothing was recorded for '\(key.purpose)'" : "nothing was recorded for the episode"
    }
}
