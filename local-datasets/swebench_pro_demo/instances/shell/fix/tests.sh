greets_by_name() { [ "$(sh greet.sh Ada)" = "Hello Ada" ]; }
greets_everybody() { [ "$(sh greet.sh)" = "Hello everybody" ]; }
