import Exports
import Glibc
import Processes
import Storage
import Testing

/// Logs are opened with inspect itself where scripts/inspect-environment has made it.
@Suite("Logs for inspect")
struct EvalLogTests {
    private static let python = getenv("GAGE_INSPECT_PYTHON").map { String(cString: $0) }
    private static let reason: Comment = "GAGE_INSPECT_PYTHON is not set: see scripts/inspect-environment"

    private func write(_ stored: StoredRun, task: Int) throws -> String {
        let run = try ExportedRun(path: stored.path)
        let log = EvalLog(run, task: run.tasks[task])
        let path = "\(stored.directory)/\(log.fileName)"
        try RunDirectory.writeExport(to: path) { file in try log.write { try file.append($0) } }
        return path
    }

    @Test func namesAreThoseOfInspect() async throws {
        let stored = try await StoredRun()
        let run = try ExportedRun(path: stored.path)
        let name = EvalLog(run, task: run.tasks[0]).fileName
        #expect(name.hasPrefix("2023-11-14T22-13-20+00-00_shop_") && name.hasSuffix(".eval"))
    }

    @Test(.enabled(if: python != nil, reason))
    func inspectReadsTheWholeLog() async throws {
        let stored = try await StoredRun()
        let path = try write(stored, task: 0)
        let program = """
            import sys
            from inspect_ai.log import read_eval_log, read_eval_log_sample, read_eval_log_sample_summaries
            log = read_eval_log(sys.argv[1])
            assert log.status == 'success' and log.eval.task == 'shop' and log.eval.model == 'gpt', log.eval
            assert log.eval.dataset.name == 'data' and log.eval.config.epochs == 2
            assert log.results.total_samples == 5 and log.results.completed_samples == 3
            scores = {s.name: s for s in log.results.scores}
            assert sorted(scores) == ['parts db', 'parts talk', 'shop_reward'], scores
            assert abs(scores['shop_reward'].metrics['mean'].value - 0.5) < 1e-12
            assert scores['shop_reward'].scored_samples == 3 and scores['shop_reward'].unscored_samples == 2
            assert log.stats.model_usage['gpt'].input_tokens == 1250, log.stats.model_usage
            assert abs(log.stats.model_usage['small'].total_cost - 0.005) < 1e-12
            assert len(log.samples) == 5
            by = {(s.id, s.epoch): s for s in log.samples}
            sample = by[('a/1', 1)]
            assert sample.target == 'a lamp' and [m.role for m in sample.input] == ['system', 'user']
            assert [m.role for m in sample.messages] == ['assistant', 'tool', 'user', 'user', 'assistant']
            assistant, tool, user, picture, last = sample.messages
            assert assistant.tool_calls[0].function == 'find' and assistant.tool_calls[0].arguments == {'what': 'lamp', 'size': 1.5}
            assert assistant.content[0].reasoning == 'lamps are on shelf 3' and assistant.text == 'Let me look'
            assert tool.tool_call_id == 'c1' and tool.error.message == 'no shelf 3'
            assert user.metadata['tool_calls'][0]['function'] == 'wait'
            assert picture.content[1].image.startswith('data:image/png')
            assert last.text == 'Here it is \\U0001fa94' and sample.output.completion == 'Here it is'
            assert sample.output.choices[0].stop_reason == 'stop'
            assert sample.scores['shop_reward'].value == 1 and sample.scores['parts'].value == {'db': 1, 'talk': 1}
            assert by[('a/1', 2)].scores['shop_reward'].value == 0
            assert by[('a/1', 2)].metadata['gage_tags'] == ['odd one']
            assert by[('a/1', 2)].metadata['gage_amended'][0]['reason'] == 'it was right'
            assert 'never' in by[('c', 1)].error.message and by[('c', 1)].scores is None
            assert by[('d', 1)].metadata['gage_outcome'] == 'unscorable'
            assert read_eval_log(sys.argv[1], header_only=True).samples is None
            one = read_eval_log_sample(sys.argv[1], id='a/1', epoch=2)
            assert one.uuid and one.metadata['domain'] == 'retail'
            summaries = read_eval_log_sample_summaries(sys.argv[1])
            assert len(summaries) == 5 and summaries[0].scores['shop_reward'].value == 1
            assert summaries[0].input == 'A lamp, please' and not [s for s in summaries if s.error and s.completed]
            """
        #expect(try await complaint(of: Self.python ?? "", program, [path]) == nil)
    }

    @Test(.enabled(if: python != nil, reason))
    func inspectsOwnCommandsOpenIt() async throws {
        let stored = try await StoredRun(status: .interrupted)
        let paths = [try write(stored, task: 0), try write(stored, task: 1)]
        let program = """
            import json, os, shutil, subprocess, sys, tempfile
            inspect = [sys.executable, '-m', 'inspect_ai']
            dump = json.loads(subprocess.run(inspect + ['log', 'dump', sys.argv[1]], capture_output=True, check=True).stdout)
            assert dump['status'] == 'cancelled' and len(dump['samples']) == 5
            listed = subprocess.run(inspect + ['log', 'list', '--json', '--log-dir', sys.argv[2]], capture_output=True, check=True)
            assert sorted(entry['task'] for entry in json.loads(listed.stdout)) == ['bank', 'shop'], listed.stdout
            place = tempfile.mkdtemp()
            out = place + '/bundle'
            subprocess.run(inspect + ['view', 'bundle', '--log-dir', sys.argv[2], '--output-dir', out], capture_output=True, check=True)
            assert os.path.exists(out + '/index.html') and len(os.listdir(out + '/logs')) >= 2
            shutil.rmtree(place)
            """
        #expect(try await complaint(of: Self.python ?? "", program, [paths[0], stored.directory]) == nil)
    }
}
