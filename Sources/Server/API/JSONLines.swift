import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// Answers of one JSON object a line, the last line ended like the others.
enum JSONLines {
    /// A whole answer.
    static func response(_ lines: [JSONValue], status: Int = 200, headers: HTTPFields) -> Response {
        var buffer = ByteBuffer()
        for line in lines { buffer.writeImmutableBuffer(Self.line(line)) }
        return Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: buffer))
    }

    /// The scores of a run as far as it has come.
    static func response(_ rows: [ScoreRow], of run: RunDescription) -> Response {
        response(rows.map { .object($0.line) }, headers: headers(of: run))
    }

    /// One line.
    static func line(_ value: JSONValue) -> ByteBuffer {
        var bytes = value.bytes()
        bytes.append(UInt8(ascii: "\n"))
        return ByteBuffer(bytes: bytes)
    }

    /// The fields that say which run an answer is of, and how it stands.
    static func headers(of run: RunDescription) -> HTTPFields {
        var headers = headers(ofRun: run.id)
        headers.set("X-Run-Status", status(of: run.phase))
        return headers
    }

    /// The fields that say which run an answer is of.
    static func headers(ofRun id: String) -> HTTPFields {
        var headers: HTTPFields = [.contentType: "application/jsonl"]
        headers.set("X-Run-Id", id)
        return headers
    }

    /// The word of `X-Run-Status`: `partial` for a run that is over and did not complete.
    static func status(of phase: RunPhase) -> String {
        phase.isOver && phase != .completed ? "partial" : phase.rawValue
    }
}
