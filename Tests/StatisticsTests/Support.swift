import Glibc
import JSON
import Testing

/// The inputs and results of scipy and statsmodels that the reference data hold.
enum StatisticsReference {
    static let isPresent = Reference.isPresent("statistics.json")
    static let reason: Comment = "statistics.json is absent: set GAGE_REFERENCE to compare with scipy and statsmodels"

    private static let file: JSONValue? = Reference.bytes("statistics.json").flatMap { bytes in
        // A file that cannot be read leaves every table empty, which `cases` reports.
        try? JSONValue.parse(bytes: bytes, options: .init(allowsNonFiniteNumbers: true))
    }

    static func cases(_ section: String) throws -> [JSONValue] {
        let cases = file?.at("sections.\(section).cases")?.arrayValue ?? []
        try #require(!cases.isEmpty, "no cases in section \(section)")
        return cases
    }
}

extension JSONValue {
    /// A number, which the file spells as a string where JSON cannot.
    var number: Double {
        switch self {
        case .string("nan"): .nan
        case .string("inf"): .infinity
        case .string("-inf"): -.infinity
        default: doubleValue ?? .signalingNaN
        }
    }

    var numbers: [Double] { arrayValue?.map(\.number) ?? [] }

    subscript(required key: String) -> JSONValue { self[key] ?? .null }

    func numbers(_ key: String) -> [Double] { self[required: key].numbers }
    func number(_ key: String) -> Double { self[required: key].number }
    func integer(_ key: String) -> Int { self[required: key].intValue ?? .min }
    func flags(_ key: String) -> [Bool] { self[required: key].arrayValue?.compactMap(\.boolValue) ?? [] }
    func table(_ key: String) -> [[Double]] { self[required: key].arrayValue?.map(\.numbers) ?? [] }
}

/// Whether two numbers agree within a relative tolerance; NaN agrees with NaN, infinity with itself.
func agree(_ left: Double?, _ right: Double, within tolerance: Double = 1e-12) -> Bool {
    guard let left else { return false }
    if left.isNaN || right.isNaN { return left.isNaN && right.isNaN }
    if left == right { return true }
    return abs(left - right) <= tolerance * max(abs(left), abs(right)) || max(abs(left), abs(right)) < 1e-300
}

/// Whether two lists of numbers agree.
///
/// Values that are zero on paper come out as something tiny, so `absolute` is allowed too.
func agree(_ left: [Double], _ right: [Double], within tolerance: Double = 1e-12, absolute: Double = 1e-15) -> Bool {
    left.count == right.count
        && zip(left, right).allSatisfy { agree($0, $1, within: tolerance) || abs($0 - $1) <= absolute }
}

/// The machine's Python, which says what `random` really does.
enum Python {
    static let isPresent = output(of: "print(1)") == "1\n"
    static let reason = "python3 is not installed: nothing to compare with"

    /// What a script prints, given `input` on its standard input; nil when it fails.
    static func output(of script: String, input: [UInt8] = []) -> String? {
        var folder = Array("/tmp/gage-statistics-XXXXXX".utf8CString)
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
        // Tests/StatisticsTests/Support.swift of the checkout, whose neighbour the folder is.
        let checkout = realPath(#filePath).split(separator: "/").dropLast(3)
        return "/" + (checkout.dropLast() + ["shared", "reference"]).joined(separator: "/")
    }

    private static func realPath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
