#!/usr/bin/env bash
# Prepares PAUSE's tasks: generates them, leads dialogues about them, annotates these, keeps the tasks with a good reference.
# Variables: RUN_NAME, RUN_DIR, PROFILE_ID, NUM_USERS, RUNS_PER_BRANCH, BRANCH, RNG_SEED, ROUTES (a YAML file), LIMIT, GAGE.
set -euo pipefail
RUN_NAME=${RUN_NAME:-testrun}
RUN_DIR=${RUN_DIR:-runs/$RUN_NAME}
PROFILE_ID=${PROFILE_ID:-developing}
NUM_USERS=${NUM_USERS:-5}
RUNS_PER_BRANCH=${RUNS_PER_BRANCH:-5}
BRANCH=${BRANCH:-all}
root=$(cd "$(dirname "$0")/.." && pwd)
GAGE=${GAGE:-$(command -v gage || echo "$root/.build/release/gage")}
routes=(); [ -z "${ROUTES:-}" ] || routes=(--routes "$ROUTES")
limit=(); [ -z "${LIMIT:-}" ] || limit=(--limit "$LIMIT")
seed=(); [ -z "${RNG_SEED:-}" ] || seed=(--rng_seed "$RNG_SEED")
mkdir -p "$RUN_DIR"

echo "[1/4] Generating tasks"
# Tasks that are there are kept: their logs would be of other tasks otherwise.
if ! compgen -G "$RUN_DIR/tasks/*.json" >/dev/null; then
    "$GAGE" pause generate-tasks --profile_id "$PROFILE_ID" --user_num "$NUM_USERS" \
        --runs_per_branch "$RUNS_PER_BRANCH" --branch "$BRANCH" --output_dir "$RUN_DIR/tasks" "${seed[@]}"
fi
echo "[2/4] Leading dialogues"
"$GAGE" pause run-user-tasks --tasks_files "$RUN_DIR/tasks" --branch "$BRANCH" --output_dir "$RUN_DIR/logs" \
    "${routes[@]}" "${limit[@]}"
echo "[3/4] Annotating"
"$GAGE" pause annotate-trajs --logs_glob "$RUN_DIR/logs" --output_dir "$RUN_DIR/annotated_logs" --rerun "${routes[@]}"
echo "[4/4] Keeping tasks with a reference"
"$GAGE" pause extract-annotated-tasks --tasks_dir "$RUN_DIR/tasks" --annotated_logs_dir "$RUN_DIR/annotated_logs" \
    --tasks_saved_dir "$RUN_DIR/saved_tasks"
echo "Saved tasks: $RUN_DIR/saved_tasks"
