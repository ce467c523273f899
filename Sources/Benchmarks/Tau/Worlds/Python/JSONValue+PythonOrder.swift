import JSON

extension JSONValue {
    /// Python's `<` between two values.
    func isPythonLess(than other: JSONValue) throws(PythonException) -> Bool {
        switch (self, other) {
        case (.string(let left), .string(let right)):
            // UTF-8 bytes sort as code points do.
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.array(let left), .array(let right)):
            for (one, another) in zip(left, right) where !one.pythonEquals(another) {
                return try one.isPythonLess(than: another)
            }
            return left.count < right.count
        default:
            guard let left = PythonNumber(self), let right = PythonNumber(other) else {
                throw .type(
                    "'<' not supported between instances of '\(pythonTypeName)' and '\(other.pythonTypeName)'")
            }
            return PythonNumber.isLess(left, right)
        }
    }

    /// Python's `sorted`.
    ///
    /// Elements are compared in CPython's order for short lists (a first run, then binary insertion), so that a pair that cannot
    /// be compared gives the same text.
    func pythonSorted() throws(PythonException) -> JSONValue {
        var elements = try pythonIteration()
        guard elements.count > 1 else { return .array(elements) }
        var sorted = try Self.countFirstRun(&elements)
        while sorted < elements.count {
            let pivot = elements.remove(at: sorted)
            var (low, high) = (0, sorted)
            while low < high {
                let middle = (low + high) / 2
                if try pivot.isPythonLess(than: elements[middle]) { high = middle } else { low = middle + 1 }
            }
            elements.insert(pivot, at: low)
            sorted += 1
        }
        return .array(elements)
    }

    /// The length of the ordered run at the start; a strictly descending one is turned round.
    private static func countFirstRun(_ elements: inout [JSONValue]) throws(PythonException) -> Int {
        let descends = try elements[1].isPythonLess(than: elements[0])
        var length = 2
        while length < elements.count {
            guard try elements[length].isPythonLess(than: elements[length - 1]) == descends else { break }
            length += 1
        }
        if descends { elements[..<length].reverse() }
        return length
    }
}
