import JSON

/// The six wearable tables of a store as CSV, with the columns of the original's.
public struct TableDump: Sendable {
    private let tables: WearableTables

    /// Takes the tables of a store.
    public init(store: PauseStore) { tables = store.tables }

    /// The names of the tables, which are also their file names without `.csv`.
    public static let names = [
        "minute_steps", "minute_calories", "minute_mets", "minute_intensities", "daily_heartrate", "daily_sleep",
    ]

    /// A table's text; nil for a name that is not one of ``names``.
    public func csv(_ name: String) -> String? {
        switch name {
        case "minute_steps": minutes("Steps") { String(tables.steps[$0]) }
        case "minute_calories": minutes("Calories") { decimal(Int(tables.calories[$0])) }
        case "minute_mets": minutes("METs") { String(tables.mets[$0]) }
        case "minute_intensities": minutes("Intensity") { String(tables.intensities[$0]) }
        case "daily_heartrate": heartRates
        case "daily_sleep": nights
        default: nil
        }
    }

    private func minutes(_ column: String, _ value: (Int) -> String) -> String {
        var text = "ActivityMinute,\(column)\n"
        text.reserveCapacity(tables.steps.count * 28)
        for index in tables.steps.indices {
            let day = tables.firstDay.advanced(by: index / WearableTables.minutesPerDay)
            text += "\(DayTime(day, minute: index % WearableTables.minutesPerDay)),\(value(index))\n"
        }
        return text
    }

    /// Hundredths as a decimal fraction, exactly.
    private func decimal(_ hundredths: Int) -> String { "\(hundredths / 100).\(padded(hundredths % 100, to: 2))" }

    private var heartRates: String {
        rows(
            tables.dailyHeartRates.map { day in
                var row: JSONObject = [
                    "Date": .string("\(day.day)"), "resting_hr": JSONValue(day.resting),
                    "avg_hr": JSONValue(day.average), "max_hr": JSONValue(day.maximum),
                    "min_hr": JSONValue(day.minimum),
                ]
                for (zone, minutes) in zip(DailyHeartRate.zones, day.zoneMinutes) {
                    row["zone_\(zone.name)_minutes"] = JSONValue(minutes)
                }
                return row
            })
    }

    private var nights: String {
        rows(
            tables.dailySleep.map { night in
                let sums = (
                    light: night.segments.reduce(0) { $0 + $1.light }, deep: night.segments.reduce(0) { $0 + $1.deep },
                    rem: night.segments.reduce(0) { $0 + $1.rem }
                )
                let total = sums.light + sums.deep + sums.rem
                return [
                    "Date": .string("\(night.day)"), "total_sleep_minutes": JSONValue(total),
                    "total_sleep_hours": JSONValue(roundedLikePython(Double(total) / 60, 3)),
                    "total_light_minutes": JSONValue(sums.light), "total_deep_minutes": JSONValue(sums.deep),
                    "total_rem_minutes": JSONValue(sums.rem), "segment_count": JSONValue(night.segments.count),
                    "segments_json": .string(JSONValue.array(night.segments.map(\.json)).text()),
                ]
            })
    }

    private func rows(_ objects: [JSONObject]) -> String {
        guard let first = objects.first else { return "" }
        let lines = objects.map { object in object.map { cell($0.value) }.joined(separator: ",") }
        return ([first.keys.map { cell(.string($0)) }.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    }

    private func cell(_ value: JSONValue) -> String {
        let text = value.stringValue ?? value.text()
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
