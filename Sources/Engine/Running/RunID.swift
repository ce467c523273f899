import Evaluation
import Glibc

/// Makes ids for runs that were given none.
public enum RunID {
    /// An id of the time in UTC and some chance, as `20261121T093000Z-4f9a1c`; sorting ids sorts runs by their start.
    public static func make(wallSeconds: Double, random: UInt32) -> String {
        var seconds = time_t(wallSeconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ number: Int32, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = padded(parts.tm_year + 1900, 4) + padded(parts.tm_mon + 1, 2) + padded(parts.tm_mday, 2)
        let clock = padded(parts.tm_hour, 2) + padded(parts.tm_min, 2) + padded(parts.tm_sec, 2)
        let tail = String(random & 0xff_ffff, radix: 16)
        return "\(date)T\(clock)Z-" + String(repeating: "0", count: 6 - tail.count) + tail
    }
}
