import FoundationEssentials

func makeTemporaryDirectory() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/gage-models-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
}

func removeTree(_ path: String) {
    // A directory that cannot be removed is the operating system's to clean.
    try? FileManager.default.removeItem(atPath: path)
}

func readText(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
}

func writeText(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
}
