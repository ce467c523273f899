import Evaluation
import Transport

/// Writes one answer's bytes to a partial file, where they belong.
struct DownloadReceiver {
    let request: DownloadRequest
    let part: PartialFile
    /// The version that the server gives out now.
    let tag: String?

    /// Takes an answer to a request for everything, or for what comes after the bytes that are there.
    ///
    /// Throws ``EvaluationError``, or `HTTPError` where the answer breaks off; what came until then is kept.
    func receive(_ stream: HTTPStream, after begun: (count: Int, tag: String)?, failure: HubFailure) async throws {
        switch stream.status {
        case 200:
            part.discard()
            try await write(stream, from: 0, total: Self.length(stream))
        case 206:
            guard let begun, let range = Self.range(stream), range.start == begun.count, tag == begun.tag else {
                part.discard()
                throw again("the file changed while it was fetched; it is fetched from the start")
            }
            try await write(stream, from: begun.count, total: range.total)
        case 416:
            part.discard()
            throw again("the server has fewer bytes than are there; it is fetched from the start")
        default:
            let body = try await stream.collect()
            throw failure.error(status: stream.status, headers: stream.headers, body: body)
        }
    }

    private func write(_ stream: HTTPStream, from start: Int, total: Int?) async throws {
        // Without a tag nobody can tell later whether the rest belongs to these bytes: they are not noted.
        if start == 0, let tag { try part.note(url: request.url, tag: tag) }
        let file = try FileWriter(part.path, appending: start > 0)
        var received = start
        for try await piece in stream {
            try file.write(piece)
            received += piece.count
            request.onProgress(received, request.size ?? total)
        }
        try file.finish()
        if let total, total != received {
            throw again("\(received) of \(total) bytes came")
        }
    }

    private func again(_ message: String) -> EvaluationError {
        EvaluationError(
            .providerFailed, "\(request.subject.what): \(message)", cause: .provider, retry: .worthwhile)
    }

    private static func length(_ stream: HTTPStream) -> Int? { stream.headers["Content-Length"].flatMap { Int($0) } }

    /// The first byte and the whole size in `Content-Range: bytes 5-9/10`.
    private static func range(_ stream: HTTPStream) -> (start: Int, total: Int?)? {
        guard let field = stream.headers["Content-Range"], field.hasPrefix("bytes ") else { return nil }
        let parts = field.dropFirst(6).split(separator: "/")
        guard let start = parts.first?.split(separator: "-").first.flatMap({ Int($0) }) else { return nil }
        return (start, parts.count == 2 ? Int(parts[1]) : nil)
    }
}
