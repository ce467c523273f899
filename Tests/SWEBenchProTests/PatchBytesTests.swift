import Testing

@testable import SWEBenchPro

@Suite("Patches")
struct PatchBytesTests {
    private static let text = "diff --git a/x.py b/x.py\n--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n-a\n+b\n \n"
    private static let binary = "diff --git a/logo.png b/logo.png\nGIT binary patch\nliteral 3\nabc\n\n"
    private static let differing = "diff --git a/i.gif b/i.gif\r\nBinary files a/i.gif and b/i.gif differ\r\n"

    @Test("A blank context line at the end stays")
    func keepsTrailingContext() {
        #expect(PatchBytes(Self.text).prepared().patch == PatchBytes(Self.text))
    }

    @Test("Binary sections are dropped and named", arguments: [binary, differing])
    func dropsBinary(section: String) {
        let (patch, dropped) = PatchBytes(Self.text + section + Self.text).prepared()
        #expect(patch == PatchBytes(Self.text + Self.text))
        #expect(dropped.count == 1)
    }

    @Test("A missing final line feed is added")
    func addsLineFeed() {
        let cut = PatchBytes(Array(Self.text.utf8.dropLast()))
        #expect(cut.prepared().patch.bytes == Array(Self.text.utf8))
    }

    @Test("Carriage returns and broken encodings stay")
    func keepsBytes() {
        let bytes = Array("diff --git a/x b/x\n@@ -1 +1 @@\n-a\r\n+b\r\n+".utf8) + [0xFF, 0xFE, 0x0A]
        #expect(PatchBytes(bytes).prepared().patch.bytes == bytes)
    }

    @Test("The changed paths are known")
    func namesPaths() {
        let patch = PatchBytes("From: x\n" + Self.text + "diff --git a/old b/new name.py\nrename from old\n")
        #expect(patch.changedPaths == ["x.py", "new name.py"])
        #expect(TouchedTests.tests(in: ["tests/a.py", "src/test_x.py", "a_test.go", "src/x.py"]).count == 3)
        #expect(TouchedTests.runnerConfiguration(in: ["a/conftest.py", "x.py"]) == ["a/conftest.py"])
    }

    @Test("Nothing but blanks is no patch", arguments: ["", " \n\t\r\n"])
    func knowsEmpty(text: String) {
        #expect(PatchBytes(text).isEmpty)
    }
}
