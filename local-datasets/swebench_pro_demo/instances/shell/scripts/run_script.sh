#!/bin/bash
cd /app
. ./tests.sh
for name in $(echo "$1" | tr ',' ' '); do
  if "$name"; then echo "ok $name"; else echo "not ok $name"; fi
done
