import Glibc
import JSON
import Processes
import Testing

/// Works in a directory with the project's configurations and data beside its own `data/`.
private struct Workplace: ~Copyable {
    let directory: TemporaryDirectory

    init() throws {
        let directory = try TemporaryDirectory()
        for name in ["config", "local-datasets"] {
            guard symlink("\(GageBinary.root)/\(name)", "\(directory.path)/\(name)") == 0 else {
                throw TemporaryDirectoryError(errno: errno)
            }
        }
        self.directory = directory
    }

    func gage(_ line: String, environment: [String: String] = [:]) async throws -> ProcessResult {
        let words = line.split(separator: " ").map(String.init)
        return try await Processes.run(
            GageBinary.command(words, in: directory.path, environment: environment))
    }

    func lines(_ name: String) throws -> [Substring] { try directory.text(name).split(separator: "\n") }
}

@Suite struct ProactiveCommandTests {
    @Test func thePublishedCommandLinesWorkWithoutAKey() async throws {
        let place = try Workplace()
        let generated = try await place.gage(
            "proactive generate-trajectories --mode synthetic --domain coding --n_states 50 "
                + "--out logs/traj_synth_coding.jsonl", environment: ["OPENAI_API_KEY": ""])
        #expect(generated.code == 0, "\(generated.complaint)")
        #expect(try place.lines("data/logs/traj_synth_coding.jsonl").count == 150)
        let before = try place.directory.text("data/logs/traj_synth_coding.jsonl")
        for (name, extra) in [("a", ""), ("b", " --alpha 0"), ("c", " --cost v2 --w_interrupt 0.2")] {
            let computed = try await place.gage(
                "proact compute-rewards --trajectories logs/traj_synth_coding.jsonl --out dpo/\(name).jsonl" + extra)
            #expect(computed.code == 0, "\(computed.complaint)")
        }
        #expect(try place.directory.text("data/logs/traj_synth_coding.jsonl") == before)
        #expect(try place.lines("data/dpo/a.jsonl").count == 50)
        for line in try place.lines("data/dpo/a.jsonl") {
            #expect(try JSONValue.parse(String(line))["chosen_action"] == "Execute")
        }
        // Without a price of asking both actions are worth the same: code without tests is worth a half.
        #expect(try place.directory.text("data/dpo/b.jsonl").isEmpty)
    }

    @Test func mbppBecomesStatesAndDialogues() async throws {
        let place = try Workplace()
        let converted = try await place.gage(
            "proactive convert-mbpp --in local-datasets/proactive/mbpp_fixture.jsonl --split all --with_solution")
        #expect(converted.code == 0, "\(converted.complaint)")
        let generated = try await place.gage(
            "proactive generate-trajectories --mode dataset --domain coding --dataset_path data/seeds/mbpp_states.jsonl "
                + "--n_states 4 --dummy oracle --multi_turn --no_tests --max_turns 5 --out logs/multi.jsonl")
        #expect(generated.code == 0, "\(generated.complaint)")
        #expect(generated.output.contains("dialogues with the task done: 4 of 4"))
    }

    @Test func whatIsMissingIsSaidWithWhatToDo() async throws {
        let place = try Workplace()
        let missing = try await place.gage("proactive convert-mbpp")
        #expect(missing.code == 2)
        #expect(missing.complaint.contains("gage data fetch mbpp"))
        let external = try await place.gage("proactive generate-trajectories --out external/x.jsonl")
        #expect(external.code == 2)
        #expect(external.complaint.contains("never written to"))
        let prompts = try await place.gage("proactive generate-trajectories --prompts_dir nowhere")
        #expect(prompts.code == 2)
        #expect(prompts.complaint.contains("nowhere/coding_clarify.txt"))
        let key = try await place.gage(
            "proactive generate-trajectories --llm_model gpt-4o-mini", environment: ["OPENAI_API_KEY": ""])
        #expect(key.code == 2)
        #expect(key.complaint.contains("OPENAI_API_KEY"))
    }

    @Test func aRunOfTheQuickTestGivesTheCommandsFiles() async throws {
        let place = try Workplace()
        _ = try await place.gage("proactive generate-trajectories --n_states 50 --out logs/t.jsonl")
        _ = try await place.gage("proactive compute-rewards --trajectories logs/t.jsonl --out dpo/p.jsonl")
        let run = try await place.gage(
            "run --config config/proactive/seed_synthetic.yaml --output-dir runs --run-id p1")
        #expect(run.code == 0, "\(run.complaint)")
        let artifacts = "runs/p1/proactive_artifacts"
        #expect(
            try place.directory.text("\(artifacts)/trajectories.jsonl") == place.directory.text("data/logs/t.jsonl"))
        #expect(try place.directory.text("\(artifacts)/prefs.jsonl") == place.directory.text("data/dpo/p.jsonl"))
        #expect(try place.directory.json("runs/p1/summary.json")["proactive_summary"]?["trajectories"] == 150)
        #expect(try place.directory.text("runs/p1/report.html").contains("Reward by user and action"))
    }
}
