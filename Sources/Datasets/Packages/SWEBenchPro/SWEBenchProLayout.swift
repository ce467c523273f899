import Evaluation

/// The files of SWE-bench Pro: `run_scripts/<instance>/…`, `dockerfiles/{base,instance}_dockerfile/<instance>/Dockerfile`
/// and `helper_code/…`.
struct SWEBenchProLayout: DataLayout {
    let ownedNames = ["run_scripts", "dockerfiles", "helper_code", "LICENSE"]

    /// How many instances have Dockerfiles officially: the public ones.
    private static let officialCount = 731
    private static let directories = ["run_scripts", "dockerfiles", "helper_code"]
    private static let scripts = ["run_script.sh", "parser.py", "instance_info.txt"]

    func wants(_ path: String) -> Bool {
        let names = path.split(separator: "/").map(String.init)
        if names.last == "LICENSE" { return names.count <= 2 }
        return names.prefix(2).contains { Self.directories.contains($0) }
    }

    func isPresent(in directory: String) -> Bool {
        DatasetFiles.names(in: "\(directory)/run_scripts").contains { $0.hasPrefix("instance_") }
    }

    func install(from source: String, into destination: String) throws(EvaluationError) {
        let found = MaterialSearch.find(below: source) { directory in
            isPresent(in: directory) && DatasetFiles.isDirectory("\(directory)/dockerfiles")
        }
        guard let found else {
            throw EvaluationError(
                .dataMissing, "there are no SWE-bench Pro scripts below '\(source)'", cause: .configuration,
                advice: "looked for the directories run_scripts and dockerfiles of a SWE-bench_Pro-os checkout")
        }
        for directory in Self.directories {
            for file in TreeDigest.files(in: "\(found)/\(directory)") {
                try MaterialSearch.copy("\(found)/\(directory)/\(file)", to: "\(destination)/\(directory)/\(file)")
            }
        }
        if DatasetFiles.isPlainFile("\(found)/LICENSE") {
            try MaterialSearch.copy("\(found)/LICENSE", to: "\(destination)/LICENSE")
        }
    }

    func check(_ directory: String) -> DataCheck {
        var check = DataCheck()
        let dockerfiles = "\(directory)/dockerfiles"
        let instances = DatasetFiles.directories(in: "\(dockerfiles)/instance_dockerfile")
        for instance in instances {
            let needed =
                Self.scripts.map { "\(directory)/run_scripts/\(instance)/\($0)" }
                + ["base", "instance"].map { "\(dockerfiles)/\($0)_dockerfile/\(instance)/Dockerfile" }
            for path in needed where (DatasetFiles.size(path) ?? 0) == 0 {
                check.problems.append("\(path) is missing or empty")
            }
            if check.problems.count > 20 { break }
        }
        if instances.isEmpty { check.problems.append("\(dockerfiles)/instance_dockerfile has no instances") }
        check.facts.append("\(instances.count) instances with scripts and Dockerfiles")
        if instances.count != Self.officialCount {
            check.notes.append("officially there are \(Self.officialCount) instances")
        }
        return check
    }
}
