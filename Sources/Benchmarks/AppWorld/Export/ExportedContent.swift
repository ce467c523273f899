import Glibc
import JSON

/// Everything that an export writes, ready to be written.
struct ExportedContent: Sendable {
    /// One subset's file.
    struct Subset: Sendable {
        var name: String
        /// Tasks that its list names.
        var tasks: Int
        /// The JSON lines of those that have specs.
        var lines: [UInt8]
    }

    /// How many missing specs the manifest names.
    private static let namedSpecs = 20
    private static let manifestStyle = JSONStyle(
        itemSeparator: ",", keySeparator: ": ", asciiOnly: true, indent: 2, numbers: .python)

    var image: String
    var root: String
    /// When it was read, in seconds since 1970.
    var moment: Moment
    var subsets: [Subset] = []
    var missingSpecs: [String] = []

    /// The manifest's bytes.
    var manifest: [UInt8] {
        var records: JSONObject = [:]
        for subset in subsets { records[subset.name] = JSONValue(subset.tasks) }
        var object: JSONObject = [
            "image": .string(image), "appworld_root": .string(root), "exported_at": .string(moment.text),
            "subsets": .array(subsets.map { .string($0.name) }), "records": .object(records),
        ]
        if !missingSpecs.isEmpty {
            object["missing_specs"] = .array(missingSpecs.prefix(Self.namedSpecs).map { .string($0) })
            object["missing_specs_count"] = JSONValue(missingSpecs.count)
        }
        return JSONValue.object(object).bytes(Self.manifestStyle)
    }

    /// A moment to the microsecond.
    struct Moment: Sendable {
        var seconds: Int
        var microseconds: Int

        static var now: Self {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Self(seconds: time.tv_sec, microseconds: time.tv_nsec / 1000)
        }

        /// The moment as `2026-03-01T12:30:45.000123+00:00`.
        var text: String {
            var moment = time_t(seconds)
            var parts = tm()
            gmtime_r(&moment, &parts)
            func padded(_ value: Int, _ width: Int) -> String {
                let digits = String(value)
                return String(repeating: "0", count: max(0, width - digits.count)) + digits
            }
            let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)].map { padded($0, 2) }
            let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }
            let fraction = microseconds == 0 ? "" : ".\(padded(microseconds, 6))"
            return "\(date.joined(separator: "-"))T\(time.joined(separator: ":"))\(fraction)+00:00"
        }
    }
}
