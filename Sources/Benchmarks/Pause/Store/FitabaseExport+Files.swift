import Evaluation
import Glibc

extension FitabaseExport {
    /// The path of a table's file under one of its usual names.
    func path(of table: String) throws -> String {
        let names = ["Narrow.csv", "Narrow_merged.csv", "Narrow.csv.gz", "Narrow_merged.csv.gz"]
            .map { "\(directory)/\(table)\($0)" }
        guard let found = names.first(where: { access($0, R_OK) == 0 }) else {
            throw EvaluationError(
                .dataMissing, "'\(directory)' has no \(table)Narrow.csv", cause: .configuration,
                advice: "Unpack the Fitabase exports there; the names may end in _merged.csv or .gz.")
        }
        return found
    }
}

/// The times in Fitabase's exports.
enum FitabaseTime {
    /// Reads `4/12/2016 12:00:00 AM`, and what ``DayTime`` reads.
    static func moment(_ text: String) -> DayTime? {
        let pieces = text.split(separator: " ")
        guard pieces.count == 3 else { return DayTime(lenient: text) }
        let date = pieces[0].split(separator: "/", omittingEmptySubsequences: false).compactMap { Int($0) }
        let clock = pieces[1].split(separator: ":", omittingEmptySubsequences: false)
        guard date.count == 3, let day = CalendarDay(year: date[2], month: date[0], day: date[1]), clock.count == 3,
            let hour = twoDigits(clock[0], below: 13), hour > 0, let minute = twoDigits(clock[1], below: 60),
            ["AM", "PM"].contains(pieces[2])
        else { return nil }
        return DayTime(day, minute: (hour % 12 + (pieces[2] == "PM" ? 12 : 0)) * 60 + minute)
    }
}
