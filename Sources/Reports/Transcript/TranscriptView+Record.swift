public import Evaluation
import JSON

extension TranscriptView {
    /// Reads an episode; `limits` says how much of it is kept.
    public init(_ record: EpisodeRecord, limits: TranscriptLimits = TranscriptLimits()) {
        id = record.id
        outcome = record.outcome.name
        succeeded = Self.succeeded(record)
        scores = record.scores
        spent = Spent(record)
        failedAttempts = record.failedAttempts.map { VisibleText.oneLine($0.message) }
        metadata = record.sample["metadata"]?.objectValue ?? [:]
        describeEnd(of: record, limits)
        var messages = TranscriptMessages(limits: limits)
        messages.add(record.trajectory)
        entries = messages.entries
        verdicts = record.verdicts.map { verdict in
            TranscriptVerdict(
                judge: verdict.judge, output: TranscriptContent(.object(verdict.output), limit: limits.text),
                unscorableReason: verdict.unscorableReason)
        }
        findings = TranscriptFindings.of(record)
        worldChanges = TranscriptWorldChanges.of(record)
        patches = Self.patches(of: record, limits)
        answer = Self.unsaidAnswer(of: record, limits)
        connectFindings(results: messages.resultOwners)
        keepEnds(limits.messages)
    }

    /// Full marks: scored, and the first value of the first metric is not below 1.
    public static func succeeded(_ record: EpisodeRecord) -> Bool {
        guard record.outcome == .scored else { return false }
        guard let values = record.scores.first?.values, let value = values.min(by: { $0.key < $1.key })?.value else {
            return true
        }
        return value >= 1 - 1e-6
    }

    private mutating func describeEnd(of record: EpisodeRecord, _ limits: TranscriptLimits) {
        switch record.outcome {
        case .errored(let error):
            cause = error.cause.rawValue
            headline = error.message
            reasons = [Self.kept(error.description, limits)]
        case .unscorable(let reason):
            headline = reason
            reasons = [Self.kept(reason, limits)]
        case .scored:
            headline = record.trajectory.termination.map { "ended by \($0.rawValue.replacing("_", with: " "))" }
            var seen: Set<String> = []
            reasons = record.scores.compactMap(\.explanation).filter { seen.insert($0).inserted }
                .map { Self.kept($0, limits) }
        }
    }

    private static func kept(_ text: String, _ limits: TranscriptLimits) -> String {
        let (kept, omitted) = TranscriptContent.cut(text, to: min(limits.text, 8_000))
        return omitted == 0 ? kept : kept + "…"
    }

    /// Patches among what the agent left, and an answer that is one.
    private static func patches(of record: EpisodeRecord, _ limits: TranscriptLimits) -> [Patch] {
        guard let prediction = record.prediction else { return [] }
        var patches: [Patch] = []
        for (name, value) in prediction.artifacts {
            guard let text = value.stringValue else { continue }
            let content = TranscriptContent(text, limit: limits.text)
            if case .diff = content.shape { patches.append(Patch(name: name, content: content)) }
        }
        if let answer = prediction.answer, patches.isEmpty {
            let content = TranscriptContent(answer, limit: limits.text)
            if case .diff = content.shape { patches.append(Patch(name: "answer", content: content)) }
        }
        return patches
    }

    /// The answer, where it is not the last thing that the agent said and no patch.
    private static func unsaidAnswer(of record: EpisodeRecord, _ limits: TranscriptLimits) -> TranscriptContent? {
        guard let answer = record.prediction?.answer, !answer.isEmpty else { return nil }
        let last = record.trajectory.entries.last { $0.speaker == .agent && $0.message.hasText }
        guard last?.message.text != answer else { return nil }
        let content = TranscriptContent(answer, limit: limits.text)
        if case .diff = content.shape { return nil }
        return content
    }

    /// Tells every message which findings are about it; a result's stand with its call.
    private mutating func connectFindings(results owners: [Int: Int]) {
        var places: [Int: Int] = [:]
        for (place, entry) in entries.enumerated() { places[entry.index] = place }
        for (number, finding) in findings.enumerated() {
            for index in Set(finding.cites) {
                guard let place = places[index] ?? owners[index].flatMap({ places[$0] }) else { continue }
                entries[place].citedBy.append(number)
            }
        }
    }

    /// Leaves the middle of a long transcript out: the beginning says what it is about, the end why it ended.
    private mutating func keepEnds(_ limit: Int) {
        guard entries.count > limit, limit > 0 else { return }
        let head = max(1, limit / 3)
        let count = entries.count - limit
        omitted = (count, head)
        entries.removeSubrange(head..<(head + count))
    }
}

extension TranscriptView.Spent {
    init(_ record: EpisodeRecord) {
        seconds = record.duration
        steps = record.stepDurations.map { Step(name: $0.step, seconds: $0.seconds) }
        usage = record.trajectory.usage()
        let prices = record.trajectory.entries.compactMap(\.cost)
        cost = prices.isEmpty ? nil : prices.reduce(0, +)
        agentTurns = record.trajectory.turns(of: .agent)
        toolCalls = record.trajectory.entries.reduce(0) { $0 + $1.message.toolCalls.count }
    }
}
