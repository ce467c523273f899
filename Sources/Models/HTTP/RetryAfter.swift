import Evaluation
import Transport

/// Reads how long a server wants to be left alone.
enum RetryAfter {
    private static let longest = 86_400.0

    /// The advice in a response's header: `retry-after-ms`, else `Retry-After` in seconds or as a date.
    ///
    /// Without either, or with one that cannot be read, retrying is worthwhile at any time.
    static func advice(_ headers: HTTPHeaders, now: Double) -> RetryAdvice {
        if let text = headers.first("retry-after-ms"), let milliseconds = number(text) {
            return .after(.milliseconds(Int64(min(milliseconds, longest * 1000))))
        }
        guard let text = headers.first("retry-after") else { return .worthwhile }
        guard let seconds = number(text) ?? HTTPDate.seconds(text).map({ max(0, $0 - now) }) else {
            return .worthwhile
        }
        return .after(.milliseconds(Int64((min(seconds, longest) * 1000).rounded(.up))))
    }

    /// A wait as Google writes it: `36s` or `1.5s`.
    static func delay(_ text: String) -> Duration? {
        guard text.hasSuffix("s"), let seconds = number(String(text.dropLast())) else { return nil }
        return .milliseconds(Int64((min(seconds, longest) * 1000).rounded(.up)))
    }

    private static func number(_ text: String) -> Double? {
        guard let value = Double(text), value.isFinite, value >= 0 else { return nil }
        return value
    }
}
