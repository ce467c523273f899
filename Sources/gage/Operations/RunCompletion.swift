import Storage

/// What the shell is offered where a run is to be named.
enum RunCompletion {
    /// The ids of all runs in the usual place.
    static func allRuns() -> [String] {
        // A completion that cannot be had is an empty one.
        (try? RunDirectory.runs(in: "runs")) ?? []
    }

    /// The ids of the runs that go on in the usual place.
    static func liveRuns() -> [String] {
        let held = (try? RunDirectory.held(in: "runs")) ?? []
        var names: [String] = []
        for place in held where place.holder != nil && !names.contains(place.runID) { names.append(place.runID) }
        return names
    }
}
