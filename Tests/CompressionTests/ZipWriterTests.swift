import Compression
import Glibc
import Testing

/// Archives are checked by Python's own reader, where there is a Python.
@Suite("Zip archives")
struct ZipWriterTests {
    private static let hasPython = access("/usr/bin/python3", X_OK) == 0

    /// Runs a Python program with the archive's path, and returns whether it ended well.
    private func check(_ archive: [UInt8], _ program: String) -> Bool {
        var template = Array("/tmp/gage-zip-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        _ = archive.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        let text =
            "import sys, zipfile\narchive = zipfile.ZipFile(sys.argv[1])\nassert archive.testzip() is None\n" + program
        let words = ["python3", "-c", text, path]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { arguments.forEach { free($0) } }
        var child = pid_t()
        guard posix_spawn(&child, "/usr/bin/python3", nil, nil, &arguments, environ) == 0 else { return false }
        var status: Int32 = 0
        waitpid(child, &status, 0)
        return status == 0
    }

    @Test(.enabled(if: hasPython, "python3 is absent"))
    func membersComeBackAsTheyWere() throws {
        var archive = ZipWriter()
        try archive.add("a.txt", Array(String(repeating: "hello ", count: 5000).utf8))
        try archive.add("ordner/ümlaut.json", Array("{}".utf8))
        try archive.add("empty", [])
        try archive.begin("streamed.bin")
        var bytes: [UInt8] = []
        for piece in 0..<300 {
            bytes += archive.take()
            try archive.append((0..<997).map { UInt8(truncatingIfNeeded: piece &* 31 &+ $0 &* $0) })
        }
        try archive.end()
        try archive.add("last", Array("end".utf8))
        try archive.finish()
        bytes += archive.take()
        #expect(bytes.count < 300_000)
        #expect(
            check(
                bytes,
                """
                assert archive.namelist() == ['a.txt', 'ordner/ümlaut.json', 'empty', 'streamed.bin', 'last']
                assert archive.read('a.txt') == b'hello ' * 5000
                assert archive.read('ordner/ümlaut.json') == b'{}' and archive.read('empty') == b''
                wanted = bytes((p * 31 + i * i) & 255 for p in range(300) for i in range(997))
                assert archive.read('streamed.bin') == wanted and archive.read('last') == b'end'
                assert archive.getinfo('a.txt').compress_size < 500
                """))
    }

    @Test(.enabled(if: hasPython, "python3 is absent"))
    func moreMembersThanOldArchivesCanHave() throws {
        var archive = ZipWriter()
        for number in 0..<66_000 { try archive.add("m\(number)", []) }
        try archive.finish()
        #expect(check(archive.take(), "assert len(archive.namelist()) == 66000 and archive.read('m65999') == b''"))
    }

    @Test func theSameContentGivesTheSameBytes() throws {
        func make() throws -> [UInt8] {
            var archive = ZipWriter()
            try archive.add("a", [1, 2, 3])
            try archive.finish()
            return archive.take()
        }
        #expect(try make() == make())
    }

    @Test func whatCannotBeIsRefused() throws {
        var archive = ZipWriter()
        #expect(throws: ZipError.self) { try archive.add("", []) }
        #expect(throws: ZipError.self) { try archive.append([1]) }
        try archive.add("a", [])
        #expect(throws: ZipError.self) { try archive.add("a", []) }
        try archive.begin("b")
        #expect(throws: ZipError.self) { try archive.add("c", []) }
        #expect(throws: ZipError.self) { try archive.finish() }
        try archive.end()
        try archive.finish()
        #expect(throws: ZipError.self) { try archive.add("d", []) }
    }
}
