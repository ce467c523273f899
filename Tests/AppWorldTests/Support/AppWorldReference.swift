import FoundationEssentials
import Glibc
import JSON

/// The checkout, and reference data beside it; tests that need the latter skip where it is not.
enum AppWorldReference {
    /// The checkout.
    static let root: String = {
        let file = realpath(#filePath, nil)
        defer { free(file) }
        let path = file.map { String(cString: $0) } ?? #filePath
        // Tests/AppWorldTests/Support/AppWorldReference.swift
        return "/" + path.split(separator: "/").dropLast(4).joined(separator: "/")
    }()

    static let folder: String = {
        if let place = getenv("GAGE_REFERENCE") { return String(cString: place) + "/appworld" }
        let above = root.split(separator: "/").dropLast()
        return "/" + (above + ["shared", "reference", "appworld"]).joined(separator: "/")
    }()

    static let isThere: Bool = {
        let isThere = FileManager.default.fileExists(atPath: folder + "/percent-vectors.json")
        if !isThere { print("skipping tests against AppWorld's recorded behaviour: nothing at \(folder)") }
        return isThere
    }()

    static func json(_ name: String) throws -> JSONValue {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
            throw CocoaError(.fileReadNoSuchFile)
        }
        return try JSONValue.parse(bytes: [UInt8](data))
    }
}
