import FoundationEssentials

extension OwnTau1Data {
    func write(text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(root)/\(file)"))
    }
}
