import Evaluation

/// How a limit went, in bounded memory: where there is too much to say, raises are told more coarsely.
struct TrafficHistory: Sendable {
    private static let most = 500

    private(set) var points: [BackendTraffic.Point] = []

    mutating func add(_ point: BackendTraffic.Point) {
        points.append(point)
        guard points.count > Self.most else { return }
        thin { $0.reason == AdaptiveLimit.Reason.raise.rawValue }
        if points.count > Self.most * 3 / 4 { thin { _ in true } }
    }

    /// Drops every second of the points that may go; the first and the latest stay.
    private mutating func thin(_ mayGo: (BackendTraffic.Point) -> Bool) {
        var drops = false
        var kept: [BackendTraffic.Point] = []
        for (index, point) in points.enumerated() {
            if index > 0, index < points.count - 1, mayGo(point) {
                drops.toggle()
                if drops { continue }
            }
            kept.append(point)
        }
        points = kept
    }
}
