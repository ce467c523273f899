import JSON

/// A list of texts as the data set writes one into a cell: JSON in some rows, a Python literal in others.
enum ListCell {
    /// Reads a cell: JSON first, then a Python list of string literals.
    ///
    /// An empty cell is an empty list.
    static func read(_ text: String) throws(ListCellError) -> [String] {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { !PythonListReader.isSpace($0) }) else { return [] }
        if let list = try? JSONValue.parse(bytes: bytes).arrayValue {
            // Not JSON is no failure yet: the literal reader has the last word.
            let texts = list.compactMap(\.stringValue)
            if texts.count == list.count { return texts }
        }
        var reader = PythonListReader(bytes)
        return try reader.list()
    }
}

/// Why a cell is no list of texts.
struct ListCellError: Error, Hashable, CustomStringConvertible {
    /// What was expected or found.
    let message: String
    /// The byte at which it stands, from 0.
    let offset: Int

    var description: String { "\(message) at byte \(offset)" }
}
