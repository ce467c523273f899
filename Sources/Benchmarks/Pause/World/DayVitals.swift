import JSON

/// A day's oxygen saturation, stress and heart rate variability, as far as its device measures them.
///
/// Drawn when they are read, from a stream of their own for each day, so that they are the same every time.
struct DayVitals {
    /// Minutes of the day and values, in order.
    typealias Series = [(minute: Int, value: Int)]

    let oxygen: Series?
    let stress: Series?
    /// Milliseconds (RMSSD) of the night that ended on the day.
    let variability: Int?

    init?(of day: CalendarDay, from source: WearableSource, in store: PauseStore) {
        guard store.tables.minutes(of: day) != nil else { return nil }
        let resting = store.tables.heartRate(of: day)?.resting ?? 54
        oxygen = source.oxygen.map { Self.oxygen($0, day, seed: store.meta.seed) }
        stress = source.stressMinutes.map { Self.stress(every: $0, day, in: store) }
        var stream = PauseStream(seed: store.meta.seed, stage: "vitals/hrv/\(day)")
        let drawn = stream.normal(mean: 48 - Double(resting - 54) * 1.5, deviation: 6)
        variability = source.hasVariability ? Int(min(max(drawn, 15), 110).rounded()) : nil
    }

    private static func oxygen(_ cadence: WearableSource.Cadence, _ day: CalendarDay, seed: Int) -> Series {
        var stream = PauseStream(seed: seed, stage: "vitals/spo2/\(day)")
        let hours = cadence == .hourly ? Array(0..<24) : [0, 1, 2, 3, 4, 5]
        return hours.map { hour in
            (hour * 60, min(max(Int(stream.normal(mean: 96.8, deviation: 1).rounded()), 90), 100))
        }
    }

    /// Follows how far the heart rate lies above its rate at rest while the user does not move.
    private static func stress(every step: Int, _ day: CalendarDay, in store: PauseStore) -> Series {
        guard let minutes = store.tables.minutes(of: day) else { return [] }
        var stream = PauseStream(seed: store.meta.seed, stage: "vitals/stress/\(day)")
        let resting = store.tables.heartRate(of: day)?.resting ?? 54
        return stride(from: 0, to: WearableTables.minutesPerDay, by: step).compactMap { minute in
            let noise = stream.normal(mean: 0, deviation: 6)
            let index = minutes.lowerBound + minute
            let rate = Int(store.tables.heartRates[index])
            guard rate > 0, store.tables.intensities[index] == 0 else { return nil }
            return (minute, Int(min(max(Double(rate - resting) * 1.4 + noise, 0), 100).rounded()))
        }
    }

    var oxygenJSON: JSONValue {
        guard let oxygen, !oxygen.isEmpty else { return .null }
        return ["avg_percent": Self.mean(oxygen), "min_percent": .init(oxygen.map(\.value).min() ?? 0)]
    }

    var stressJSON: JSONValue {
        guard let stress, !stress.isEmpty else { return .null }
        return ["avg": Self.mean(stress), "max": .init(stress.map(\.value).max() ?? 0)]
    }

    var variabilityJSON: JSONValue { variability.map { ["rmssd_ms": .init($0)] } ?? .null }

    private static func mean(_ series: Series) -> JSONValue {
        let sum = series.reduce(0) { $0 + $1.value }
        return JSONValue(roundedLikePython(Double(sum) / Double(series.count), 1))
    }
}
