import Engine
import Evaluation
import Models
import Server

/// What goes on beside a run: the socket over which it is looked at and told what to do.
struct RunOperations {
    let control: RunControl
    /// The run's models, where they are of its configuration.
    let models: RunModels?
    let environment: [String: String]

    /// Performs a run; the socket is there from the moment at which the run has a directory until this returns.
    ///
    /// A run goes on without a socket where none can be made, and `note` is told why.
    func during<Result: Sendable>(
        note: @escaping @Sendable (String) -> Void = { Output.note($0) },
        _ body: () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await serve(note) }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private func serve(_ note: @Sendable (String) -> Void) async {
        guard let place = await control.waitForRun(), !Task.isCancelled else { return }
        do {
            let run = LiveRun(control: control, place: place, models: models)
            try await ControlServer(directory: place.directory, run: run, environment: environment).run()
        } catch {
            note("gage: the run cannot be looked at or told anything while it goes on: \(error.message)")
        }
    }
}
