import JSON
import Testing

@testable import AppWorld

@Suite("Names and secrets of a server")
struct NameTests {
    @Test("Recorded names become the server's, the longest first, in keys too")
    func names() throws {
        let map = try #require(
            AppWorldNameMap([
                "texts": ["simple_note": "notes", "simple": "plain", "venmo": "wallet"], "apps": ["notes"],
                "known": [["topic": "env", "exchange": "a", "reason": "because"]],
            ]))
        #expect(map.value(["simple_note": ["venmo/simple"], "n": 1]) == ["notes": ["wallet/plain"], "n": 1])
        #expect(map.reason(topic: "env", exchange: "a") == "because")
        #expect(map.reason(topic: "mcp", exchange: "a") == nil)
        #expect(AppWorldNameMap(["apps": []]) == nil)
        #expect(AppWorldNameMap(["texts": ["a": 1]]) == nil)
    }

    @Test("Tokens, passwords and numbers come from the server's own answers")
    func secrets() {
        var memory = SecretMemory()
        memory.learn(from: ["access_token": "t1", "token_type": "Bearer"], app: "notes")
        memory.learn(from: ["access_token": "t2"], app: "wallet")
        memory.learn(from: [["account_name": "notes", "password": "p"]], app: "supervisor")
        #expect(memory.filled("Bearer <token>", app: "notes", isWrong: false) == "Bearer t1")
        #expect(memory.filled("<token>", app: nil, isWrong: false) == "t2")
        #expect(memory.filled(["a": ["<password>"]], app: "notes", isWrong: false) == ["a": ["p"]])
        #expect(memory.filled("<password>", app: "notes", isWrong: true) != "p")
        memory.pair(recorded: ["message": "Note created.", "note_id": 300], live: ["message": "", "note_id": 13])
        #expect(memory.renumbered(path: "/notes/notes/300") == "/notes/notes/13")
        #expect(memory.renumbered(["note_id": 300, "page": 300]) == ["note_id": 13, "page": 300])
    }

    @Test("Figures are recomputed, and a wrong one is found")
    func figures() throws {
        let text = #"[{"passed": 52, "total": 168, "official": 30.9}, {"passed": 52, "total": 168, "official": 31.0}]"#
        let ledger = try #require(try FigureCheck(file: "v.json", bytes: Array(text.utf8))).ledger()
        #expect(ledger.total == 2)
        #expect(ledger.agreed == 1)
        #expect(ledger.disagreements.first?.place == "v/52 of 168")
        let board = #"[{"method": {"name": "M"}, "test_normal": {"all": {"task_goal_completion": 30.9, "x": 1}}}]"#
        #expect(try FigureCheck(file: "b.json", bytes: Array(board.utf8))?.ledger().agreed == 1)
        let wrong = #"[{"method": {"name": "M"}, "test_normal": {"all": {"scenario_goal_completion": 31.0}}}]"#
        #expect(try FigureCheck(file: "b.json", bytes: Array(wrong.utf8))?.ledger().agreed == 0)
        #expect(try FigureCheck(file: "env.jsonl", bytes: Array(#"{"type": "meta"}"#.utf8)) == nil)
    }
}
