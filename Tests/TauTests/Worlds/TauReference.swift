import Compression
import Glibc
import JSON
import Testing

@testable import Tau

/// The official data and cases, kept beside the checkout; tests that need them are skipped where they are not.
enum TauReference {
    /// The folder of the reference data.
    static let folder: String = getenv("GAGE_REFERENCE").map { String(cString: $0) } ?? defaultFolder

    /// Whether τ²-bench's data and cases are there; says so once when they are not.
    static let hasTau2: Bool = {
        let path = folder + "/tau2/cases/README.md"
        let isThere = access(path, R_OK) == 0
        if !isThere { print("skipping tests against the official τ²-bench: nothing at \(path)") }
        return isThere
    }()

    /// Whether the original τ-bench's data are there; says so once when they are not.
    static let hasTau1: Bool = {
        let path = folder + "/tau1/manifest.json"
        let isThere = access(path, R_OK) == 0
        if !isThere { print("skipping tests against the original τ-bench: nothing at \(path)") }
        return isThere
    }()

    private static var defaultFolder: String {
        // Tests/TauTests/Worlds/TauReference.swift of the checkout, whose neighbour the folder is.
        let file = realpath(#filePath, nil)
        defer { free(file) }
        let path = file.map { String(cString: $0) } ?? #filePath
        let above = path.split(separator: "/").dropLast(5)
        return "/" + (above + ["shared", "reference"]).joined(separator: "/")
    }

    /// A file's bytes, unpacked when they are compressed.
    static func bytes(_ name: String) throws -> [UInt8] {
        guard let file = fopen(folder + "/" + name, "rb") else { throw ReferenceError.missing(name) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        return GzipReader.isGzip(bytes) ? try GzipReader.unpack(bytes) : bytes
    }

    static func json(_ name: String) throws -> JSONValue {
        try JSONValue.parse(bytes: try bytes(name))
    }

    static func lines(_ name: String) throws -> [JSONValue] {
        var reader = JSONLinesReader(options: .init(allowsNonFiniteNumbers: true))
        return try reader.values(in: try bytes(name))
    }
}

enum ReferenceError: Error {
    case missing(String)
}

/// The official domains with their data, each loaded once.
enum OfficialDomain: String, CaseIterable, CustomTestStringConvertible {
    case mock
    case retail
    case airline

    var testDescription: String { rawValue }

    var data: any TauDomainData {
        get throws {
            switch self {
            case .mock: try Self.mockData.get()
            case .retail: try Self.retailData.get()
            case .airline: try Self.airlineData.get()
            }
        }
    }

    func world(isSolo: Bool = false) throws -> any TauWorld {
        try data.makeWorld(isSolo: isSolo)
    }

    /// The domain's tasks by identifier.
    func tasks() throws -> [String: JSONValue] {
        let tasks = try TauReference.json("tau2/\(rawValue)/tasks.json").arrayValue ?? []
        return Dictionary(tasks.map { ($0["id"]?.stringValue ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static let mockData = Result {
        try MockData(
            database: TauReference.json("tau2/mock/db.json"), userDatabase: TauReference.json("tau2/mock/user_db.json"))
    }
    private static let retailData = Result { try RetailData(database: TauReference.json("tau2/retail/db.json")) }
    private static let airlineData = Result { try AirlineData(database: TauReference.json("tau2/airline/db.json")) }
}

extension TauWorld {
    /// Brings a fresh world into the initial state of an official task, its message history included.
    mutating func prepare(for task: JSONValue?) throws {
        guard let state = task?["initial_state"], !state.isNull else { return }
        guard let initial = InitialState(json: state) else { throw ReferenceError.missing("initial state") }
        let history = (state["message_history"]?.arrayValue ?? []).compactMap(RecordedMessage.init(json:))
        try setState(initial, history: history, strictness: .strict(timestamp: "<NOW>"))
    }
}

/// Disagreements with the official results, collected so that one failing rule shows at once everywhere.
struct Disagreements {
    private(set) var compared = 0
    private(set) var found: [String] = []

    mutating func compare<Value: Equatable>(
        _ own: Value, _ official: Value, _ what: @autoclosure () -> String
    ) {
        compared += 1
        if own != official { found.append("\(what()): \(own) instead of \(official)") }
    }

    /// The count and the first few.
    var summary: String { "\(found.count) of \(compared):\n" + found.prefix(8).joined(separator: "\n") }
}
