import JSON

extension Database {
    /// The SHA-256, as lower-case hexadecimal digits, of the data's canonical text.
    ///
    /// Costs hashing the whole text once, but only changed records are written anew; the digest of unchanged data is kept.
    public func digest(_ form: DigestForm = .sortedJSON) -> String {
        guard changes.contains(where: { !$0.isEmpty }) else {
            return origin.digest(in: form) { computeDigest(form) }
        }
        return computeDigest(form)
    }

    private func computeDigest(_ form: DigestForm) -> String {
        let canonical = origin.canonicalText(in: form)
        var hasher = SHA256Hasher()
        hasher.update(form.opening)
        for (count, place) in canonical.order.enumerated() {
            if count > 0 { hasher.update(", ") }
            var head: [UInt8] = []
            form.writeMemberHead(origin.sections[place].name, to: &head)
            hasher.update(head)
            update(&hasher, withSectionAt: place, canonical.sections[place], form: form)
            hasher.update(form.memberTail)
        }
        hasher.update(form.closing(count: canonical.order.count))
        return hasher.finalize()
    }

    private func update(
        _ hasher: inout SHA256Hasher, withSectionAt place: Int, _ section: CanonicalOrigin.Section, form: DigestForm
    ) {
        switch origin.sections[place].content {
        case .value:
            guard let changed = changes[place].value else { return hasher.update(section.bytes) }
            var bytes: [UInt8] = []
            form.write(changed, to: &bytes)
            hasher.update(bytes)
        case .records(let records):
            hasher.update(form.opening)
            var members = MemberStream(section: section)
            for (key, record) in changes[place].records.sorted(by: { precedes($0.key, $1.key) }) {
                members.replace(key, by: record, form: form, &hasher)
            }
            members.finish(&hasher)
            hasher.update(form.closing(count: records.count + changes[place].additions))
        }
    }
}

/// Feeds the members of a section to a hasher in order, unchanged stretches as they lie in memory.
private struct MemberStream {
    let section: CanonicalOrigin.Section
    private var next = 0
    private var isFirst = true

    init(section: CanonicalOrigin.Section) {
        self.section = section
    }

    /// Feeds everything before `key` and then the new record in place of, or beside, the original ones.
    mutating func replace(
        _ key: String, by record: JSONValue, form: DigestForm, _ hasher: inout SHA256Hasher
    ) {
        let place = section.lowerBound(of: key, from: next)
        feed(upTo: place, &hasher)
        var bytes: [UInt8] = []
        if !isFirst { bytes.append(contentsOf: ", ".utf8) }
        form.writeMember(key, record, to: &bytes)
        hasher.update(bytes)
        isFirst = false
        let isKnown = place < section.keys.count && JSONValue.string(section.keys[place]) == .string(key)
        next = isKnown ? place + 1 : place
    }

    /// Feeds what is left.
    mutating func finish(_ hasher: inout SHA256Hasher) {
        feed(upTo: section.keys.count, &hasher)
    }

    private mutating func feed(upTo end: Int, _ hasher: inout SHA256Hasher) {
        guard next < end else { return }
        if !isFirst { hasher.update(", ") }
        hasher.update(section.bytes[section.ranges[next].lowerBound..<section.ranges[end - 1].upperBound])
        isFirst = false
        next = end
    }
}
