import Experiments
import Glibc
import Reports
import Synchronization

/// Shows how an experiment's workers get on: a line that is drawn anew on a terminal, a line now and then elsewhere.
final class LaunchPrinter: Sendable {
    private struct State {
        var last = ""
        var lastTime = -Double.infinity
        var isDrawn = false
    }

    private let terminal = Terminal(descriptor: STDERR_FILENO, environment: ProcessEnvironment.variables())
    /// Protects what is on the screen.
    private let state = Mutex(State())

    /// Shows an event, as often as the place allows.
    func show(_ event: StudyLauncher.Event) {
        switch event {
        case .note(let text): clear { Output.note(text) }
        case .progress(let done, let planned, let cost):
            draw("\(done) of \(planned) episodes, \(NumberText.dollars(cost))")
        }
    }

    /// Leaves the last line standing.
    func finish() {
        state.withLock { state in
            if state.isDrawn { return Output.write("\n", to: STDERR_FILENO) }
            if !state.last.isEmpty { Output.note(state.last) }
        }
    }

    private func clear(_ body: () -> Void) {
        state.withLock { state in
            if state.isDrawn { Output.write("\r\u{1B}[2K", to: STDERR_FILENO) }
            state.isDrawn = false
            body()
        }
    }

    private func draw(_ text: String) {
        state.withLock { state in
            guard text != state.last else { return }
            state.last = text
            if terminal.isInteractive {
                Output.write("\r\u{1B}[2K\(text)", to: STDERR_FILENO)
                state.isDrawn = true
                return
            }
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            let now = Double(time.tv_sec)
            guard now - state.lastTime >= 10 else { return }
            state.lastTime = now
            Output.note(text)
        }
    }
}
