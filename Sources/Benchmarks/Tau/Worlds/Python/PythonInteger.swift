/// What Python's `int` reads from a short text.
enum PythonInteger {
    /// The number: white space around it, a sign, and single underscores between digits are fine; nil for anything else.
    static func parse(_ text: String) -> Int? {
        var scalars = Array(text.unicodeScalars)
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        scalars.removeFirst(scalars.prefix { $0.properties.isWhitespace }.count)
        let isNegative = scalars.first == "-"
        if scalars.first == "-" || scalars.first == "+" { scalars.removeFirst() }
        var value: Int?
        var followsDigit = false
        for scalar in scalars {
            if scalar == "_" {
                guard followsDigit else { return nil }
                followsDigit = false
                continue
            }
            guard scalar.properties.numericType == .decimal, let digit = scalar.properties.numericValue else {
                return nil
            }
            let (tenfold, overflows) = (value ?? 0).multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            value = tenfold + Int(digit)
            followsDigit = true
        }
        guard followsDigit, let value else { return nil }
        return isNegative ? -value : value
    }
}
