TestEmpty() { [ -z "$(echo pop | awk -f stack.awk)" ]; }
