# A stack of lines: "push X" and "pop"; pop prints what was pushed last.
$1 == "push" { items[++size] = $2 }
$1 == "pop" { if (size > 0) print items[size--] }
