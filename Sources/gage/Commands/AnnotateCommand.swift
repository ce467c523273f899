import ArgumentParser
import Evaluation
import Glibc
import JSON
import Reports
import Storage

/// `gage annotate`: what people say about episodes.
struct AnnotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotate", abstract: "Tag an episode, note something, or correct its verdict; or list all that.",
        discussion: """
            What is said is added to the run's journal with who said it and when; nothing is ever removed. Corrected \
            verdicts stand beside the original metrics in the summary. An episode is named as with `gage show`.
            Examples: gage annotate runs/r1 'retail:12__trial_0' --tag flaky --note 'the tool was down'
                      gage annotate runs/r1 'retail:12__trial_0' --verdict pass --reason 'the refund is right'
                      gage annotate runs/r1
            """)

    @OptionGroup var target: ShownRun

    @Argument(help: "The episode; left out to list what was said.")
    var episode: String?

    @Option(
        help: ArgumentHelp(
            "A verdict in place of the judge's: METRIC=NUMBER, METRIC.NAME=NUMBER, pass, fail, unscorable, or original.",
            valueName: "verdict"))
    var verdict: [String] = []

    @Option(help: "Put a tag on the episode; may be repeated.")
    var tag: [String] = []

    @Option(help: "Take a tag off the episode; may be repeated.")
    var untag: [String] = []

    @Option(help: "Say something about the episode.")
    var note: [String] = []

    @Option(help: "Why; a verdict needs it.")
    var reason: String?

    @Option(help: "Who says it; the user of this machine by default.")
    var by: String?

    @Flag(help: "Print JSON lines.")
    var json = false

    private var saysSomething: Bool { !verdict.isEmpty || !tag.isEmpty || !untag.isEmpty || !note.isEmpty }

    func validate() throws {
        guard saysSomething == false || episode != nil else { throw ValidationError("name the episode") }
        guard verdict.isEmpty || reason != nil else { throw ValidationError("--verdict needs --reason") }
        if saysSomething { _ = try author }
    }

    func run() throws {
        let directory = try RunDirectory.open(try StoredRunPlace.path(of: target))
        let journal = try Journal.open(directory.journalPath)
        let id = try episode.map { try EpisodeAddress($0).find(in: journal) }
        guard saysSomething, let id else { return try list(journal, of: id) }
        guard let stored = try journal.episode(id) else {
            throw EvaluationError(.dataMissing, "the journal has no episode \(id)", cause: .configuration)
        }
        let author = try author
        var moment = timespec()
        clock_gettime(CLOCK_REALTIME, &moment)
        let now = Double(moment.tv_sec) + Double(moment.tv_nsec) / 1e9
        // All are made before the first is written, so that a mistake leaves nothing half said.
        var said = try verdict.map {
            Annotation.verdict(
                try Amendment($0, of: stored.record), of: id, by: author, because: reason ?? "", at: now)
        }
        said += tag.map { .tag($0, of: id, by: author, because: reason, at: now) }
        said += untag.map { .untag($0, of: id, by: author, because: reason, at: now) }
        said += note.map { .note($0, of: id, by: author, because: reason, at: now) }
        for annotation in said {
            try journal.annotate(annotation)
            Output.result(json ? annotation.json.text() : AnnotationText.line(annotation))
        }
        if !verdict.isEmpty {
            Output.note("`gage report \(target.run)` writes the summary with the correction beside it")
        }
    }

    private var author: String {
        get throws {
            if let by { return by }
            let environment = ProcessEnvironment.variables()
            if let user = environment["USER"] ?? environment["LOGNAME"], !user.isEmpty { return user }
            throw ValidationError("say who says it: --by NAME")
        }
    }

    private func list(_ journal: Journal, of id: EpisodeID?) throws {
        var count = 0
        try journal.forEachAnnotation { annotation in
            guard id == nil || annotation.episode == id else { return }
            count += 1
            Output.result(json ? annotation.json.text() : AnnotationText.line(annotation))
        }
        if count == 0, !json { Output.note("nobody said anything about \(id?.description ?? "this run's episodes")") }
    }
}

/// Annotations as lines for people.
enum AnnotationText {
    static func line(_ annotation: Annotation) -> String {
        var text = "\(TimeText.utc(annotation.time))  \(annotation.author)  \(annotation.episode)  \(said(annotation))"
        if let reason = annotation.reason { text += " (\(reason))" }
        if annotation.isOutdated { text += " [outdated: the episode was attempted again]" }
        return VisibleText.oneLine(text)
    }

    private static func said(_ annotation: Annotation) -> String {
        switch annotation.amendment {
        case .score(let metric, let value, let number): "verdict: \(metric) \(value) = \(JSONValue(number).text())"
        case .unscorable: "verdict: does not count"
        case .original: "verdict: as the judge said"
        case nil: "\(annotation.kind.rawValue): \(annotation.text ?? "")"
        }
    }
}
