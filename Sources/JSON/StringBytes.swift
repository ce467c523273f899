import Glibc

/// Whether two strings have the same UTF-8 bytes.
///
/// `String.==` also holds for different spellings of one text (`é` as one scalar or two), which JSON and its users tell apart.
@inline(__always)
func hasSameBytes(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    return withBytes(left) { left in
        withBytes(right) { right in
            guard let first = left.baseAddress, let second = right.baseAddress, first != second else { return true }
            return memcmp(first, second, left.count) == 0
        }
    }
}

/// Whether `left` sorts before `right` by UTF-8 bytes, which is the order of code points.
func precedesByBytes(_ left: String, _ right: String) -> Bool {
    withBytes(left) { left in
        withBytes(right) { right in
            guard let first = left.baseAddress, let second = right.baseAddress else { return left.count < right.count }
            let order = memcmp(first, second, min(left.count, right.count))
            return order == 0 ? left.count < right.count : order < 0
        }
    }
}

/// Feeds a string's bytes, with their count, to a hasher.
@inline(__always)
func combine(_ string: String, into hasher: inout Hasher) {
    hasher.combine(string.utf8.count)
    withBytes(string) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
}

/// Lends a string's UTF-8 bytes to `body`.
@inline(__always)
func withBytes<Result>(_ string: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = string.utf8.withContiguousStorageIfAvailable(body) { return result }
    // Only strings bridged from another runtime are not contiguous UTF-8; copying makes them so.
    var copy = string
    return copy.withUTF8(body)
}

/// The string with these bytes, or nil when they are not UTF-8.
///
/// Decoding repairs what is malformed, which changes the bytes, so comparing them tells. `String(validating:as:)` would say it
/// outright, but looks up generic metadata at run time, which costs more than reading a short string.
@inline(__always)
func validString(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let string = String(decoding: bytes, as: UTF8.self)
    guard string.utf8.count == bytes.count else { return nil }
    let isSame = withBytes(string) { decoded in
        guard let first = decoded.baseAddress, let second = bytes.baseAddress else { return true }
        return memcmp(first, second, bytes.count) == 0
    }
    return isSame ? string : nil
}
