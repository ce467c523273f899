"""The work that is measured: data sets and configurations for gage, the same shape for its peers."""
import json, os, shutil

import measure

# The τ² shop of the quick start, and one of its orders: five look-ups, then an answer.
SHOP = os.path.join(measure.ROOT, "local-datasets/quickstart")
ORDER = "#W1000001"
TOOL_CALLS = 5

QUESTIONS = """\
api_version: gage/v1
kind: PipelineConfig
metadata: {{name: bench}}
datasets:
  - dataset_id: data
    loader: jsonl
    params: {{path: data.jsonl, preprocess: default}}
backends:
  - backend_id: model
    type: {kind}
    config: {config}
role_adapters:
  - {{adapter_id: model, role_type: dut_model, backend_id: model}}
metrics:
  - metric_id: exact_match
    implementation: exact_match
tasks:
  - task_id: bench
    dataset_id: data
    concurrency: {concurrency}
    steps:
      - {{step: inference, adapter_id: model}}
      - {{step: auto_eval}}
"""

TOOLS = """\
api_version: gage/v1
kind: PipelineConfig
metadata: {{name: tools}}
datasets:
  - dataset_id: shop
    loader: tau2_tasks
    params: {{domain: retail, data_dir: shop, preprocess: tau2_preprocessor}}
backends:
  - backend_id: model
    type: openai_http
    config: {config}
  - backend_id: user
    type: scripted
    config: {{path: user.json}}
agent_backends:
  - {{agent_backend_id: agent, type: model_backend, backend_id: model, config: {{force_tool_choice: never}}}}
sandbox_profiles:
  - sandbox_id: shop_world
    runtime: tau2
    runtime_configs: {{data_dir: shop, user_backend_id: user}}
role_adapters:
  - {{adapter_id: bootstrap, role_type: context_provider, params: {{implementation: tau2_bootstrap}}}}
  - adapter_id: agent
    role_type: dut_agent
    agent_backend_id: agent
    sandbox: {{sandbox_id: shop_world, lifecycle: per_sample}}
  - {{adapter_id: judge, role_type: judge_extend, params: {{implementation: tau2_eval}}}}
metrics:
  - {{metric_id: reward, implementation: tau2_reward}}
tasks:
  - task_id: tools
    dataset_id: shop
    max_samples: 1
    trials: {episodes}
    concurrency: {concurrency}
    steps:
      - {{step: support, adapter_id: bootstrap}}
      - {{step: inference, adapter_id: agent}}
      - {{step: judge, adapter_id: judge}}
      - {{step: auto_eval}}
"""

ECHO = {"responses": [], "echo_prompt": True}


def http(url):
    return {"base_url": url, "model": "mock", "api_key": "none"}


def questions(folder, count, kind="dummy", config=ECHO, concurrency=8):
    """Question-and-answer records and their configuration in a folder."""
    with open(f"{folder}/data.jsonl", "w") as file:
        for index in range(count):
            file.write(json.dumps({"id": f"s{index}", "question": f"{index}?", "answer": f"{index}?"}) + "\n")
    with open(f"{folder}/run.yaml", "w") as file:
        file.write(QUESTIONS.format(kind=kind, config=json.dumps(config), concurrency=concurrency))


def tools(folder, count, url, concurrency=8):
    """Episodes of a shop: a scripted user asks, the model looks an order up five times and answers, the world is graded."""
    if not os.path.exists(f"{folder}/shop"):
        shutil.copytree(SHOP, f"{folder}/shop")
    with open(f"{folder}/user.json", "w") as file:
        json.dump({"replies": [f"What is in order {ORDER}?", "Thank you. ###STOP###"], "cycle": True}, file)
    with open(f"{folder}/run.yaml", "w") as file:
        file.write(TOOLS.format(config=json.dumps(http(url)), episodes=count, concurrency=concurrency))


def gage(folder, run_id="bench", *more, **options):
    return measure.run([measure.GAGE, "run", "--config", "run.yaml", "--run-id", run_id, "-q", *more], folder, **options)


def summary(folder, run_id="bench"):
    with open(f"{folder}/runs/{run_id}/summary.json") as file:
        return json.load(file)


def check_scored(folder, count, run_id="bench"):
    """A figure of a run that failed is none."""
    scored = summary(folder, run_id)["outcomes"]["scored"]
    if scored != count:
        raise SystemExit(f"bench: {scored} of {count} episodes were scored in {folder}/runs/{run_id}")


def episode_seconds(folder, run_id="bench"):
    """Seconds from the first episode's start to the last one's end, by the run's own events."""
    first, last = None, None
    with open(f"{folder}/runs/{run_id}/events.jsonl") as file:
        for line in file:
            if '"episode_started"' in line and first is None:
                first = json.loads(line)["created_at"]
            elif '"episode_finished"' in line:
                last = line
    return json.loads(last)["created_at"] - first
