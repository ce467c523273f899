/// The ranks of values, from one, ties sharing the mean of their ranks.
struct Ranks {
    /// The rank of the value at each place.
    private(set) var ranks: [Double]
    /// How many values share each rank that is shared.
    private(set) var ties: [Int] = []

    init(_ values: [Double]) {
        ranks = Array(repeating: 0, count: values.count)
        let order = values.indices.sorted { values[$0] < values[$1] }
        var start = 0
        while start < order.count {
            var stop = start + 1
            while stop < order.count, values[order[stop]] == values[order[start]] { stop += 1 }
            for place in order[start..<stop] { ranks[place] = Double(start + 1 + stop) / 2 }
            if stop - start > 1 { ties.append(stop - start) }
            start = stop
        }
    }

    /// The sum of t³ - t over all groups of t tied values.
    var tieTerm: Double {
        ties.reduce(0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
    }
}
