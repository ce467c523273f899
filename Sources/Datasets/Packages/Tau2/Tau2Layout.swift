import Evaluation
import JSON

/// The files of τ²-bench: `tau2/domains/<domain>/…` and `tau2/user_simulator/…`, as in the official repository's `data`.
struct Tau2Layout: DataLayout {
    let ownedNames = ["tau2"]

    /// The domains, with how many tasks the official one has and whether a benchmark needs it.
    static let domains = [
        (name: "airline", tasks: 50, isNeeded: true), (name: "retail", tasks: 114, isNeeded: true),
        (name: "telecom", tasks: 2285, isNeeded: true), (name: "mock", tasks: 10, isNeeded: false),
    ]

    private static let guidelines = ["simulation_guidelines.md", "simulation_guidelines_tools.md"]
    private static let unwanted = ["audio_difficulty.json", "tasks_voice.json", "tasks_full.json"]

    func wants(_ path: String) -> Bool {
        let names = path.split(separator: "/").map(String.init)
        guard let name = names.last, names.count > 1 else { return path == "LICENSE" }
        if name == "LICENSE" { return names.count == 2 }
        guard ["json", "toml", "md"].contains(name.split(separator: ".").last), !Self.unwanted.contains(name) else {
            return false
        }
        let parents = names.dropLast()
        let isExport = parents.last == "export"
        guard let parent = isExport ? parents.dropLast().last : parents.last else { return false }
        return Self.domains.contains { $0.name == parent } || (parent == "user_simulator" && !isExport)
    }

    func isPresent(in directory: String) -> Bool { domainsDirectory(in: directory) != nil }

    func resolve(_ path: String, in directory: String) -> String {
        guard let domains = domainsDirectory(in: directory) else { return "\(directory)/\(path)" }
        if path.hasPrefix("domains/") { return "\(domains)/\(path.dropFirst("domains/".count))" }
        return userSimulator(beside: domains).map { "\($0)/\(path.dropFirst("user_simulator/".count))" }
            ?? "\(domains)/../\(path)"
    }

    func install(from source: String, into destination: String) throws(EvaluationError) {
        guard let domains = MaterialSearch.find(below: source, where: Self.hasDomains) else {
            throw EvaluationError(
                .dataMissing, "there are no tau2 domains below '\(source)'", cause: .configuration,
                advice: "looked for <domain>/tasks.json; give the directory 'data' of a tau2-bench checkout")
        }
        for domain in Self.domains where DatasetFiles.exists("\(domains)/\(domain.name)/tasks.json") {
            for folder in [domain.name, "\(domain.name)/export"] {
                try copy("\(domains)/\(folder)", to: "\(destination)/tau2/domains/\(folder)")
            }
        }
        if let simulator = userSimulator(beside: domains) {
            try copy(simulator, to: "\(destination)/tau2/user_simulator")
        }
        if let licence = MaterialSearch.findAbove(domains, upTo: source, ["LICENSE"]) {
            try MaterialSearch.copy(licence, to: "\(destination)/tau2/LICENSE")
        }
    }

    func check(_ directory: String) -> DataCheck {
        var check = DataCheck()
        guard let domains = domainsDirectory(in: directory) else {
            check.problems.append("there are no domains in \(directory)")
            return check
        }
        for domain in Self.domains {
            let folder = "\(domains)/\(domain.name)"
            if DatasetFiles.exists("\(folder)/tasks.json") {
                Tau2DomainCheck(name: domain.name, folder: folder, officialCount: domain.tasks).run(into: &check)
            } else if domain.isNeeded {
                check.problems.append("the domain '\(domain.name)' is missing")
            } else {
                check.notes.append("the domain '\(domain.name)' is missing; no benchmark needs it")
            }
        }
        let simulator = userSimulator(beside: domains)
        if simulator == nil || !Self.guidelines.allSatisfy({ DatasetFiles.exists("\(simulator ?? "")/\($0)") }) {
            check.notes.append("the user simulator's guidelines are missing; gage uses wording of its own")
        }
        return check
    }

    private func copy(_ folder: String, to target: String) throws(EvaluationError) {
        for name in DatasetFiles.names(in: folder) where DatasetFiles.isPlainFile("\(folder)/\(name)") {
            let ending = name.split(separator: ".").last ?? ""
            guard ["json", "toml", "md"].contains(ending), !Self.unwanted.contains(name) else { continue }
            try MaterialSearch.copy("\(folder)/\(name)", to: "\(target)/\(name)")
        }
    }

    /// The places where gage looks for domains below a data directory.
    private func domainsDirectory(in directory: String) -> String? {
        ["tau2/domains", "domains", "data/tau2/domains"].map { "\(directory)/\($0)" }
            .first(where: Self.hasDomains) ?? (Self.hasDomains(directory) ? directory : nil)
    }

    private func userSimulator(beside domains: String) -> String? {
        ["\(domains)/user_simulator", "\(DatasetFiles.parent(of: domains))/user_simulator"]
            .first(where: DatasetFiles.isDirectory)
    }

    private static func hasDomains(_ directory: String) -> Bool {
        domains.contains { DatasetFiles.isPlainFile("\(directory)/\($0.name)/tasks.json") }
    }
}
