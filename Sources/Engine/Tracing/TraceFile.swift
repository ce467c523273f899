public import Evaluation
import Glibc
public import JSON
import Synchronization

/// Appends spans to a file, one OTLP message in JSON a line, as OpenTelemetry's file exporter writes and its collector reads.
///
/// Nothing is held in memory. A disk that refuses stops the trace and not the run; the first refusal is kept.
public final class TraceFile: TraceSink {
    private struct State {
        var descriptor: Int32
        var failure: String?
    }

    private let path: String
    /// Protects the file, so that lines are whole.
    private let state: Mutex<State>

    /// Opens or makes the file, which only its owner can read.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it cannot be opened.
    public init(path: String) throws(EvaluationError) {
        self.path = path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EvaluationError(
                .configurationInvalid, "cannot write the trace to \(path): \(String(cString: strerror(errno)))",
                cause: .configuration)
        }
        state = Mutex(State(descriptor: descriptor))
    }

    deinit { state.withLock { _ = close($0.descriptor) } }

    /// Appends a line.
    public func write(_ spans: [TraceSpan], of trace: TraceID.Trace, resource: JSONObject) {
        let line = OTLP.message(spans, of: trace, resource: resource).bytes() + [UInt8(ascii: "\n")]
        state.withLock { state in
            guard state.failure == nil else { return }
            var rest = line[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(state.descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    state.failure = "cannot write the trace to \(path): \(String(cString: strerror(errno)))"
                    return
                }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Why the trace is not whole; nil when it is.
    public var failure: String? { state.withLock(\.failure) }
}
