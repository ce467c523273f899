/// An interface by the name of its app and its own: `notes.search_notes`.
struct APIName: Sendable, Hashable {
    var app: String
    var api: String

    var text: String { "\(app).\(api)" }

    /// The name of the tool that calls it.
    var tool: String { app + APIListing.separator + api }

    /// Everything in a text that could be such a name, from left to right, in lower case.
    ///
    /// `app.api` and `app__api` are; of a longer chain such as `apis.notes.show` every two neighbours are.
    static func candidates(in text: some StringProtocol) -> [APIName] {
        let isInside: (Character) -> Bool = { $0 == "." || $0.unicodeScalars.allSatisfy(AppWorldName.isWord) }
        return text.lowercased().split { !isInside($0) }.flatMap { run -> [APIName] in
            let words = run.split(separator: ".").map(String.init)
            let neighbours = zip(words, words.dropFirst()).map { APIName(app: $0, api: $1) }
            return neighbours.isEmpty ? words.compactMap(joined) : neighbours
        }
    }

    /// Reads `notes.search_notes` or `notes__search_notes`.
    init?(_ text: String) {
        guard let first = Self.candidates(in: text).first else { return nil }
        self = first
    }

    init(app: String, api: String) {
        self.app = app
        self.api = api
    }

    private static func joined(_ word: String) -> APIName? {
        APIListing.parts(of: word).map { APIName(app: $0.app, api: $0.api) }
    }
}
