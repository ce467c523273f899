/// Random letters and digits that nothing else on this machine has.
func randomToken(_ length: Int = 16) -> String {
    let alphabet = Array("0123456789abcdef")
    return String((0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] })
}
