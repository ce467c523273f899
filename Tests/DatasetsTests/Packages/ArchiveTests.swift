import Evaluation
import Glibc
import Testing

@testable import Datasets

@Suite struct ArchiveTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func extract(
        _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits(), wants: @escaping (String) -> Bool = { _ in true }
    ) throws -> ArchiveExtractor.Summary {
        try directory.write(bytes, to: "archive")
        let file = LocalFile("archive", at: directory.path + "/archive")
        return try ArchiveExtractor(file: file, limits: limits, wants: wants).extract(into: directory.path + "/out")
    }

    private func error(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws -> EvaluationError {
        try #require(#expect(throws: EvaluationError.self) { try extract(bytes, limits: limits) })
    }

    @Test(arguments: [false, true])
    func unpacksTarFiles(isPacked: Bool) throws {
        var tar = TarBuilder()
        tar.addExtended([("comment", "abc123")], type: "g")
        tar.add("top/", type: "5")
        tar.add("top/a.txt", "alpha")
        tar.add("top/deep/er/b.txt", String(repeating: "b", count: 70_000))
        tar.add("top/c.bin", "unwanted")
        let bytes = isPacked ? gzip(tar.finished) : tar.finished
        let summary = try extract(bytes) { !$0.hasSuffix(".bin") }
        #expect(summary.files == 2)
        #expect(summary.commit == "abc123")
        #expect(try directory.read("out/top/a.txt") == "alpha")
        #expect(try directory.read("out/top/deep/er/b.txt").count == 70_000)
        #expect(!directory.has("out/top/c.bin"))
    }

    @Test func readsLongNames() throws {
        let long = (0..<20).map { "directory-\($0)" }.joined(separator: "/")
        var tar = TarBuilder()
        tar.addExtended([("path", "\(long)/ä.txt"), ("mtime", "1.5")])
        tar.add("short", "one")
        tar.add("././@LongLink", "\(long)/two.txt\0", type: "L")
        tar.add("short", "two")
        #expect(try extract(tar.finished).files == 2)
        #expect(try directory.read("out/\(long)/ä.txt") == "one")
        #expect(try directory.read("out/\(long)/two.txt") == "two")
    }

    @Test(arguments: ["../evil", "a/../../evil", "/etc/evil", "a\\..\\evil"])
    func refusesPathsThatLeadOut(path: String) throws {
        var tar = TarBuilder()
        tar.add(path, "evil")
        #expect(try error(tar.finished).message.contains("leads out of it"))
        var zip = ZipBuilder()
        zip.add(path, "evil")
        #expect(try error(zip.finished).message.contains("leads out of it"))
    }

    @Test func refusesAPathThatLeadsOutInAnExtendedHeader() throws {
        var tar = TarBuilder()
        tar.addExtended([("path", "x/../../evil")])
        tar.add("harmless", "evil")
        #expect(try error(tar.finished).message.contains("leads out of it"))
    }

    @Test func makesNoLinks() throws {
        var tar = TarBuilder()
        tar.add("link", type: "2", link: "/etc")
        tar.add("hard", type: "1", link: "link")
        tar.add("link/passwd", "not really")
        #expect(try extract(tar.finished).links == ["link", "hard"])
        #expect(try directory.read("out/link/passwd") == "not really")
        var zip = ZipBuilder()
        zip.add("soft", "/etc", mode: 0o120777)
        #expect(try extract(zip.finished).links == ["soft"])
    }

    @Test func doesNotWriteThroughALinkThatIsThere() throws {
        try directory.write("mine", to: "precious")
        try directory.write("", to: "out/keep")
        #expect(symlink(directory.path + "/precious", directory.path + "/out/a.txt") == 0)
        var tar = TarBuilder()
        tar.add("a.txt", "theirs")
        #expect(throws: EvaluationError.self) { try extract(tar.finished) }
        #expect(try directory.read("precious") == "mine")
    }

    @Test func staysWithinItsLimits() throws {
        var tar = TarBuilder()
        for number in 0..<5 { tar.add("f\(number)", String(repeating: "x", count: 1000)) }
        var limits = ArchiveLimits()
        limits.totalBytes = 4500
        #expect(try error(tar.finished, limits: limits).message.contains("too large"))
        limits = ArchiveLimits()
        limits.entries = 4
        #expect(try error(tar.finished, limits: limits).message.contains("more than 4 entries"))
        limits = ArchiveLimits()
        limits.fileBytes = 999
        #expect(try error(tar.finished, limits: limits).message.contains("too large"))
    }

    @Test func saysWhatIsWrongWithAFile() throws {
        var tar = TarBuilder()
        tar.add("a", String(repeating: "x", count: 2000))
        #expect(try error(Array(tar.finished.prefix(1500))).message == "archive: it is cut off")
        #expect(try error(Array(gzip(tar.finished).dropLast(9))).message.contains("cut off"))
        #expect(try error(Array("no archive at all".utf8)).message.contains("cut off"))
        #expect(try error([UInt8](repeating: 7, count: 512)).message.contains("neither a tar file nor a zip file"))
        let packed = try error([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0, 0])
        #expect(packed.message == "archive is packed with xz, which is not read here")
        #expect(packed.advice == "unpack it (`tar -xJf ARCHIVE`) and give the directory")
    }

    @Test func unpacksZipFiles() throws {
        var zip = ZipBuilder()
        zip.add("top/a.txt", "alpha")
        zip.add("top/empty", "")
        zip.add("top/big", String(repeating: "z", count: 200_000))
        #expect(try extract(zip.finished).files == 3)
        #expect(try directory.read("out/top/a.txt") == "alpha")
        #expect(try directory.read("out/top/empty") == "")
        #expect(try directory.read("out/top/big").count == 200_000)
        var damaged = ZipBuilder()
        damaged.add("a", "alpha", checksum: 1)
        #expect(try error(damaged.finished).message.contains("'a' is damaged"))
        #expect(try error(Array(zip.finished.dropLast(30))).message.contains("no directory at its end"))
    }
}
