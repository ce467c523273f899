greets_by_name() { [ "$(sh greet.sh Ada)" = "Hello Ada" ]; }
