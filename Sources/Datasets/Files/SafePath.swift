/// Paths out of archives, listings and repositories, which may try to lead elsewhere.
enum SafePath {
    /// The path below a directory, or nil where it is absolute, empty, too long, or climbs.
    static func joined(_ directory: String, _ path: String) -> String? {
        components(path).map { "\(directory)/\($0.joined(separator: "/"))" }
    }

    /// The names along a path; nil where it could lead out of the directory that it is read from.
    ///
    /// `.` and doubled slashes are dropped. A backslash is refused: archives made elsewhere use it as a slash.
    static func components(_ path: String) -> [String]? {
        guard !path.hasPrefix("/"), path.utf8.count <= 4096, !path.utf8.contains(0), !path.contains("\\") else {
            return nil
        }
        let names = path.split(separator: "/").filter { $0 != "." }.map(String.init)
        guard !names.isEmpty, names.allSatisfy({ $0 != ".." && $0.utf8.count <= 255 }) else { return nil }
        return names
    }

    /// A word as the name of a file: what is not a letter, digit or one of `-._` becomes `_`.
    static func name(_ word: String) -> String {
        let plain = word.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && (Character(scalar).isLetter || Character(scalar).isNumber)
            return isPlain || "-._".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
        }
        let text = String(plain.prefix(120))
        return text.isEmpty || text.hasPrefix(".") ? "_" + text : text
    }
}
