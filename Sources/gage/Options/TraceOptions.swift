import ArgumentParser
import Engine
import Evaluation
import Transport

/// `--trace` and `--trace-endpoint`: the run as OpenTelemetry sees it.
struct TraceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Append OpenTelemetry spans of the run to a file, one OTLP message in JSON a line.", valueName: "file"))
    var trace: String?

    @Option(
        help: ArgumentHelp(
            "Post the spans to a collector by OTLP over HTTP, such as http://127.0.0.1:4318.", valueName: "url"))
    var traceEndpoint: String?

    /// What the spans go to; nil where nothing was asked for.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a file that cannot be written and a URL that is none.
    func open(client: HTTPClient) throws -> RunTrace? {
        let file = try trace.map { try TraceFile(path: $0) }
        let endpoint = try traceEndpoint.map { try TraceEndpoint(address: $0, client: client) }
        return file == nil && endpoint == nil ? nil : RunTrace(file: file, endpoint: endpoint)
    }
}
