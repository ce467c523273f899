public import JSON
import Evaluation

/// What a store was made from: enough to make its tables again, byte for byte.
public struct StoreMeta: Sendable, Hashable {
    /// Where the wearable tables come from.
    public enum DataFormat: String, Sendable {
        /// Generated from the seed.
        case synthetic
        /// Imported from Fitabase exports; the seed decides the rest.
        case csv
    }

    /// The version of the generator; a store of another version is refused, because its tables would differ.
    public static let currentGenerator = 1

    /// The person whose data they are: a name for synthetic data, an id of the export for imported ones.
    public var userID: String
    /// First and last day of the data before they were moved in time; those of the store for synthetic data.
    public var originalDateRange: ClosedRange<CalendarDay>
    /// First and last day of the store.
    public var dateRange: ClosedRange<CalendarDay>
    /// Where the tables come from.
    public var dataFormat: DataFormat
    /// The one integer that everything is drawn from.
    public var seed: Int
    /// Days by which imported data were moved; 0 for synthetic data.
    public var shiftDays: Int
    /// The time at which the user talks to the assistant.
    public var now: DayTime
    /// The years within which the store lies.
    public var targetYears: ClosedRange<Int>
    /// The branches whose context was put into the profile.
    public var injectedContext: JSONObject
    /// The version of the generator.
    public var generator: Int

    /// The days of the store.
    public var days: [CalendarDay] { Array(dateRange.lowerBound...dateRange.upperBound) }

    /// The object of `meta.json`.
    public var json: JSONObject {
        [
            "user_id": .string(userID),
            "original_date_range": Self.json(originalDateRange),
            "date_range": Self.json(dateRange),
            "data_format": .string(dataFormat.rawValue),
            "enable_time_shift": .bool(shiftDays != 0),
            "rng_seed": .init(seed),
            "shift_days": .init(shiftDays),
            "sampled_new_start": .string(dateRange.lowerBound.description),
            "now": .string(now.description),
            "target_year_window": [.init(targetYears.lowerBound), .init(targetYears.upperBound)],
            "injected_context": .object(injectedContext),
            "generator": .init(generator),
        ]
    }

    private static func json(_ range: ClosedRange<CalendarDay>) -> JSONValue {
        [.string(range.lowerBound.description), .string(range.upperBound.description)]
    }
}

extension StoreMeta {
    /// The longest range of days that a store may cover.
    public static let maximumDays = 366

    /// Reads the object of `meta.json`.
    ///
    /// Throws ``EvaluationError``, cause `task`, that names the key that cannot be used.
    public init(json: JSONObject) throws {
        let reader = PauseFields(json, of: "the store's meta")
        userID = try reader.text("user_id")
        dateRange = try Self.range("date_range", in: reader)
        originalDateRange =
            json["original_date_range"] == nil
            ? dateRange : try Self.range("original_date_range", in: reader)
        let format = json["data_format"]?.stringValue ?? DataFormat.synthetic.rawValue
        guard let dataFormat = DataFormat(rawValue: format) else {
            throw EvaluationError.malformedPause(
                "the store's meta has the data_format '\(format)'; known are synthetic and csv")
        }
        self.dataFormat = dataFormat
        seed = try reader.integer("rng_seed")
        shiftDays = json["shift_days"]?.intValue ?? 0
        now = try reader.moment("now")
        let years = json["target_year_window"]?.arrayValue?.compactMap(\.intValue) ?? []
        let first = years.first ?? dateRange.lowerBound.parts.year
        targetYears = first...max(first, years.last ?? dateRange.upperBound.parts.year)
        injectedContext = json["injected_context"]?.objectValue ?? [:]
        generator = json["generator"]?.intValue ?? Self.currentGenerator
        guard generator == Self.currentGenerator else {
            throw EvaluationError.malformedPause(
                "the store was made by generator \(generator); this program has generator \(Self.currentGenerator)")
        }
    }

    private static func range(_ key: String, in reader: PauseFields) throws -> ClosedRange<CalendarDay> {
        let days = (reader.object[key]?.arrayValue ?? []).compactMap { $0.stringValue.flatMap { CalendarDay($0) } }
        guard days.count == 2, days[0] <= days[1], days[0].distance(to: days[1]) < maximumDays else {
            throw EvaluationError.malformedPause(
                "'\(key)' of \(reader.owner) must be two days, first and last, at most \(maximumDays) days apart")
        }
        return days[0]...days[1]
    }
}
