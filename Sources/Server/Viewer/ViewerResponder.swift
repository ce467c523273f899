import Evaluation
import Glibc
import HTTPTypes
import Hummingbird
import NIOCore
import Reports
import Storage

/// Answers the viewer's requests.
struct ViewerResponder: Sendable {
    let configuration: ViewerConfiguration
    let shelf: RunShelf
    let keeper: IndexKeeper

    /// The most bytes of a form.
    private static let formLimit = 64 << 10

    func makeRouter() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ViewerGuard(configuration: configuration))
        // Ids may hold anything, so paths are taken apart here and not by the router.
        router.get("**") { request, _ in try await get(request) }
        router.get("/") { request, _ in try await get(request) }
        router.post("**") { request, _ in try await post(request) }
        return router
    }

    private func get(_ request: Request) async throws -> Response {
        if request.uri.path.hasPrefix("/assets/") { return try ViewerAssets.response(request.uri.path) }
        guard let parts = ViewerLink.parts(of: request.uri.path) else {
            throw ViewerProblem(400, "This address cannot be read.")
        }
        let values = ViewerLink.values(of: request.uri.query)
        switch (parts.first, parts.count) {
        case (nil, 0): return .page(try await runsPage(values))
        case ("run", 2): return try await runPage(try shelf.run(parts[1]), ListState(values))
        case ("run", 6) where parts[2] == "episode":
            return .page(try await transcriptPage(try shelf.run(parts[1]), try Self.episode(parts), ListState(values)))
        case ("compare", 1): return .page(try await comparePage(values))
        case ("events", 2): return LiveRoute(run: try shelf.run(parts[1]), keeper: keeper).answer(request)
        case ("api", _):
            return try await ViewerAPI(shelf: shelf, keeper: keeper).answer(Array(parts.dropFirst()), values)
        default: throw ViewerProblem.notFound("There is no such page.")
        }
    }

    static func episode(_ parts: [String]) throws -> EpisodeID {
        guard let trial = Int(parts[5]), trial >= 0 else { throw ViewerProblem.notFound("There is no such episode.") }
        return EpisodeID(task: parts[3], sample: parts[4], trial: trial)
    }

    // MARK: Pages

    private func runsPage(_ values: [String: String]) async throws -> HTML {
        var cards: [RunCard] = []
        var problems: [(key: String, message: String)] = []
        for run in try shelf.runs() {
            do {
                var card = try run.card()
                if card.isCounting { try await count(&card, run) }
                cards.append(card)
            } catch let error as EvaluationError {
                problems.append((run.key, error.message))
            }
        }
        return RunsPage(
            directory: configuration.directory, cards: cards, problems: problems, request: RunsRequest(values)
        ).html
    }

    /// Counts what no summary says, as far as the index has it.
    private func count(_ card: inout RunCard, _ run: ShelvedRun) async throws {
        let progress = try await run.refresh(keeper)
        card.take(try await run.index().overview(), isCurrent: progress.isCurrent)
    }

    private func runPage(_ run: ShelvedRun, _ state: ListState) async throws -> Response {
        let progress = try await run.refresh(keeper)
        let index = try run.index()
        var page: EpisodePage?
        var count: Int?
        var problem: FilterError?
        do {
            let query = try state.episodeQuery()
            page = try await index.page(query, from: state.start)
            count = try await index.count(query)
        } catch let error as FilterError {
            problem = error
        }
        let html = RunPage(
            card: try run.card(), overview: try await index.overview(), progress: progress, state: state, page: page,
            count: count, problem: problem, others: try others(than: run)
        ).html
        return .page(html, status: problem == nil ? 200 : 400)
    }

    private func transcriptPage(
        _ run: ShelvedRun, _ id: EpisodeID, _ state: ListState, formProblem: String? = nil
    ) async throws -> HTML {
        _ = try await run.refresh(keeper)
        let index = try run.index()
        guard let stored = try index.journal.episode(id) else {
            throw ViewerProblem.notFound("There is no episode \(id) in the run '\(run.key)'.")
        }
        var neighbours = EpisodeNeighbours()
        do {
            neighbours = try await index.neighbours(of: id, in: try state.episodeQuery())
        } catch is FilterError {
            // A link with a broken filter still leads to the episode.
        }
        var form = AnnotationForm(
            key: run.key, author: configuration.author, formKey: configuration.formKey, state: state)
        form.problem = formProblem
        return TranscriptPage(
            key: run.key, runName: try run.card().name, id: id, item: try await index.item(id),
            view: TranscriptView(stored.record), neighbours: neighbours, state: state.starting(.first),
            annotations: try index.journal.annotations(for: id), form: form, others: try others(than: run)
        ).html
    }

    /// The other runs, those of the same name first, the newest first among them.
    private func others(than run: ShelvedRun) throws -> [(key: String, name: String)] {
        let name = try run.card().name
        return try shelf.runs().filter { $0.key != run.key }.compactMap { other in
            // One that cannot be read is in the table of runs with the reason.
            try? other.card()
        }.sorted { left, right in
            (left.name == name ? 1 : 0, left.startedAt, left.key) > (
                right.name == name ? 1 : 0, right.startedAt, right.key
            )
        }.map { ($0.key, $0.name) }
    }

    // MARK: Comparing

    private func comparePage(_ values: [String: String]) async throws -> HTML {
        guard let a = values["a"], let b = values["b"] else {
            throw ViewerProblem(
                400, "Two runs are needed.", advice: "Open a run, and choose another one to compare with.")
        }
        let (left, right) = (try shelf.run(a), try shelf.run(b))
        for run in [left, right] { _ = try await run.refresh(keeper) }
        let kind = values["show"].flatMap(PairedEpisodes.Kind.init) ?? .changed
        if let task = values["task"], let sample = values["sample"] {
            let id = EpisodeID(task: task, sample: sample, trial: values["trial"].flatMap { Int($0) } ?? 0)
            let list = ViewerLink.compare([
                ("a", a), ("b", b), ("show", kind == .changed ? nil : kind.rawValue),
            ])
            var sides: [(letter: String, card: RunCard, item: EpisodeItem?, view: TranscriptView?)] = []
            for (letter, run) in [("A", left), ("B", right)] {
                let index = try run.index()
                let view = try index.journal.episode(id).map { TranscriptView($0.record) }
                sides.append((letter, try run.card(), try await index.item(id), view))
            }
            return ComparedTranscriptsPage(id: id, sides: sides, list: list).html
        }
        let pairs = PairedEpisodes(try left.index(), try right.index())
        return ComparePage(
            left: try left.card(), right: try right.card(), kind: kind, counts: try left.pairCounts(with: right),
            page: try pairs.page(kind, from: ListState(values).start)
        ).html
    }

    // MARK: Annotating

    private func post(_ request: Request) async throws -> Response {
        guard let parts = ViewerLink.parts(of: request.uri.path), parts.count == 6, parts[0] == "run",
            parts[2] == "episode"
        else { throw ViewerProblem.notFound("There is nothing to send a form to.") }
        let values = try await form(request)
        guard ViewerGuard.areEqual(values["form"] ?? "", configuration.formKey) else {
            throw ViewerProblem(403, "This form is not of a page of this viewer.", advice: "Load the page again.")
        }
        let (run, id) = (try shelf.run(parts[1]), try Self.episode(parts))
        let journal = try run.index().journal
        guard let stored = try journal.episode(id) else {
            throw ViewerProblem.notFound("There is no episode \(id) in the run '\(run.key)'.")
        }
        let state = ListState(ViewerLink.values(of: request.uri.query))
        if let problem = try Self.annotate(values, stored.record, journal) {
            return .page(try await transcriptPage(run, id, state, formProblem: problem), status: 400)
        }
        return .seeOther(ViewerLink.episode(run.key, id, state) + "#said")
    }

    /// Adds what a form says; what is wrong with it where it cannot be added.
    private static func annotate(
        _ values: [String: String], _ record: EpisodeRecord, _ journal: Journal
    ) throws(EvaluationError) -> String? {
        do throws(EvaluationError) {
            try journal.annotate(try AnnotationForm.annotation(values, of: record, at: now))
            return nil
        } catch {
            guard error.cause == .configuration else { throw error }
            return [error.message, error.advice].compactMap { $0 }.joined(separator: ": ")
        }
    }

    private func form(_ request: Request) async throws -> [String: String] {
        do {
            let body = try await request.body.collect(upTo: Self.formLimit)
            return ViewerLink.values(of: String(buffer: body))
        } catch is NIOTooManyBytesError {
            throw ViewerProblem(413, "The form is larger than \(Self.formLimit) bytes.")
        }
    }

    /// Seconds since 1970.
    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
