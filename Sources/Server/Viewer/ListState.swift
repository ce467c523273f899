import Storage

/// What a list of episodes is asked for in a page's query; links keep it, so that going back finds the same list.
struct ListState: Sendable, Hashable {
    var filter = ""
    var search = ""
    var order = EpisodeOrder()
    /// Where the page begins; not kept by links to episodes.
    var start = RunIndex.PageStart.first

    init(filter: String = "", search: String = "") {
        self.filter = filter
        self.search = search
    }

    /// Reads a query; what is not known is as if it were not there.
    init(_ values: [String: String]) {
        filter = values["where"] ?? ""
        search = values["q"] ?? ""
        order = EpisodeOrder(
            values["sort"].flatMap(EpisodeOrder.Key.init) ?? .plan, isDescending: values["desc"] == "1")
        if let place = values["after"].flatMap(EpisodePlace.init(text:)) {
            start = .behind(place)
        } else if let place = values["before"].flatMap(EpisodePlace.init(text:)) {
            start = .before(place)
        } else if values["page"] == "last" {
            start = .last
        }
    }

    /// The same list from another place.
    func starting(_ start: RunIndex.PageStart) -> ListState {
        var state = self
        state.start = start
        return state
    }

    /// The list with another filter, from its beginning.
    func filtered(_ filter: String) -> ListState {
        var state = self
        state.filter = filter
        state.start = .first
        return state
    }

    /// The list ordered by a column: by one that orders already, the other way round.
    func sorted(_ key: EpisodeOrder.Key, descendingFirst: Bool) -> ListState {
        var state = self
        let isDescending = order.key == key ? !order.isDescending : descendingFirst
        state.order = EpisodeOrder(key, isDescending: isDescending)
        state.start = .first
        return state
    }

    var isEmpty: Bool { filter.isEmpty && search.isEmpty }

    /// The query that ``init(_:)`` reads.
    func query(_ others: [(String, String?)] = []) -> String {
        var values: [(String, String?)] = others
        if !filter.isEmpty { values.append(("where", filter)) }
        if !search.isEmpty { values.append(("q", search)) }
        if order.key != .plan || order.isDescending { values.append(("sort", order.key.rawValue)) }
        if order.isDescending { values.append(("desc", "1")) }
        switch start {
        case .first: break
        case .last: values.append(("page", "last"))
        case .behind(let place): values.append(("after", place.text))
        case .before(let place): values.append(("before", place.text))
        }
        return ViewerLink.query(values)
    }

    /// What the index is asked.
    ///
    /// Throws ``FilterError`` for an expression that is not understood.
    func episodeQuery() throws(FilterError) -> EpisodeQuery {
        let isFiltered = filter.contains { !$0.isWhitespace }
        return EpisodeQuery(
            filter: isFiltered ? try EpisodeFilter(filter) : nil,
            search: search.contains { !$0.isWhitespace } ? search : nil, order: order)
    }
}
