/// Breaks lines as Python's `textwrap` does when it leaves white space as it is.
struct TextWrapper {
    let width: Int
    let breaksLongWords: Bool
    let breaksOnHyphens: Bool

    private typealias Chunk = ArraySlice<Unicode.Scalar>

    /// The lines that one line becomes; an empty one becomes none.
    func wrap(_ text: String) -> [String] {
        var chunks = chunks(of: Array(text.unicodeScalars))[...]
        var lines: [String] = []
        while !chunks.isEmpty {
            // White space at the start of a line goes, but not at the start of the text.
            if !lines.isEmpty, let first = chunks.first, isBlank(first) { chunks.removeFirst() }
            var line: [Chunk] = []
            var length = 0
            while let chunk = chunks.first, length + chunk.count <= width {
                line.append(chunk)
                length += chunk.count
                chunks.removeFirst()
            }
            if let chunk = chunks.first, chunk.count > width { breakLong(&chunks, into: &line, length: length) }
            if let last = line.last, isBlank(last) { line.removeLast() }
            if !line.isEmpty {
                var view = String.UnicodeScalarView()
                for chunk in line { view.append(contentsOf: chunk) }
                lines.append(String(view))
            }
        }
        return lines
    }

    private func isBlank(_ chunk: Chunk) -> Bool { chunk.allSatisfy { PythonText.isSpace($0) } }

    private func breakLong(_ chunks: inout ArraySlice<Chunk>, into line: inout [Chunk], length: Int) {
        guard let chunk = chunks.first else { return }
        let room = width - length
        if breaksLongWords {
            // On a full line nothing of the word is taken, as in Python, and the white space before it stays.
            var end = chunk.startIndex + room
            if breaksOnHyphens, chunk.count > room {
                let hyphen = chunk[..<end].lastIndex(of: "-")
                if let hyphen, hyphen > chunk.startIndex, chunk[..<hyphen].contains(where: { $0 != "-" }) {
                    end = hyphen + 1
                }
            }
            line.append(chunk[..<end])
            chunks[chunks.startIndex] = chunk[end...]
        } else if line.isEmpty {
            line.append(chunk)
            chunks.removeFirst()
        }
    }

    // MARK: Chunks

    /// The pieces that are never divided unless they are longer than a line: words, white space, dashes.
    private func chunks(of scalars: [Unicode.Scalar]) -> [Chunk] {
        var chunks: [Chunk] = []
        var start = 0
        while start < scalars.count {
            let end: Int
            if isWhite(scalars[start]) {
                end = scalars[start...].firstIndex { !isWhite($0) } ?? scalars.count
            } else if breaksOnHyphens {
                end = dashEnd(scalars, start) ?? wordEnd(scalars, start)
            } else {
                end = scalars[start...].firstIndex { isWhite($0) } ?? scalars.count
            }
            chunks.append(scalars[start..<end])
            start = end
        }
        return chunks
    }

    /// The end of a dash of two hyphens or more between words.
    private func dashEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
        guard scalars[start] == "-", start > 0, isWordOrPunctuation(scalars[start - 1]) else { return nil }
        var end = start
        while end < scalars.count, scalars[end] == "-" { end += 1 }
        guard end - start >= 2, end < scalars.count, Self.isWord(scalars[end]) else { return nil }
        return end
    }

    /// The end of a word: before white space or a dash, or after a hyphen between letters.
    private func wordEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
        var position = start + 1
        while position < scalars.count {
            if isWhite(scalars[position]) { return position }
            if scalars[position] == "-", dividesWord(scalars, start, position) { return position + 1 }
            if isWordOrPunctuation(scalars[position - 1]), dashEnd(scalars, position) != nil { return position }
            position += 1
        }
        return scalars.count
    }

    /// Whether a line may be broken after the hyphen at a position: letters must stand on both sides of it.
    private func dividesWord(_ scalars: [Unicode.Scalar], _ start: Int, _ position: Int) -> Bool {
        func letter(_ index: Int) -> Bool { scalars.indices.contains(index) && isLetter(scalars[index]) }
        func hyphen(_ index: Int) -> Bool { scalars.indices.contains(index) && scalars[index] == "-" }
        let before =
            (letter(position - 2) && letter(position - 1))
            || (position >= 2 && letter(position - 2) && hyphen(position - 1))
        let after = letter(position + 1) && (letter(position + 2) || (hyphen(position + 2) && letter(position + 3)))
        return before && after
    }

    private func isWhite(_ scalar: Unicode.Scalar) -> Bool { (0x09...0x0D).contains(scalar.value) || scalar == " " }

    private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        Self.isWord(scalar) && scalar.properties.numericType != .decimal
    }

    private func isWordOrPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        Self.isWord(scalar) || "!\"'&.,?".unicodeScalars.contains(scalar)
    }

    /// What a regular expression of Python takes for a character of words.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || Methods.isLetter(scalar) || scalar.properties.numericType != nil
    }
}
