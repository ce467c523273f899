TestEmpty() { [ -z "$(echo pop | awk -f stack.awk)" ]; }
TestOrder() { [ "$(printf 'push a\npush b\npop\n' | awk -f stack.awk)" = b ]; }
TestDrain() { [ "$(printf 'push a\npush b\npop\npop\n' | awk -f stack.awk | tr -d '\n')" = ba ]; }
