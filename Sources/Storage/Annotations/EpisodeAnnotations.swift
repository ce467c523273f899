public import Evaluation

/// What holds of everything that was said about one episode.
public struct EpisodeAnnotations: Sendable, Hashable {
    /// The tags that are on it, sorted.
    public private(set) var tags: [String] = []
    /// The notes, oldest first.
    public private(set) var notes: [Annotation] = []
    /// The verdicts that hold, each the last word on one number, or on whether the episode counts.
    public private(set) var verdicts: [Annotation] = []

    /// Nothing said.
    public init() {}

    /// What holds of these, given oldest first.
    public init(_ annotations: [Annotation]) {
        for annotation in annotations { add(annotation) }
    }

    /// Takes the next annotation.
    public mutating func add(_ annotation: Annotation) {
        switch annotation.kind {
        case .tag: if let tag = annotation.text, !tags.contains(tag) { tags = (tags + [tag]).sorted() }
        case .untag: tags.removeAll { $0 == annotation.text }
        case .note: notes.append(annotation)
        case .verdict: add(verdict: annotation)
        }
    }

    private mutating func add(verdict annotation: Annotation) {
        guard !annotation.isOutdated, let amendment = annotation.amendment else { return }
        switch amendment {
        case .original: verdicts = []
        case .unscorable: verdicts = [annotation]
        case .score(let metric, let value, _):
            verdicts.removeAll { earlier in
                switch earlier.amendment {
                case .score(metric, value, _), .unscorable: true
                default: false
                }
            }
            verdicts.append(annotation)
        }
    }

    /// Whether a verdict holds, so that ``amended(_:)`` is another record.
    public var isAmended: Bool { !verdicts.isEmpty }

    /// The episode with the corrections in place of what the judges and metrics said.
    ///
    /// Only scored episodes can be corrected; a correction of a number that the episode does not have says nothing.
    public func amended(_ record: EpisodeRecord) -> EpisodeRecord {
        guard isAmended, record.outcome == .scored else { return record }
        var record = record
        if let verdict = amend(&record.scores) {
            record.outcome = .unscorable(reason: "set aside by \(verdict.author): \(verdict.reason ?? "")")
        }
        return record
    }

    /// The figures with the corrections in place of what the judges and metrics said; see ``amended(_:)-(EpisodeRecord)``.
    public func amended(_ figures: EpisodeFigures) -> EpisodeFigures {
        guard isAmended, figures.outcome == "scored" else { return figures }
        var figures = figures
        if amend(&figures.scores) != nil { figures.outcome = "unscorable" }
        return figures
    }

    /// Corrects scores, and returns the verdict that the episode should not count at all, where there is one.
    private func amend(_ scores: inout [Score]) -> Annotation? {
        for verdict in verdicts {
            switch verdict.amendment {
            case .score(let metric, let value, let number):
                guard let place = scores.firstIndex(where: { $0.metric == metric }),
                    scores[place].values[value] != nil
                else { continue }
                scores[place].values[value] = number
                scores[place].explanation = "corrected by \(verdict.author): \(verdict.reason ?? "")"
            case .unscorable:
                scores = []
                return verdict
            case .original, nil: continue
            }
        }
        return nil
    }
}
