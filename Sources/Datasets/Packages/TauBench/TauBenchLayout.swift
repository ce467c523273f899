import Evaluation
import JSON

/// The files of τ-bench: `retail/…` and `airline/…`, all of them JSON or text.
struct TauBenchLayout: DataLayout {
    let ownedNames = ["retail", "airline", "prompts", "LICENSE"]

    /// The environments: tables, and how many tasks each split officially has.
    static let environments = [
        TauBenchEnvironment(
            name: "retail", tables: ["orders", "products", "users"],
            splits: [("test", 115), ("train", 500), ("dev", 20)], fewShotFile: "MockRetailDomainEnv-few_shot.jsonl"),
        TauBenchEnvironment(
            name: "airline", tables: ["flights", "reservations", "users"], splits: [("test", 50)],
            fewShotFile: "MockAirlineDomainEnv-few_shot.jsonl"),
    ]

    func wants(_ path: String) -> Bool {
        let names = path.split(separator: "/").map(String.init)
        guard let name = names.last else { return false }
        if name == "LICENSE" { return names.count <= 2 }
        if TauBenchPrompts.sources.contains(names.suffix(2).joined(separator: "/")) { return true }
        if names.dropLast().last == "prompts", TauBenchPrompts.fileNames.contains(name) { return true }
        guard ["py", "json", "jsonl", "md"].contains(name.split(separator: ".").last) else { return false }
        var parents = names.dropLast()
        if parents.last == "few_shot_data" { return true }
        if ["data", "tools"].contains(parents.last) { parents = parents.dropLast() }
        return Self.environments.contains { $0.name == parents.last }
    }

    func isPresent(in directory: String) -> Bool {
        Self.environments.contains { DatasetFiles.exists("\(directory)/\($0.name)/tasks_test.json") }
    }

    func install(from source: String, into destination: String) throws(EvaluationError) {
        let isConverted = { (directory: String) in
            Self.environments.allSatisfy { DatasetFiles.isPlainFile("\(directory)/\($0.name)/tasks_test.json") }
        }
        let isOfficial = { (directory: String) in
            Self.environments.allSatisfy { DatasetFiles.isPlainFile("\(directory)/\($0.name)/tasks_test.py") }
        }
        if let found = MaterialSearch.find(below: source, where: { isOfficial($0) || isConverted($0) }) {
            for environment in Self.environments {
                let target = "\(destination)/\(environment.name)"
                if isOfficial(found) {
                    try TauBenchConversion(environment: environment, checkout: source, environments: found).write(
                        target)
                } else {
                    try copy(environment, from: found, to: target)
                }
            }
            try installPrompts(from: found, checkout: source, isOfficial: isOfficial(found), into: destination)
            if let licence = MaterialSearch.findAbove(found, upTo: source, ["LICENSE"]) {
                try MaterialSearch.copy(licence, to: "\(destination)/LICENSE")
            }
            return
        }
        throw EvaluationError(
            .dataMissing, "there are no tau-bench data below '\(source)'", cause: .configuration,
            advice: "looked for retail/tasks_test.py of a tau-bench checkout, and for retail/tasks_test.json")
    }

    private func installPrompts(
        from found: String, checkout: String, isOfficial: Bool, into destination: String
    ) throws(EvaluationError) {
        guard !isOfficial else {
            return try TauBenchPrompts.write(from: found, checkout: checkout, to: "\(destination)/prompts")
        }
        for file in TauBenchPrompts.fileNames where DatasetFiles.isPlainFile("\(found)/prompts/\(file)") {
            try MaterialSearch.copy("\(found)/prompts/\(file)", to: "\(destination)/prompts/\(file)")
        }
    }

    func check(_ directory: String) -> DataCheck {
        var check = DataCheck()
        let prompts = TauBenchPrompts.fileNames.count { DatasetFiles.size("\(directory)/prompts/\($0)") != nil }
        if prompts == TauBenchPrompts.fileNames.count {
            check.facts.append("prompts: \(prompts) official texts")
        } else if prompts > 0 {
            check.notes.append("prompts: only \(prompts) official texts are there; gage's own take the others' place")
        }
        for environment in Self.environments {
            environment.check("\(directory)/\(environment.name)", into: &check)
        }
        return check
    }

    private func copy(
        _ environment: TauBenchEnvironment, from found: String, to target: String
    ) throws(EvaluationError) {
        for file in environment.files + ["few_shot.jsonl"] {
            let path = "\(found)/\(environment.name)/\(file)"
            if DatasetFiles.isPlainFile(path) { try MaterialSearch.copy(path, to: "\(target)/\(file)") }
        }
    }
}
