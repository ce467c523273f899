import Glibc

/// What Python's format `.2f` gives: two decimals, rounded to the nearest from the exact binary value, ties to even.
func pythonFixedText(_ value: Double, decimals: Int = 2) -> String {
    guard value.isFinite else { return pythonText(of: value) }
    // The longest double has 309 digits before the point.
    var buffer = [CChar](repeating: 0, count: 320 + decimals)
    let length = withVaList([decimals, value]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
    return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
