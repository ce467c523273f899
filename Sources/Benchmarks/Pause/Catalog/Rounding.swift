import Glibc

/// Python's `round(value, digits)`: to the nearest from the exact binary value, ties to even.
///
/// The C library's `%.*f` rounds in just that way; values that have no such text come back as they are.
func roundedLikePython(_ value: Double, _ digits: Int) -> Double {
    guard value.isFinite, value.magnitude < 1e15 else { return value }
    var buffer = [CChar](repeating: 0, count: 40 + digits)
    let length = withVaList([digits, value]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
    return Double(String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)) ?? value
}
