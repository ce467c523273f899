#!/bin/bash
cd /app
. ./stack_test.sh
for name in $(echo "$1" | tr ',' ' '); do
  echo "=== RUN   $name"
  if "$name"; then echo "--- PASS: $name (0.00s)"; else echo "--- FAIL: $name (0.00s)"; fi
done
