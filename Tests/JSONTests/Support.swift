import Glibc
import JSON

/// A small generator with a seed that tests print, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SeededGenerator {
    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 7), using: &self) {
        case 0: .null
        case 1: .bool(Bool.random(using: &self))
        case 2: .int(Int64.random(in: -1000...1000, using: &self))
        case 3: .int(Int64(truncatingIfNeeded: next()))
        case 4: JSONValue(Double(bitPattern: next()).finite)
        case 5:
            .number(
                ["1.0", "1.00", "-0", "1e5", "1E+05", "12345678901234567890", "0.1e-400"].randomElement(using: &self)
                    ?? "")
        case 6: .string(string())
        case 7: .array((0..<Int.random(in: 0..<6, using: &self)).map { _ in value(depth: depth - 1) })
        default:
            .object(
                JSONObject(
                    entries: (0..<Int.random(in: 0..<24, using: &self)).map { _ in (string(), value(depth: depth - 1)) }
                ))
        }
    }

    mutating func string() -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "b", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "é", "e",
            "\u{301}",
            "中", "\u{2028}", "\u{FFFD}", "\u{FFFF}", "😀", "\u{10FFFF}",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0..<20, using: &self) {
            text.unicodeScalars.append(alphabet.randomElement(using: &self) ?? "a")
        }
        return text
    }
}

extension Double {
    fileprivate var finite: Double { isFinite ? self : 0.5 }
}

/// The machine's Python, which says what `json` really does.
enum Python {
    static let isPresent = output(of: "print(1)") == "1\n"
    static let reason = "python3 is not installed: nothing to compare with"

    /// What a script prints, given `input` on its standard input; nil when it fails.
    static func output(of script: String, input: [UInt8] = []) -> String? {
        var folder = Array("/tmp/gage-json-XXXXXX".utf8CString)
        guard mkdtemp(&folder) != nil else { return nil }
        let path = String(decoding: folder.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            unlink(path + "/script")
            unlink(path + "/input")
            rmdir(path)
        }
        guard write(Array(script.utf8), to: path + "/script"), write(input, to: path + "/input"),
            let pipe = popen("PYTHONUTF8=1 python3 \(path)/script <\(path)/input", "r")
        else { return nil }
        let bytes = readAll(pipe)
        return pclose(pipe) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
    }

    private static func write(_ bytes: [UInt8], to path: String) -> Bool {
        guard let file = fopen(path, "wb") else { return false }
        defer { fclose(file) }
        return fwrite(bytes, 1, bytes.count, file) == bytes.count
    }
}

func readAll(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { return bytes }
        bytes.append(contentsOf: chunk[..<count])
    }
}

/// Reference data, kept beside the checkout.
enum Reference {
    static func path(_ name: String) -> String {
        let folder = getenv("GAGE_REFERENCE").map { String(cString: $0) }
        return (folder ?? defaultFolder) + "/" + name
    }

    static func isPresent(_ name: String) -> Bool { access(path(name), R_OK) == 0 }

    static func bytes(_ name: String) -> [UInt8]? {
        guard let file = fopen(path(name), "rb") else { return nil }
        defer { fclose(file) }
        return readAll(file)
    }

    private static var defaultFolder: String {
        // Tests/JSONTests/Support.swift of the checkout, whose neighbour the folder is.
        let checkout = realPath(#filePath).split(separator: "/").dropLast(3)
        return "/" + (checkout.dropLast() + ["shared", "reference"]).joined(separator: "/")
    }

    private static func realPath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
