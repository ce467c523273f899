import Evaluation
import Testing

@Suite struct BoundedDurationTests {
    @Test(arguments: [
        (0.25, Duration.milliseconds(250)), (0, .zero), (-1, .zero), (.nan, .zero), (-.infinity, .zero),
        (1e9, .seconds(1_000_000_000)), (1e300, .seconds(1_000_000_000)), (.infinity, .seconds(1_000_000_000)),
    ])
    func secondsFromOutsideAlwaysMakeADuration(seconds: Double, expected: Duration) {
        #expect(Duration.bounded(seconds: seconds) == expected)
    }

    @Test func wholeSecondsDoToo() {
        #expect(Duration.bounded(seconds: 3) == .seconds(3))
        #expect(Duration.bounded(seconds: Int.max) == .seconds(1_000_000_000))
        #expect(Duration.bounded(seconds: Int.min) == .zero)
    }
}
