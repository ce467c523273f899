import JSON
import Testing

@testable import Proactive

@Suite("Pareto front")
struct ParetoFrontTests {
    private let points = [
        ParetoPoint(name: "cheap", kind: .baseline, cost: 0, success: 40),
        ParetoPoint(name: "good", kind: .policy, cost: 0.3, success: 80),
        ParetoPoint(name: "worse & <dearer>", kind: .policy, cost: 0.5, success: 70),
        ParetoPoint(name: "best, \"dear\"", kind: .sweep, cost: 0.9, success: 95),
        ParetoPoint(name: "as good, dearer", kind: .sweep, cost: 0.4, success: 80),
    ]

    @Test func keepsWhatNoOtherDominates() {
        let front = ParetoFront(points.reversed())
        #expect(front.front.map { front.points[$0].name } == ["cheap", "good", "best, \"dear\""])
    }

    @Test func equalPointsDoNotDominateEachOther() {
        var twin = points[1]
        twin.name = "twin"
        let front = ParetoFront([points[1], twin])
        #expect(front.front.count == 2)
    }

    @Test func jsonIsSortedByCost() throws {
        let json = ParetoFront(points.shuffled()).json
        let costs = try #require(json["points"]?.arrayValue).compactMap { $0["avg_interrupt_cost"]?.doubleValue }
        #expect(costs == [0, 0.3, 0.4, 0.5, 0.9])
        #expect(json["points"]?[2]?["on_front"] == false)
        #expect(json["front"] == ["cheap", "good", "best, \"dear\""])
    }

    @Test func csvQuotesNames() {
        let lines = ParetoFront(points).csv.split(separator: "\n")
        #expect(lines[0] == "name,kind,alpha,avg_interrupt_cost,success,clarify_rate,on_front")
        #expect(lines.last == "\"best, \"\"dear\"\"\",sweep,,0.9,95.0,,1")
        #expect(lines.count == 6)
    }

    @Test func svgIsWellFormed() {
        #expect(XMLCheck.fault(in: ParetoFront(points).svg) == nil)
        #expect(XMLCheck.fault(in: ParetoFront([points[0]]).svg) == nil)
        #expect(XMLCheck.fault(in: ParetoFront([]).svg) == nil)
    }

    @Test func labelsStayInsideTheDrawingEvenWhereAllPlacesAreTaken() throws {
        var surface = PlotSurface(
            title: "t", x: PlotAxis("x", around: [0, 1]), y: PlotAxis("y", around: [0, 1]))
        for name in ["a_long_name_of_a_policy", "another_long_name", "a_third_name_that_is_long", "fourth", "fifth"] {
            for x in [0.97, 1.0] { surface.mark((x, 0.5), shape: .circle, class: "front", tip: name) }
            surface.label(name, at: (1, 0.5))
        }
        for shape in surface.shapes where shape.contains("text-anchor=\"start\"") && shape.contains("_") {
            let start = try #require(Double(shape.split(separator: "\"")[1]))
            let text = try #require(shape.split(separator: ">").last?.split(separator: "<").first)
            #expect(start + Double(text.count) * 6.5 <= PlotSurface.width, "\(shape)")
        }
    }

    @Test func svgOfATrainingCurveIsWellFormed() {
        let trained = PolicyTrainer().train(on: PolicyFixtures.pairs(30))
        #expect(XMLCheck.fault(in: TrainingCurvePlot(trained.curve, unit: "epoch").svg) == nil)
        #expect(XMLCheck.fault(in: TrainingCurvePlot([], unit: "epoch").svg) == nil)
    }

    @Test func theCheckFindsFaults() {
        for broken in ["<a><b></a></b>", "<a x=1/>", "<a>&</a>", "<a>", "text", "<a x=\"<\"/>", "<a/><b/>"] {
            #expect(XMLCheck.fault(in: broken) != nil, "\(broken)")
        }
    }

    @Test(arguments: [
        ([0.0, 1], 5), ([0.0, 0.0], 2), ([3.2, 3.2], 3), ([0.0, 100], 5), ([0.013, 0.019], 3), ([-2.0, 5000], 5),
    ])
    func axesHoldTheirValuesWithFewRoundTicks(values: [Double], least: Int) {
        let axis = PlotAxis("x", around: values)
        #expect(axis.lower <= values[0] && axis.upper >= values[1])
        #expect((least...12).contains(axis.ticks.count))
        #expect(Set(axis.ticks.map(axis.text)).count == axis.ticks.count)
    }
}
