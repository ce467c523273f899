import Evaluation
import JSON
import Testing

@testable import AppWorld

@Suite("What a listing looks like")
struct APIDescriptionsTests {
    private static let listing = APIListing(
        tools: [
            ToolDefinition(name: "wallet__send", description: "Send\n  money."),
            ToolDefinition(name: "notes__search_notes", description: "Search notes."),
            ToolDefinition(name: "notes__login"), ToolDefinition(name: "plain"),
        ], descriptions: ["notes": "Keeps notes.", "wallet": "Pays."])

    private func text(_ change: (inout APIDocsParameters) -> Void) -> APIDescriptions {
        var parameters = APIDocsParameters()
        change(&parameters)
        return APIDescriptions(Self.listing, parameters)
    }

    @Test("Apps and interfaces stand in order, descriptions on one line")
    func whole() {
        let found = text { $0.includesAppDescriptions = true }
        #expect(
            found.text == """
                app_descriptions:
                  - name: notes
                    description: Keeps notes.
                  - name: wallet
                    description: Pays.
                api_descriptions:
                  notes:
                    - name: login
                    - name: search_notes
                      description: Search notes.
                  wallet:
                    - name: send
                      description: Send money.
                """)
        #expect(found.facts == ["apps": 2, "apis": 3, "chars": JSONValue(found.text.count), "truncated": false])
        #expect(Self.listing.appText == "notes: Keeps notes.\nwallet: Pays.")
        #expect(Self.listing.apiNames == ["notes.login", "notes.search_notes", "wallet.send"])
        #expect(Self.listing.toolNames == ["notes__login", "notes__search_notes", "wallet__send"])
    }

    @Test("Bounds hold")
    func bounds() {
        #expect(!text { $0.maxApps = 1 }.text.contains("wallet"))
        #expect(!text { $0.maxAPIsPerApp = 1 }.text.contains("search_notes"))
        #expect(!text { $0.excludedApps = ["notes"] }.text.contains("notes"))
        let chosen = text {
            $0.discoversApps = false
            $0.appNames = ["wallet"]
        }
        #expect(!chosen.text.contains("notes") && chosen.text.contains("send"))
    }

    @Test("A text that is too long is cut between lines", arguments: [100, 110, 120, 130, 1000])
    func cut(limit: Int) {
        let found = text { $0.maxCharacters = limit }
        #expect(found.text.count <= limit)
        #expect(found.isTruncated == found.text.hasSuffix("..."))
    }

    @Test("The apps that a task allows are those that it sees")
    func allowed() {
        #expect(Self.listing.limited(to: ["wallet"]).apps.map(\.name) == ["wallet"])
        #expect(Self.listing.limited(to: []).apps.count == 2)
    }

    @Test("App descriptions are read in either shape")
    func descriptions() {
        let list: JSONValue = [["name": "notes", "description": "Keeps notes."]]
        #expect(APIListing.descriptions(list) == ["notes": "Keeps notes."])
        #expect(APIListing.descriptions(["notes": "Keeps notes."]) == ["notes": "Keeps notes."])
        #expect(APIListing.descriptions(.null).isEmpty)
    }

    @Test("A mode that cannot work is refused when the configuration is read")
    func refusesSearch() {
        var diagnostics = Diagnostics()
        let place = SourceLocation(file: "a.yaml", line: 3, column: 1)
        _ = APIDocsParameters.decode(
            ConfigNode(json: ["mode": "search"], location: place, path: "p"), into: &diagnostics)
        #expect(diagnostics.all.contains { $0.message.contains("does not offer") })
    }
}
