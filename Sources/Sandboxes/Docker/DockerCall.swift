import JSON
import Transport

/// One call of the engine's API before it is sent.
struct DockerCall {
    var method: String
    /// The path and the query, escaped.
    private(set) var target: String
    var headers: [HTTPHeader] = []
    var body: [UInt8] = []
    /// The longest silence; nil where the engine may be silent for as long as it likes.
    var timeout: Duration? = .seconds(120)
    var maximumAnswerBytes = 64 << 20
    /// The call for error messages.
    let what: String

    init(_ method: String, _ path: String, _ query: [(String, String)] = []) {
        self.method = method
        what = "\(method) \(path)"
        target = path
        if !query.isEmpty {
            target += "?" + query.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }.joined(separator: "&")
        }
    }

    /// The call with a JSON body.
    func with(_ json: JSONValue) -> Self {
        with(json.bytes(), type: "application/json")
    }

    /// The call with a body.
    func with(_ bytes: [UInt8], type: String) -> Self {
        var copy = self
        copy.body = bytes
        copy.headers.append(HTTPHeader(name: "Content-Type", value: type))
        return copy
    }

    /// A text as it may stand in a path's part or a query.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                escaped += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return escaped
    }

    /// The filters that list and prune calls take: `{"label": ["a=b"]}`.
    static func filters(_ filters: [String: [String]]) -> (String, String) {
        var object: JSONObject = [:]
        for key in filters.keys.sorted() {
            object[key] = .array((filters[key] ?? []).map { .string($0) })
        }
        return ("filters", JSONValue.object(object).text())
    }
}
