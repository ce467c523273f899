import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Reports

/// The files that pages refer to: the style sheet and the script.
///
/// Their addresses have a digest of their content, so that browsers may keep them for good.
struct ViewerAssets: Sendable {
    let path: String
    private let type: String
    private let content: String

    private init(_ name: String, _ type: String, _ content: String) {
        let parts = name.split(separator: ".")
        path = "/assets/\(parts[0])-\(sha256Hex(Array(content.utf8)).prefix(12)).\(parts[1])"
        self.type = type
        self.content = content
    }

    static let style = ViewerAssets(
        "viewer.css", "text/css; charset=utf-8", PageStyle.sheet + TranscriptStyle.sheet + ViewerStyle.sheet)
    static let script = ViewerAssets("viewer.js", "text/javascript; charset=utf-8", ViewerScript.source)

    /// The file at a path.
    static func response(_ path: String) throws(ViewerProblem) -> Response {
        guard let asset = [style, script].first(where: { $0.path == path }) else {
            throw ViewerProblem.notFound("There is no such file.")
        }
        return Response(
            status: .ok,
            headers: [.contentType: asset.type, .cacheControl: "private, max-age=31536000, immutable"],
            body: .init(byteBuffer: ByteBuffer(string: asset.content)))
    }
}
