import JSON

/// A patch as bytes.
///
/// Bytes are kept: a blank context line at the end, a carriage return or a broken encoding is part of a patch. Two edits are
/// legitimate: sections with binary files are dropped, as officially, and a missing final line feed is added.
struct PatchBytes: Sendable, Hashable {
    /// The bytes.
    private(set) var bytes: [UInt8]

    /// Takes a patch.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Takes a patch from text.
    init(_ text: String) { bytes = Array(text.utf8) }

    /// Whether there is nothing but blanks.
    var isEmpty: Bool { bytes.allSatisfy { PythonListReader.isSpace($0) } }

    /// The SHA-256 of the bytes, in hexadecimal.
    var sha256: String { sha256Hex(bytes) }

    /// The patch as the judge applies it, and what was taken out of it.
    func prepared() -> (patch: PatchBytes, droppedBinary: [String]) {
        var kept: [UInt8] = []
        var dropped: [String] = []
        for section in sections {
            if section.isBinary {
                dropped.append(section.path ?? "?")
            } else {
                kept += bytes[section.range]
            }
        }
        if let last = kept.last, last != 0x0A { kept.append(0x0A) }
        return (PatchBytes(kept), dropped)
    }

    /// The paths that the patch changes, in order.
    var changedPaths: [String] { sections.compactMap(\.path) }

    /// A part of the patch: what stands before the first file, or one file's changes.
    private struct Section {
        var range: Range<Int>
        var path: String?
        var isBinary = false
    }

    private var sections: [Section] {
        var sections: [Section] = []
        var current = Section(range: 0..<0)
        for line in PatchLines(bytes) {
            if bytes[line].starts(with: Self.header) {
                if !current.range.isEmpty { sections.append(current) }
                current = Section(range: line.lowerBound..<line.lowerBound, path: Self.path(in: bytes[line]))
            }
            current.range = current.range.lowerBound..<line.upperBound
            if current.path != nil, Self.marksBinary(bytes[line]) { current.isBinary = true }
        }
        if !current.range.isEmpty { sections.append(current) }
        return sections
    }

    private static let header = Array("diff --git ".utf8)
    private static let binaryPatch = Array("GIT binary patch".utf8)
    private static let binaryFiles = Array("Binary files ".utf8)
    private static let differ = Array(" differ".utf8)

    private static func marksBinary(_ line: ArraySlice<UInt8>) -> Bool {
        var line = line
        while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
        return line.elementsEqual(binaryPatch)
            || (line.starts(with: binaryFiles) && line.suffix(differ.count).elementsEqual(differ))
    }

    /// The path behind `b/` in a header line.
    private static func path(in line: ArraySlice<UInt8>) -> String {
        let text = String(decoding: line.dropFirst(header.count), as: UTF8.self).trimmingSpaces()
        if let range = text.ranges(of: " b/").last { return String(text[range.upperBound...]) }
        return text
    }
}

/// The lines of a patch as ranges of its bytes, line feeds included.
///
/// By bytes, because to Swift's `Character` a carriage return and a line feed are one.
struct PatchLines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Range<Int>? {
        guard position < bytes.count else { return nil }
        let start = position
        position = (bytes[start...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
        return start..<position
    }
}
