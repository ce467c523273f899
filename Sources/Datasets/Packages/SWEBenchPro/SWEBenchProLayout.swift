import Evaluation

/// The files of SWE-bench Pro: `run_scripts/<instance>/…`, `dockerfiles/{base,instance}_dockerfile/<instance>/Dockerfile`
/// and `helper_code/…`.
struct SWEBenchProLayout: DataLayout {
    let ownedNames = ["run_scripts", "dockerfiles", "helper_code", "LICENSE"]

    /// How many instances have Dockerfiles officially: the public ones.
    private static let officialCount = 731
    private static let directories = ["run_scripts", "dockerfiles", "helper_code"]
    private static let scripts = ["run_script.sh", "parser.py", "instance_info.txt"]

    /// One public instance of each repository.
    private static let smokeInstances = [
        "instance_ansible__ansible-11c1777d56664b1acb56b387a1ad6aeadef1391d-v0f01c69f1e2528b935359cfe578530722bca2c59",
        "instance_element-hq__element-web-ec0f940ef0e8e3b61078f145f34dc40d1938e6c5-vnan",
        "instance_flipt-io__flipt-0b119520afca1cf25c470ff4288c464d4510b944",
        "instance_future-architect__vuls-407407d306e9431d6aa0ab566baa6e44e5ba2904",
        "instance_gravitational__teleport-007235446f85b1cbaef92664c3b3867517250f21",
        "instance_internetarchive__openlibrary-62d2243131a9c7e6aee00d1e9c5660fd5b594e89"
            + "-v0f5aece3601a5b4419f7ccec1dbda2071be28ee4",
        "instance_navidrome__navidrome-0130c6dc13438b48cf0fdfab08a89e357b5517c9",
        "instance_NodeBB__NodeBB-f1a80d48cc45877fcbadf34c2345dd9709722c7f-v4fbcfae8b15e4ce5d132c408bca69ebb9cf146ed",
        "instance_protonmail__webclients-32ff10999a06455cb2147f6873d627456924ae13",
        "instance_qutebrowser__qutebrowser-e57b6e0eeeb656eb2c84d6547d5a0a7333ecee85"
            + "-v2ef375ac784985212b1805e1d0431dc8f1b3c171",
        "instance_tutao__tutanota-de49d486feef842101506adf040a0f00ded59519-v10a26bfb45a064b93f4fc044a0254925037b88f1",
    ]

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
        try writeSmokeList(destination)
        if DatasetFiles.isPlainFile("\(found)/LICENSE") {
            try MaterialSearch.copy("\(found)/LICENSE", to: "\(destination)/LICENSE")
        }
    }

    /// Writes the list of the smoke test's instances, which configurations name, unless the material has one.
    private func writeSmokeList(_ destination: String) throws(EvaluationError) {
        let path = "\(destination)/run_scripts/smoke_instance_ids.txt"
        guard !DatasetFiles.exists(path) else { return }
        let known = Self.smokeInstances.filter { DatasetFiles.isDirectory("\(destination)/run_scripts/\($0)") }
        guard !known.isEmpty else { return }
        try FileWriter(path).write(Array(known.map { $0 + "\n" }.joined().utf8))
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
