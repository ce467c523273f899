/// How far judges agree beyond chance.
public enum Agreement {
    /// Cohen's kappa of two judges.
    public struct Kappa: Sendable, Hashable {
        /// One for full agreement, zero for what chance gives.
        public let value: Double
        /// The standard error for large samples (Fleiss, Cohen and Everitt 1969).
        public let standardError: Double

        /// The normal interval.
        public func interval(level: Double = 0.95) -> Interval {
            let reach = NormalDistribution.quantile(0.5 + level / 2) * standardError
            return Interval(value - reach, value + reach)
        }
    }

    /// Cohen's kappa of a square table that counts items by the first judge's category (row) and the second's (column).
    ///
    /// Nil without items, for a table that is not square, or when both judges put everything in one category.
    public static func cohensKappa(_ table: [[Int]]) -> Kappa? {
        let size = table.count
        let total = Double(table.joined().reduce(0, +))
        guard total > 0, table.allSatisfy({ $0.count == size }) else { return nil }
        let shares = table.map { row in row.map { Double($0) / total } }
        let rows = shares.map { $0.reduce(0, +) }
        let columns = (0..<size).map { column in shares.reduce(0) { $0 + $1[column] } }
        let observed = (0..<size).reduce(0) { $0 + shares[$1][$1] }
        let expected = (0..<size).reduce(0) { $0 + rows[$1] * columns[$1] }
        guard expected < 1 else { return nil }
        let kappa = (observed - expected) / (1 - expected)
        var spread = 0.0
        for row in 0..<size {
            for column in 0..<size {
                let factor =
                    row == column
                    ? 1 - (rows[row] + columns[row]) * (1 - kappa) : (columns[row] + rows[column]) * (1 - kappa)
                spread += shares[row][column] * factor * factor
            }
        }
        let bias = kappa - expected * (1 - kappa)
        let variance = (spread - bias * bias) / ((1 - expected) * (1 - expected) * total)
        return Kappa(value: kappa, standardError: max(variance, 0).squareRoot())
    }

    /// Fleiss' kappa of a table that counts, for each item (row), the judgements in each category (column).
    ///
    /// Every item needs the same number of judgements, at least two; nil otherwise, and when all are in one category.
    public static func fleissKappa(_ table: [[Int]]) -> Double? {
        guard let first = table.first else { return nil }
        let judgements = first.reduce(0, +)
        guard judgements > 1, table.allSatisfy({ $0.count == first.count && $0.reduce(0, +) == judgements })
        else { return nil }
        let (items, raters) = (Double(table.count), Double(judgements))
        let agreement = table.reduce(0.0) { sum, row in
            sum + (row.reduce(0.0) { $0 + Double($1) * Double($1) } - raters) / (raters * (raters - 1))
        }
        let expected = first.indices.reduce(0.0) { sum, column in
            let share = table.reduce(0.0) { $0 + Double($1[column]) } / (items * raters)
            return sum + share * share
        }
        return expected < 1 ? (agreement / items - expected) / (1 - expected) : nil
    }
}
