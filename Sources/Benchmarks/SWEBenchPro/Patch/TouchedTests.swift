/// What a patch touches that decides how tests run.
enum TouchedTests {
    private static let runnerFiles: Set<String> = [
        "conftest.py", "pytest.ini", "tox.ini", "setup.cfg", "pyproject.toml", "package.json", "go.mod", "go.sum",
        ".mocharc.json", ".mocharc.js", ".mocharc.yml", "jest.config.js", "jest.config.ts", "jest.config.json",
        "babel.config.js", "sitecustomize.py",
    ]

    /// The changed paths that configure a test runner: a patch can decide its own verdict there.
    static func runnerConfiguration(in paths: [String]) -> [String] {
        paths.filter { runnerFiles.contains(String($0.split(separator: "/").last ?? "")) }
    }

    /// The changed paths that look like tests.
    static func tests(in paths: [String]) -> [String] {
        paths.filter { path in
            let parts = path.lowercased().split(separator: "/")
            guard let name = parts.last else { return false }
            let isInTests = parts.dropLast().contains { ["test", "tests", "__tests__", "testing"].contains($0) }
            return isInTests || name.hasPrefix("test_") || name.contains(".test.") || name.contains(".spec.")
                || name.hasSuffix("_test.go") || name.hasSuffix("_test.py")
        }
    }
}
