import Evaluation
import Glibc
import JSON

/// The names of output directories and files.
enum MTBenchmarkNames {
    /// The longest part of a file's name that is made of a model's name, in bytes.
    private static let longest = 100

    /// A model's name as part of a file's name: `openai/gpt-4o` is `openai-gpt-4o`.
    ///
    /// Everything but letters, digits, `.`, `_` and `-` becomes `-`. A name that is too long is cut and gets the beginning of
    /// its digest, so that two such names stay apart.
    static func file(ofModel model: String) -> String {
        var bytes = model.utf8.map { isSafe($0) ? $0 : UInt8(ascii: "-") }
        // Neither hidden nor a way upwards.
        if bytes.first == UInt8(ascii: ".") { bytes[0] = UInt8(ascii: "-") }
        if bytes.isEmpty { bytes = Array("model".utf8) }
        let name = String(decoding: bytes, as: UTF8.self)
        guard bytes.count > longest else { return name }
        return String(name.prefix(longest - 13)) + "-" + sha256Hex(model.utf8).prefix(12)
    }

    /// The file with the messages of an attempt; the first attempt has the documented name.
    static func trajectory(model: String, task: String, trial: Int) -> String {
        let attempt = trial == 0 ? "" : "_trial\(trial)"
        return "\(file(ofModel: model))_task\(task)\(attempt)_trajectory.jsonl"
    }

    /// The file with the scores.
    static func scores(model: String) -> String { "\(file(ofModel: model))_scores.jsonl" }

    /// The output directory of a run that began at this time (seconds since 1970): the data set and the time in UTC.
    ///
    /// `number` counts runs of the same second, from 1.
    static func directory(dataset: String, startedAt: Double, number: Int) -> String {
        var seconds = time_t(startedAt)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let date = padded(parts.tm_year + 1900, 4) + padded(parts.tm_mon + 1, 2) + padded(parts.tm_mday, 2)
        let clock = padded(parts.tm_hour, 2) + padded(parts.tm_min, 2) + padded(parts.tm_sec, 2)
        return "\(dataset)_\(date)_\(clock)" + (number > 1 ? "_\(number)" : "")
    }

    private static func padded(_ number: Int32, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
