import Evaluation
import JSON

extension Instance {
    /// Reads a record of the data set; both spellings of the test lists are known.
    ///
    /// Throws ``EvaluationError``, cause `task`.
    init(record fields: JSONObject, origin: String) throws(EvaluationError) {
        let reader = RecordFields(fields: fields, origin: origin)
        id = try reader.required("instance_id")
        repository = try reader.required("repo")
        baseCommit = try reader.required("base_commit")
        guard Self.isCommit(baseCommit) else { throw reader.failure("base_commit", "'\(baseCommit)' is no commit id") }
        language = reader.text("repo_language")
        problemStatement = Self.unwrapped(reader.text("problem_statement") ?? "")
        requirements = Self.unwrapped(reader.text("requirements") ?? "")
        interface = Self.unwrapped(reader.text("interface") ?? "")
        failToPass = try reader.list("fail_to_pass", "FAIL_TO_PASS")
        passToPass = try reader.list("pass_to_pass", "PASS_TO_PASS")
        selectedTests = try reader.list("selected_test_files_to_run", "SELECTED_TEST_FILES_TO_RUN")
        beforeRepoSetCommand = reader.text("before_repo_set_cmd") ?? ""
        goldPatch = reader.text("patch") ?? ""
        testPatch = reader.text("test_patch") ?? ""
        imageTag = reader.text("dockerhub_tag")
        imageName = reader.text("docker_image") ?? reader.text("image_name")
        categories = try reader.list("issue_categories")
    }

    /// Reads the instance that a sample was made of.
    ///
    /// Throws ``EvaluationError``: `configuration` with this code where the sample was made of something else.
    init(of sample: Sample, code: EvaluationError.Code = .configurationInvalid) throws(EvaluationError) {
        guard let fields = sample.gold[Self.goldKey]?.objectValue else {
            throw EvaluationError(
                code, "the sample holds no instance of SWE-bench", cause: .configuration,
                advice: "use 'preprocess: swebench_pro_standardizer'")
        }
        try self.init(record: fields, origin: "sample '\(sample.id)'")
    }

    /// Where a sample's gold data keep the record that it was made of.
    static let goldKey = "swebench_instance"

    private static func isCommit(_ text: String) -> Bool {
        (7...64).contains(text.utf8.count) && text.allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    /// Some cells hold their text once more as a JSON string; those are read again.
    static func unwrapped(_ text: String) -> String {
        guard text.hasPrefix("\""), text.hasSuffix("\""), text.utf8.count > 1 else { return text }
        // A text that merely begins and ends with quotes is no JSON, and stays.
        return (try? JSONValue.parse(text).stringValue) ?? text
    }
}

/// The fields of a record, and how to complain about one.
private struct RecordFields {
    let fields: JSONObject
    let origin: String

    func text(_ key: String) -> String? {
        guard let text = fields[key]?.stringValue, !text.isEmpty else { return nil }
        return text
    }

    func required(_ key: String) throws(EvaluationError) -> String {
        if let text = text(key) { return text }
        throw failure(key, "is missing")
    }

    /// A list under the first of these keys that is there; a list that is one already is taken as it is.
    func list(_ keys: String...) throws(EvaluationError) -> [String] {
        for key in keys {
            guard let value = fields[key], !value.isNull else { continue }
            if let items = value.arrayValue { return items.map { $0.stringValue ?? $0.text() } }
            do {
                return try ListCell.read(value.stringValue ?? value.text())
            } catch {
                throw failure(key, "is no list: \(error)")
            }
        }
        return []
    }

    func failure(_ key: String, _ what: String) -> EvaluationError {
        EvaluationError(.dataMalformed, "\(origin): '\(key)' \(what)", cause: .task)
    }
}
