# A stack of lines: "push X" and "pop"; pop prints what was pushed first.
$1 == "push" { items[++size] = $2 }
$1 == "pop" { if (size > 0) { print items[1]; for (i = 1; i < size; i++) items[i] = items[i + 1]; size-- } }
