import Evaluation
import Testing

@testable import Sandboxes

@Suite struct TarTests {
    private static let limits = SandboxCopyLimits(bytes: 1 << 20, files: 100)

    @Test func readsWhatItWrites() throws {
        let long = String(repeating: "directory/", count: 30) + "näme.txt"
        let files = [
            SandboxFile("empty", .file([]), permissions: 0o600), SandboxFile("a/b", .directory, permissions: 0o700),
            SandboxFile(long, .file([UInt8](repeating: 7, count: 1025)), permissions: 0o755),
            SandboxFile("link", .symbolicLink(String(repeating: "t", count: 150)), permissions: 0o777),
        ]
        var writer = TarWriter(userID: 1000, groupID: 1000)
        for file in files { writer.add(file) }
        let tar = writer.finish()
        #expect(tar.count % 512 == 0)
        #expect(try TarReader.read(tar, limits: Self.limits) == files)
    }

    @Test func refusesPathsThatLeadOut() {
        var writer = TarWriter()
        writer.add(SandboxFile("a/../../etc/passwd", text: "x"))
        let tar = writer.finish()
        #expect(throws: TarReader.Failure.self) { try TarReader.read(tar, limits: Self.limits) }
    }

    @Test func takesAbsolutePathsAsBelowTheDirectory() throws {
        var writer = TarWriter()
        writer.add(SandboxFile("/etc/./passwd", text: "x"))
        #expect(try TarReader.read(writer.finish(), limits: Self.limits).map(\.path) == ["etc/passwd"])
    }

    @Test func refusesDamageAndMoreThanAllowed() {
        var writer = TarWriter()
        writer.add(SandboxFile("file", .file([UInt8](repeating: 1, count: 5000))))
        let tar = writer.finish()
        var damaged = tar
        damaged[3] ^= 1
        #expect(throws: TarReader.Failure.self) { try TarReader.read(damaged, limits: Self.limits) }
        #expect(throws: TarReader.Failure.self) { try TarReader.read(Array(tar[..<4000]), limits: Self.limits) }
        let small = SandboxCopyLimits(bytes: 4999, files: 10)
        #expect(throws: SandboxFileError.self) { try TarReader.read(tar, limits: small) }
        let few = SandboxCopyLimits(bytes: 1 << 20, files: 0)
        #expect(throws: SandboxFileError.self) { try TarReader.read(tar, limits: few) }
    }

    @Test(arguments: [0, 1, 156, 124, 257, 345, 511])
    func survivesAnyByteInAHead(offset: Int) {
        var writer = TarWriter()
        writer.add(SandboxFile("file", text: "content"))
        let tar = writer.finish()
        for value in stride(from: 0, through: 255, by: 5) {
            var changed = tar
            changed[offset] = UInt8(value)
            // The checksum is made right again, so that what is behind it is reached.
            let sum = changed[..<512].enumerated().reduce(0) {
                $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element))
            }
            let digits = String(sum, radix: 8)
            let text = String(repeating: "0", count: 6 - digits.count) + digits
            changed.replaceSubrange(148..<156, with: Array(text.utf8) + [0, 32])
            _ = try? TarReader.read(changed, limits: Self.limits)
        }
    }
}
