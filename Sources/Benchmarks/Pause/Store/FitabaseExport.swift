import Datasets
import Evaluation
import JSON

/// A person's minute tables in a directory of Fitabase exports.
///
/// The four files are `minuteStepsNarrow.csv`, `minuteCaloriesNarrow.csv`, `minuteMETsNarrow.csv` and
/// `minuteIntensitiesNarrow.csv`, with or without `_merged` in the name, gzipped or not. Their columns are `Id`,
/// `ActivityMinute` and the value.
public struct FitabaseExport: Sendable {
    /// The directory.
    public var directory: String
    /// The person's id in the column `Id`.
    public var userID: String

    private static let columns = [
        (file: "minuteSteps", column: "Steps"), (file: "minuteCalories", column: "Calories"),
        (file: "minuteMETs", column: "METs"), (file: "minuteIntensities", column: "Intensity"),
    ]

    /// Names an export.
    public init(directory: String, userID: String) {
        self.directory = directory
        self.userID = userID
    }

    /// Reads the minutes of some days; minutes that the export does not have are zero.
    ///
    /// Memory follows the days, not the files. Heart rates and sleep are not in these exports: they are generated when a
    /// store is built. Throws ``EvaluationError``, cause `configuration` or `task`, that names file, line and what is wrong,
    /// and the ids that there are when this one is not among them.
    public func tables(of days: ClosedRange<CalendarDay>) async throws -> ImportedTables {
        let count = days.lowerBound.distance(to: days.upperBound) + 1
        guard count <= StoreMeta.maximumDays else {
            throw EvaluationError(
                .configurationInvalid, "\(count) days are more than the \(StoreMeta.maximumDays) of a store",
                cause: .configuration)
        }
        var tables = WearableTables(firstDay: days.lowerBound, dayCount: count)
        for (file, column) in Self.columns {
            let path = try path(of: file)
            try await read(column, from: path, into: &tables)
        }
        return ImportedTables(userID: userID, tables: tables)
    }

    private func read(_ column: String, from path: String, into tables: inout WearableTables) async throws {
        var parameters = CSVParameters()
        parameters.path = path
        let context = DatasetContext(datasetID: "fitabase", baseDirectory: "", seed: 0, environment: [:])
        var rows = 0
        var others: Set<String> = []
        for try await record in try await CSVLoader(parameters).open(in: context).records {
            let id = try text("Id", record, path)
            guard id == userID else {
                if others.count < 40 { others.insert(id) }
                continue
            }
            let time = try text("ActivityMinute", record, path)
            guard let moment = FitabaseTime.moment(time) else {
                throw malformed("'\(time)' is no time such as 4/12/2016 12:00:00 AM", record)
            }
            guard let minutes = tables.minutes(of: moment.day) else { continue }
            rows += 1
            let value = try text(column, record, path)
            guard let number = Double(value), (0...650).contains(number) else {
                throw malformed("'\(value)' is no value of a minute", record)
            }
            write(number, column, at: minutes.lowerBound + moment.minuteOfDay, into: &tables)
        }
        guard rows == 0 else { return }
        let known = others.sorted().joined(separator: ", ")
        throw EvaluationError(
            .dataMissing, "'\(path)' has no minutes of '\(userID)' in these days", cause: .configuration,
            advice: others.isEmpty ? nil : "The file has the ids \(known).")
    }

    private func write(_ value: Double, _ column: String, at index: Int, into tables: inout WearableTables) {
        switch column {
        case "Steps": tables.steps[index] = UInt16(value.rounded())
        case "Calories": tables.calories[index] = UInt16((value * 100).rounded())
        case "METs": tables.mets[index] = UInt16(value.rounded())
        default: tables.intensities[index] = UInt8(min(value.rounded(), 3))
        }
    }

    private func text(_ column: String, _ record: DatasetRecord, _ path: String) throws -> String {
        guard let text = record.fields[column]?.stringValue else {
            throw EvaluationError.malformedPause(
                "'\(path)' has no column '\(column)'; it has \(record.fields.keys.joined(separator: ", "))")
        }
        return text
    }

    private func malformed(_ message: String, _ record: DatasetRecord) -> EvaluationError {
        .malformedPause("\(record.origin): \(message)")
    }
}
