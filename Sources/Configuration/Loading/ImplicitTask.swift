import Evaluation

/// Gives a document that lists no tasks the one that it means: its only data set through its `custom.steps`.
enum ImplicitTask {
    static func added(to document: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode {
        if let tasks = document["tasks"], !tasks.isNull, tasks.items?.isEmpty != true { return document }
        // Where a section cannot be read, that is the mistake.
        guard let datasets = document["datasets"]?.items else { return document }
        guard !datasets.isEmpty, document["custom"]?["steps"]?.items?.isEmpty == false else {
            diagnostics.error("there is nothing to run", at: document, advice: "list 'tasks'")
            return document
        }
        guard datasets.count == 1, let id = datasets[0]["dataset_id"] else {
            let place = document["datasets"] ?? document
            diagnostics.error(
                "there are \(datasets.count) data sets and no tasks", at: place,
                advice: "list 'tasks', one for each data set to use")
            return document
        }
        var origin = id
        origin.origin = "default"
        let entries = ["task_id", "dataset_id"].map { key in
            ConfigEntry(key: key, keyLocation: id.location, value: origin)
        }
        let task = ConfigNode(.mapping(entries), location: id.location, path: "", origin: "default")
        let tasks = ConfigNode(.sequence([task]), location: id.location, path: "tasks", origin: "default")
        return document.setting(ConfigEntry(key: "tasks", keyLocation: id.location, value: tasks))
    }
}
