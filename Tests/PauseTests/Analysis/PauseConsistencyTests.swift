import GageTesting
import JSON
import Testing

@testable import Pause

@Suite("Analyses of PAUSE")
struct PauseConsistencyTests {
    private static func log(_ chosen: String?, votes: [(Bool, Bool)]) -> JSONValue {
        let trajectories = ["m1", "m2"].enumerated().map { place, model -> JSONValue in
            var trajectory = PauseTestLog.trajectory(model: model)
            let pair = votes[place % votes.count]
            trajectory["annotations"] = .array(
                [pair.0, pair.1].map { ["tool_calling_logic_correct": .bool($0)] })
            return .object(trajectory)
        }
        let selection: JSONValue =
            chosen.map { ["status": "selected", "select_assistant_model": .string($0), "tie": false] }
            ?? ["status": "failed", "failure_category": "rerun_exhausted", "tie": true]
        return ["branch": "shopping", "trajs": .array(trajectories), "final_selection": selection]
    }

    @Test func aConfusionMatrixHasEveryFileOnce() throws {
        let (own, other) = (try TemporaryFolder(), try TemporaryFolder())
        let logs: [(String, String?, String?)] = [
            ("tasks_0", "m1", "m1"), ("tasks_1", "m1", "m2"), ("tasks_2", "m2", nil), ("tasks_3", nil, nil),
        ]
        for (name, first, second) in logs {
            try PauseFiles.write(Self.log(first, votes: [(true, true), (false, true)]), to: "\(own.path)/\(name).json")
            try PauseFiles.write(Self.log(second, votes: [(true, true)]), to: "\(other.path)/\(name).json")
        }
        try PauseFiles.write(Self.log("m1", votes: [(true, true)]), to: "\(own.path)/tasks_4.json")
        let result = try PauseConsistency(annotated: own.path, compared: other.path).run()
        let matrix = result["confusion_matrix"]?["matrix"]
        #expect(matrix?["model1"]?["model1"] == 1)
        #expect(matrix?["model1"]?["model2"] == 1)
        #expect(matrix?["model2"]?["discarded"] == 1)
        #expect(matrix?["discarded"]?["discarded"] == 1)
        #expect(matrix?["model1"]?["missing"] == 1)
        let rows = matrix?.objectValue?.values ?? []
        let total = rows.flatMap { $0.objectValue?.values ?? [] }.compactMap(\.intValue).reduce(0, +)
        #expect(total == 5)
        #expect(result["summary"]?["selected_by_model"]?["m1"]?.arrayValue?.count == 3)
        #expect(result["summary"]?["discarded"]?[0]?["reason"] == "rerun_exhausted")
        #expect(result["agreement"]?["tool_calling_logic_correct"]?["n"] == 10)
        #expect(PauseFiles.exists("\(own.path)/annotated_logs_analysis.json"))
        let again = try PauseConsistency(annotated: own.path).run()
        #expect(again["summary"]?["total_files"] == 5, "its own file is no log")
    }

    @Test func trajectoriesAreCountedByModel() throws {
        let folder = try TemporaryFolder()
        let log: JSONValue = [
            "branch": "shopping",
            "trajs": [
                .object(PauseTestLog.trajectory(model: "m1", calls: [("get_wallet", [:]), ("get_wallet", [:])])),
                .object(PauseTestLog.trajectory(model: "m2", terminated: true)),
            ],
        ]
        try PauseFiles.write(log, to: "\(folder.path)/tasks_0.json")
        let result = try PauseTrajectoryStatistics.run(logs: folder.path, isDetailed: true)
        #expect(result["by_model"]?["m1"]?["avg_assistant_tool_calls"] == 2.0)
        #expect(result["by_model"]?["m1"]?["assistant_tools"] == ["get_wallet": 2])
        #expect(result["by_model"]?["m2"]?["terminated"] == 1)
        #expect(result["trajectories"]?.arrayValue?.count == 2)
    }
}
