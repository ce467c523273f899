#!/bin/sh
# Greets whoever is named, else everybody.
echo "Hello ${1:-everybody}"
