import Glibc

/// Numbers with a fixed count of decimals, as C and Python write them.
enum FixedText {
    /// The number rounded to so many decimals: `0.30`.
    static func text(_ value: Double, decimals: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 400)
        let length = withVaList([decimals, value]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
        return String(decoding: buffer.prefix(Int(max(0, length))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
