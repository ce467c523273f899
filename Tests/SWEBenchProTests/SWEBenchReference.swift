import Compression
import FoundationEssentials
import Glibc
import JSON

/// The facts of the official repository that are kept beside the checkout; tests that need them skip where they are not.
enum SWEBenchReference {
    static let folder: String = {
        if let place = getenv("GAGE_REFERENCE") { return String(cString: place) + "/swebench-pro" }
        // Tests/SWEBenchProTests/SWEBenchReference.swift of the checkout, whose neighbour the folder is.
        let file = realpath(#filePath, nil)
        defer { free(file) }
        let path = file.map { String(cString: $0) } ?? #filePath
        let above = path.split(separator: "/").dropLast(4)
        return "/" + (above + ["shared", "reference", "swebench-pro"]).joined(separator: "/")
    }()

    static let isThere: Bool = {
        let isThere = FileManager.default.fileExists(atPath: folder + "/image_uri.jsonl")
        if !isThere { print("skipping tests against the official repository: nothing at \(folder)") }
        return isThere
    }()

    static func lines(_ name: String) throws -> [JSONValue] {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
            throw CocoaError(.fileReadNoSuchFile)
        }
        var bytes = [UInt8](data)
        if GzipReader.isGzip(bytes) { bytes = try GzipReader.unpack(bytes) }
        var reader = JSONLinesReader()
        return try reader.values(in: bytes)
    }
}
