/// Amounts of money: doubles that are rounded to cents where the shop rounds.
public enum Money {
    /// The amount with two decimals, as Python's `round(amount, 2)` gives it.
    public static func rounded(_ amount: Double) -> Double { roundedLikePython(amount, 2) }
}
