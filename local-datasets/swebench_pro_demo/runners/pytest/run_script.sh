#!/bin/bash
cd /app
IFS=',' read -r -a files <<< "$1"
python3 -m pytest -rA -v -p no:cacheprovider "${files[@]}"
