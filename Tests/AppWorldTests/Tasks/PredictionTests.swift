import Evaluation
import JSON
import Testing

@testable import AppWorld

@Suite("Predicted interfaces")
struct PredictionTests {
    private static let known: Set<String> = [
        "notes.login", "notes.search_notes", "simple_note.create_note", "wallet.send",
    ]

    @Test(
        "Names are read in every spelling",
        arguments: [
            ("notes.login\nwallet.send", ["notes.login", "wallet.send"]),
            ("- notes.login\n2. wallet.send", ["notes.login", "wallet.send"]),
            ("notes__login, wallet__send", ["notes.login", "wallet.send"]),
            ("`Notes.Login`", ["notes.login"]),
            ("simple_note__create_note", ["simple_note.create_note"]),
            ("apis.notes.search_notes(query='x')", ["notes.search_notes"]),
            ("Use e.g. notes.login for it", ["notes.login"]),
            ("notes.login\nnotes.login", ["notes.login"]),
            ("```\nnotes.login\n```", ["notes.login"]),
            ("nothing here", []), ("", []), ("notes.unknown", []), ("...", []), ("__", []),
        ])
    func reads(text: String, names: [String]) {
        #expect(PredictedAPIs(text, known: Self.known, limit: 16).names.map(\.text) == names)
    }

    @Test("Names that do not exist do not count towards the largest number")
    func limit() {
        let text = "made.up\nnotes.login\nalso.not_there\nwallet.send\nnotes.search_notes"
        let found = PredictedAPIs(text, known: Self.known, limit: 2)
        #expect(found.names.map(\.text) == ["notes.login", "wallet.send"])
        #expect(found.isTruncated)
        #expect(found.unknown.map(\.text) == ["made.up", "also.not_there"])
    }

    @Test("Without a listing every name counts")
    func withoutListing() {
        let found = PredictedAPIs("made.up\nx__y", known: [], limit: 16)
        #expect(found.names.map(\.tool) == ["made__up", "x__y"])
        #expect(!found.isTruncated)
    }

    @Test("Tools are told apart at the first separator")
    func parts() {
        #expect(
            APIListing.parts(of: "simple_note__create_note").map { [$0.app, $0.api] } == ["simple_note", "create_note"])
        #expect(APIListing.parts(of: "a__b__c").map { [$0.app, $0.api] } == ["a", "b__c"])
        #expect(APIListing.parts(of: "__b") == nil)
        #expect(APIListing.parts(of: "a__") == nil)
        #expect(APIListing.parts(of: "plain") == nil)
    }
}
