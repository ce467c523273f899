#!/usr/bin/env bash
# Measures assistants on PAUSE's saved tasks: leads dialogues about them, evaluates them, scores the orders.
# Variables: RUN_NAME, RUN_DIR, BRANCH, ROUTES (a YAML file), LIMIT, GAGE. Run run_prepare.sh first.
set -euo pipefail
RUN_NAME=${RUN_NAME:-testrun}
RUN_DIR=${RUN_DIR:-runs/$RUN_NAME}
BRANCH=${BRANCH:-all}
root=$(cd "$(dirname "$0")/.." && pwd)
GAGE=${GAGE:-$(command -v gage || echo "$root/.build/release/gage")}
routes=(); [ -z "${ROUTES:-}" ] || routes=(--routes "$ROUTES")
limit=(); [ -z "${LIMIT:-}" ] || limit=(--limit "$LIMIT")
saved=$RUN_DIR/saved_tasks
evaluated=$RUN_DIR/evaluated_tasks
if [ ! -d "$saved" ]; then
    echo "there are no saved tasks at $saved; run scripts/run_prepare.sh first" >&2
    exit 2
fi

echo "[1/2] Leading dialogues"
"$GAGE" pause run-user-tasks --tasks_files "$saved" --branch "$BRANCH" --output_dir "$RUN_DIR/inference_logs" --inference \
    "${routes[@]}" "${limit[@]}"
echo "[2/2] Evaluating"
"$GAGE" pause evaluate-trajs --tasks_dir "$saved" --branch "$BRANCH" --evaluated_tasks_dir "$evaluated" \
    "${routes[@]}" "${limit[@]}"
if grep -q '"shopping": \[' "$saved"/*.json; then
    "$GAGE" pause evaluate-trajs-shopping --tasks_dir "$saved" --evaluated_tasks_dir "$evaluated/shopping"
    "$GAGE" pause summarize-shopping-scores --evaluated_dir "$evaluated/shopping"
fi
echo "Evaluated tasks: $evaluated"
