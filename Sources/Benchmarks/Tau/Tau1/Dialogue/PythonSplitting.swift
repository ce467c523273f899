import JSON

extension String {
    /// What Python's `strip` leaves.
    var strippedLikePython: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.isPythonSpace }),
            let last = scalars.lastIndex(where: { !$0.isPythonSpace })
        else { return "" }
        return String(String.UnicodeScalarView(scalars[first...last]))
    }

    /// What Python's `split` gives: the parts between the occurrences of `separator`, found byte for byte.
    func partsLikePython(separatedBy separator: String) -> [String] {
        let (whole, mark) = (Array(utf8), Array(separator.utf8))
        guard !mark.isEmpty else { return [self] }
        var parts: [String] = []
        var (start, place) = (0, 0)
        while place + mark.count <= whole.count {
            if whole[place] == mark[0], whole[place..<place + mark.count].elementsEqual(mark) {
                parts.append(String(decoding: whole[start..<place], as: UTF8.self))
                place += mark.count
                start = place
            } else {
                place += 1
            }
        }
        parts.append(String(decoding: whole[start...], as: UTF8.self))
        return parts
    }
}
