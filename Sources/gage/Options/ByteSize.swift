import Reports

/// A size in bytes as people write and read it.
struct ByteSize {
    var bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    /// Reads `1GB`, `500 MB` or `64KiB`; a bare number is bytes.
    init?(_ text: String) {
        let units = [
            "": 1.0, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "t": 1e12, "tb": 1e12,
            "kib": 1024, "mib": 1_048_576, "gib": 1_073_741_824, "tib": 1_099_511_627_776,
        ]
        let number = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
        guard let value = Double(number), let factor = units[unit], value * factor < 9e18 else { return nil }
        bytes = Int(value * factor)
    }

    /// The size in a unit that leaves a short number: `912 B`, `12.4 kB`, `3.1 GB`.
    var text: String {
        for (unit, size) in [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)] where Double(bytes) >= size {
            return "\(NumberText.fixed(Double(bytes) / size, digits: 1)) \(unit)"
        }
        return "\(bytes) B"
    }
}
