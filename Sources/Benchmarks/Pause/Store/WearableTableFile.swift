import JSON

/// One of the six tables as a CSV file, with the documented columns.
public struct WearableTableFile: Sendable, Hashable {
    /// The table's name, which is the file's name without `.csv`.
    public var name: String
    /// The file's text.
    public var csv: String

    /// The six files, for a person who wants to look at a store's tables; nothing reads them back.
    public static func all(of tables: WearableTables) -> [WearableTableFile] {
        [
            minutes("minute_steps", "Steps", tables) { "\(tables.steps[$0])" },
            minutes("minute_calories", "Calories", tables) { "\(Double(tables.calories[$0]) / 100)" },
            minutes("minute_mets", "METs", tables) { "\(tables.mets[$0])" },
            minutes("minute_intensities", "Intensity", tables) { "\(tables.intensities[$0])" },
            heartRates(tables), sleep(tables),
        ]
    }

    private static func minutes(
        _ name: String, _ column: String, _ tables: WearableTables, _ value: (Int) -> String
    ) -> WearableTableFile {
        var csv = "ActivityMinute,\(column)\n"
        csv.reserveCapacity(tables.steps.count * 26)
        for index in tables.steps.indices {
            let day = tables.firstDay.advanced(by: index / WearableTables.minutesPerDay)
            csv += "\(DayTime(day, minute: index % WearableTables.minutesPerDay)),\(value(index))\n"
        }
        return WearableTableFile(name: name, csv: csv)
    }

    private static func heartRates(_ tables: WearableTables) -> WearableTableFile {
        let zones = DailyHeartRate.zones.map { "zone_\($0.name)_minutes" }.joined(separator: ",")
        let rows = tables.dailyHeartRates.map { entry in
            let minutes = entry.zoneMinutes.map { "\($0)" }.joined(separator: ",")
            return "\(entry.day),\(entry.resting),\(entry.average),\(entry.maximum),\(entry.minimum),\(minutes)\n"
        }
        return WearableTableFile(
            name: "daily_heartrate", csv: "Date,resting_hr,avg_hr,max_hr,min_hr,\(zones)\n" + rows.joined())
    }

    private static func sleep(_ tables: WearableTables) -> WearableTableFile {
        let rows = tables.dailySleep.map { night in
            let hours = roundedLikePython(Double(night.totalMinutes) / 60, 3)
            let segments = JSONValue.array(night.segments.map(\.json)).text(.python)
            let quoted = segments.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            return "\(night.day),\(night.totalMinutes),\(hours),\(night.lightMinutes),\(night.deepMinutes),"
                + "\(night.remMinutes),\(night.segments.count),\"\(quoted)\"\n"
        }
        return WearableTableFile(
            name: "daily_sleep",
            csv: "Date,total_sleep_minutes,total_sleep_hours,total_light_minutes,total_deep_minutes,"
                + "total_rem_minutes,segment_count,segments_json\n" + rows.joined())
    }
}
