import Evaluation
import JSON
import Testing

@testable import Tau

/// Official runs of the error identification, with the answers that their model gave.
@Suite("Official error identification runs", .enabled(if: TauReference.hasTau1))
struct OfficialTau1ErrorTests {
    /// What gage makes of a run.
    private struct Played {
        var assignments: [JSONValue] = []
        var types: [JSONValue] = []
        var empty = 0
        var asked = 0
    }

    private func play(_ name: String) async throws -> (played: Played, official: JSONValue) {
        let official = try TauReference.json("tau1/wire/\(name).json.gz")
        let environment = try Tau1DomainName(named: official["env"]?.stringValue ?? "")
        let domain = try await OfficialTau1.domain(environment)
        let replies = Self.replies(of: official)
        let answers = Tau1ErrorAnswers()
        var played = Played()
        for result in try Self.failures(of: official) {
            let id = try #require(result["task_id"]?.intValue)
            let dossier = Tau1ErrorDossier(
                task: try domain.task(id, inSplit: "test"), messages: result["traj"]?.arrayValue ?? [],
                extent: .official)
            if dossier.isEmpty {
                played.empty += 1
                continue
            }
            let analysis = try await Tau1ErrorAnalysis(of: id) { question in
                let request = question.request(about: dossier, parameters: [:], asksForJSON: true)
                let key = Self.key(question) + dossier.text
                return try await answers.answer(to: request.messages) { try #require(replies[key]) }
            }
            played.assignments.append(analysis.assignmentJSON)
            if analysis.fault != nil { played.types.append(analysis.typeJSON) }
        }
        played.asked = await answers.askedCount
        return (played, official)
    }

    private static func failures(of official: JSONValue) throws -> [JSONValue] {
        let results = try #require(official["results_file"]?.arrayValue)
        let failed = results.filter { ($0["reward"]?.doubleValue ?? 0) <= Tau1ErrorJudge.failureLimit }
        let arguments = official["args"]?.arrayValue ?? []
        guard arguments.first == "-n", let limit = arguments.last?.stringValue.flatMap(Int.init) else { return failed }
        return Array(failed.prefix(limit))
    }

    /// The recorded replies, by what was asked and what was shown.
    private static func replies(of official: JSONValue) -> [String: String] {
        var replies: [String: String] = [:]
        for exchange in official["http"]?.arrayValue ?? [] {
            let messages = exchange["request"]?["messages"]?.arrayValue ?? []
            let texts = messages.map { $0["content"]?.stringValue ?? "" }
            guard texts.count == 2, let reply = exchange["reply"]?.stringValue else { continue }
            let parts = texts[1].partsLikePython(separatedBy: "\n\nText:\n")
            if parts.count == 2 {
                let shown = parts[1].partsLikePython(separatedBy: "\n\nChoices:\n")[0]
                replies[(parts[0].containsText("type of fault") ? "type " : "author ") + shown] = reply
            } else {
                let words = Tau1FaultAuthor.allCases.map { ("why \($0.rawValue) is", "reason \($0.rawValue) ") }
                let kinds = Tau1FaultType.allCases.map { ("type \"\($0.rawValue)\"", "reason \($0.rawValue) ") }
                let key = (words + kinds).first { texts[0].containsText($0.0) }?.1 ?? ""
                replies[key + texts[1]] = reply
            }
        }
        return replies
    }

    private static func key(_ question: Tau1ErrorQuestion) -> String {
        switch question {
        case .author: "author "
        case .type: "type "
        case .reason(let author): "reason \(author.rawValue) "
        case .typeReason(let type): "reason \(type.rawValue) "
        }
    }

    @Test(
        "The same analysis comes of the same answers, with as many questions",
        arguments: [
            "auto_error_airline_5", "auto_error_retail_all_agent", "auto_error_tasks_with_outputs",
            "auto_error_markdown_reply",
        ])
    func analysis(name: String) async throws {
        let (played, official) = try await play(name)
        let output = try #require(official["output"])
        #expect(.array(played.assignments) == output["fault_assignment_analysis"])
        #expect(.array(played.types) == output["fault_type_analysis"])
        #expect(played.asked == official["http"]?.arrayValue?.count)
    }

    @Test func whatMadeTheOriginalCrashGivesAnAnalysis() async throws {
        let (blameless, _) = try await play("auto_error_nobody_blames_the_agent")
        #expect(blameless.assignments.count == 2)
        #expect(blameless.types.isEmpty)
        let (empty, _) = try await play("auto_error_empty_trajectory")
        #expect(empty.empty == 1)
        #expect(empty.assignments.isEmpty)
    }
}
