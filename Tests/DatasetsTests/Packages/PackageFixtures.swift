import Datasets
import Evaluation
import Testing
import Transport

/// Small data in the form of the official ones, written for these tests.
enum PackageFixtures {
    /// A tau-bench checkout with one task for each split.
    static func tauBench(in directory: TemporaryDirectory, under top: String) throws {
        for (name, tables, splits) in [
            ("retail", ["orders", "products", "users"], ["test", "train", "dev"]),
            ("airline", ["flights", "reservations", "users"], ["test"]),
        ] {
            let folder = "\(top)/tau_bench/envs/\(name)"
            for table in tables {
                try directory.write("{\"\(table)-1\": {\"n\": 1.50}}", to: "\(folder)/data/\(table).json")
            }
            for split in splits {
                let text = """
                    from tau_bench.types import Task, Action

                    TASKS_\(split.uppercased()) = [
                        Task(
                            annotator="0",
                            user_id="ann_\(split)",
                            instruction='You are "Ann". '
                            'You want tea.',
                            actions=[Action(name="look", kwargs={"id": "#1", "all": True})],
                            outputs=["4"],
                        ),
                    ]
                    """
                try directory.write(text, to: "\(folder)/tasks_\(split).py")
            }
            try directory.write("# Policy\n", to: "\(folder)/wiki.md")
            try directory.write("RULES = [\n    \"Be kind.\",\n]\n", to: "\(folder)/rules.py")
            try directory.write(
                "class E(Env):\n    def __init__(self):\n        self.terminate_tools = [\"stop\"]\n",
                to: "\(folder)/env.py")
            try directory.write(
                "from .look import Look\n\nALL_TOOLS = [\n    Look,\n]\n", to: "\(folder)/tools/__init__.py")
            try directory.write(
                """
                class Look(Tool):
                    def get_info():
                        return {"type": "function", "function": {"name": "look", "parameters": {}}}
                """, to: "\(folder)/tools/look.py")
        }
        try directory.write("licence", to: "\(top)/LICENSE")
    }

    /// τ²-bench's domains with two tasks each.
    static func tau2(in directory: TemporaryDirectory, under top: String) throws {
        for name in ["airline", "retail", "telecom"] {
            let folder = "\(top)/domains/\(name)"
            try directory.write("[{\"id\": \"a\"}, {\"id\": \"b\"}]", to: "\(folder)/tasks.json")
            try directory.write("{\"base\": [\"a\", \"b\"], \"test\": [\"b\"]}", to: "\(folder)/split_tasks.json")
            try directory.write("[]", to: "\(folder)/tasks_voice.json")
            if name == "telecom" {
                for file in ["db.toml", "user_db.toml", "main_policy.md", "tech_support_manual.md"] {
                    try directory.write("x = 1\n", to: "\(folder)/\(file)")
                }
            } else {
                try directory.write("{\"users\": {}}", to: "\(folder)/db.json")
                try directory.write("policy", to: "\(folder)/policy.md")
            }
        }
        try directory.write("play", to: "\(top)/user_simulator/simulation_guidelines.md")
        try directory.write("play with tools", to: "\(top)/user_simulator/simulation_guidelines_tools.md")
    }

    /// SWE-bench Pro with one instance.
    static func sweBenchPro(in directory: TemporaryDirectory, under top: String) throws {
        for file in ["run_script.sh", "parser.py", "instance_info.txt"] {
            try directory.write("x", to: "\(top)/run_scripts/instance_o__r-1/\(file)")
        }
        for kind in ["base", "instance"] {
            try directory.write("FROM x\n", to: "\(top)/dockerfiles/\(kind)_dockerfile/instance_o__r-1/Dockerfile")
        }
        try directory.write("print()", to: "\(top)/helper_code/help.py")
    }

    /// A tar file of everything in a directory.
    static func tar(_ directory: TemporaryDirectory, _ paths: [String]) throws -> [UInt8] {
        var tar = TarBuilder()
        tar.addExtended([("comment", HubHarness.commit)], type: "g")
        for path in paths { tar.add(path, try directory.read(path)) }
        return gzip(tar.finished)
    }

    /// An installer that cannot reach anything.
    static func installer(_ directory: TemporaryDirectory) -> DataInstaller {
        DataInstaller(
            client: HubClient(http: HTTPClient(), settings: HubSettings(cacheDirectory: directory.path + "/cache")))
    }
}
