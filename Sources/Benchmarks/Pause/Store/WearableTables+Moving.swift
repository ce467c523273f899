import JSON

extension WearableTables {
    /// The same tables, that many days later.
    func moved(by days: Int) -> WearableTables {
        var moved = self
        moved.firstDay = firstDay.advanced(by: days)
        moved.dailyHeartRates = dailyHeartRates.map { entry in
            var entry = entry
            entry.day = entry.day.advanced(by: days)
            return entry
        }
        moved.dailySleep = dailySleep.map { night in
            DailySleep(
                day: night.day.advanced(by: days),
                segments: night.segments.map { segment in
                    var segment = segment
                    segment.start = segment.start.adding(minutes: days * 1440)
                    segment.end = segment.end.adding(minutes: days * 1440)
                    return segment
                })
        }
        return moved
    }

    /// The SHA-256 of all tables, in hexadecimal digits: equal for equal tables.
    public var digest: String {
        var hasher = SHA256Hasher()
        hasher.update("\(firstDay)/\(dayCount)")
        for column in [steps, calories, mets] {
            hasher.update(column.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        }
        hasher.update(intensities)
        hasher.update(heartRates)
        for entry in dailyHeartRates {
            hasher.update(
                "\(entry.day) \(entry.resting) \(entry.average) \(entry.maximum) \(entry.minimum) \(entry.zoneMinutes)")
        }
        for night in dailySleep {
            hasher.update("\(night.day)")
            for segment in night.segments { hasher.update(segment.json.text()) }
        }
        return hasher.finalize()
    }
}
