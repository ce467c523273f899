/// The shortest text that reads back as `value`, laid out as Python's `repr` does.
///
/// Plain notation for decimal exponents from -4 to 15, else scientific with a sign and at least two digits.
func pythonFloatText(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if value == 0 { return value.sign == .minus ? "-0.0" : "0.0" }
    // Between these two the standard library lays the same digits out as Python does.
    if value.magnitude >= 1e-4, value.magnitude < 0x1p53 { return value.description }
    let (digits, exponent) = shortestDigits(value.magnitude)
    let sign = value < 0 ? "-" : ""
    let count = digits.utf8.count
    switch exponent {
    case 0..<16:
        let whole = exponent + 1
        guard count > whole else { return sign + digits + String(repeating: "0", count: whole - count) + ".0" }
        return sign + digits.prefix(whole) + "." + digits.dropFirst(whole)
    case -4..<0:
        return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
    default:
        let fraction = count > 1 ? "." + digits.dropFirst() : ""
        let power = String(exponent.magnitude)
        let padding = power.utf8.count < 2 ? "0" : ""
        return sign + digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+") + padding + power
    }
}

/// The significant digits of a positive finite value and the decimal exponent of the first of them.
private func shortestDigits(_ value: Double) -> (digits: String, exponent: Int) {
    // The standard library's description has the shortest digits, but lays them out in its own way.
    var digits: [UInt8] = []
    var pointPlace: Int?
    var power = 0
    let text = Array(value.description.utf8)
    for (place, byte) in text.enumerated() {
        if byte == UInt8(ascii: ".") {
            pointPlace = digits.count
        } else if byte == UInt8(ascii: "e") {
            power = Int(String(decoding: text[(place + 1)...], as: UTF8.self)) ?? 0
            break
        } else {
            digits.append(byte)
        }
    }
    let leadingZeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    let exponent = (pointPlace ?? digits.count) - 1 - leadingZeros + power
    var significant = digits[leadingZeros...]
    while significant.count > 1, significant.last == UInt8(ascii: "0") { significant.removeLast() }
    return (String(decoding: significant, as: UTF8.self), exponent)
}

/// The text that Python writes after reading the JSON number `text`.
func pythonNumberText(_ text: String) -> String {
    let isInteger = text.utf8.allSatisfy {
        $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    if isInteger { return text == "-0" ? "0" : text }
    guard let value = Double(text) else { return text }
    return pythonFloatText(value)
}

/// Whether Python would write the number `text` as it is, found without converting it.
///
/// A decimal fraction of at most fifteen digits that does not end in a superfluous zero is the shortest text of its value. False
/// for everything that is not as simple.
func isPythonFloatText(_ text: String) -> Bool {
    withBytes(text) { bytes in
        var place = bytes.first == UInt8(ascii: "-") ? 1 : 0
        let wholeStart = place
        while place < bytes.count, bytes[place] &- UInt8(ascii: "0") < 10 { place += 1 }
        guard place > wholeStart, place < bytes.count, bytes[place] == UInt8(ascii: ".") else { return false }
        let isBelowOne = bytes[wholeStart] == UInt8(ascii: "0")
        place += 1
        let fractionStart = place
        while place < bytes.count, bytes[place] &- UInt8(ascii: "0") < 10 { place += 1 }
        guard place == bytes.count, place > fractionStart, place - wholeStart <= 16 else { return false }
        if place - fractionStart == 1 { return true }
        // Small values may be due in scientific notation.
        return bytes[place - 1] != UInt8(ascii: "0") && !(isBelowOne && bytes[fractionStart] == UInt8(ascii: "0"))
    }
}
