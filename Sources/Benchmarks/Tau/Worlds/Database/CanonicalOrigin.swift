import JSON

/// The canonical text of unchanged data, cut so that a digest of changed data takes over all other records as bytes.
struct CanonicalOrigin: Sendable {
    /// The text of one section.
    struct Section: Sendable {
        /// The members joined by commas, in the order of their keys; of a section that is no dictionary, the whole value.
        var bytes: [UInt8] = []
        /// The keys, sorted.
        var keys: [String] = []
        /// Where each member lies in the bytes.
        var ranges: [Range<Int>] = []

        /// The place of the first key that does not sort before `key`.
        func lowerBound(of key: String, from start: Int) -> Int {
            var (low, high) = (start, keys.count)
            while low < high {
                let middle = (low + high) / 2
                if precedes(keys[middle], key) { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    /// The sections by their place in the data.
    let sections: [Section]
    /// The places of the sections in the order of their names.
    let order: [Int]

    init(_ sections: [DatabaseOrigin.Section], form: DigestForm) {
        order = sections.indices.sorted { precedes(sections[$0].name, sections[$1].name) }
        self.sections = sections.map { section in
            switch section.content {
            case .records(let records): Self.text(of: records, form: form)
            case .value(let value): Self.text(of: value, form: form)
            }
        }
    }

    private static func text(of value: JSONValue, form: DigestForm) -> Section {
        var section = Section()
        form.write(value, to: &section.bytes)
        return section
    }

    private static func text(of records: JSONObject, form: DigestForm) -> Section {
        var section = Section()
        for (key, record) in records.sorted(by: { precedes($0.key, $1.key) }) {
            if !section.keys.isEmpty { section.bytes.append(contentsOf: ", ".utf8) }
            let start = section.bytes.count
            form.writeMember(key, record, to: &section.bytes)
            section.keys.append(key)
            section.ranges.append(start..<section.bytes.count)
        }
        return section
    }
}
