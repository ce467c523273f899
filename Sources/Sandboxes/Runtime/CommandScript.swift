import Evaluation

/// The shell script that runs a command in a container: its deadline, its input, and the marks that say how it ended.
///
/// It needs a POSIX shell, and `timeout` for deadlines; both are in Debian's base images.
enum CommandScript {
    /// What the script is told before the command's own words.
    struct Order {
        /// A word that the command cannot guess.
        var token: String
        /// Whole seconds that it may run; 0 means no limit.
        var seconds: Int
        var graceSeconds: Int
        var mergesStandardError: Bool
        /// A file with its input, removed when it is open; empty means none.
        var inputFile: String
        /// Where the sandbox's commands start, and where this one does from there; empty means where the container does.
        var directories: (base: String, own: String)
    }

    /// The words that run a command.
    static func words(_ order: Order, _ command: [String]) -> [String] {
        [
            "/bin/sh", "-c", text, "gage", order.token, String(order.seconds), String(order.graceSeconds),
            order.mergesStandardError ? "1" : "", order.inputFile, order.directories.base, order.directories.own,
        ] + command
    }

    /// The words that end whatever a command left running.
    static func sweepWords(_ token: String) -> [String] { ["/bin/sh", "-c", sweep + "sweep", "gage", token] }

    /// Ends every process that has the command's token in its environment, until none is found.
    private static let sweep = """
        n=$1
        sweep() {
            for round in 1 2 3 4 5; do
                found=
                for p in /proc/[0-9]*; do
                    q=${p#/proc/}
                    [ "$q" = "$$" ] && continue
                    if grep -q "GAGE_COMMAND=$n" "$p/environ" 2>/dev/null; then
                        kill -9 "$q" 2>/dev/null && found=1
                    fi
                done
                [ -z "$found" ] && return
            done
        }

        """

    /// Output comes with a mark at the end of each stream, behind everything that the command wrote to it; the errors'
    /// mark says the exit status and how many processes were killed for lack of memory.
    private static let text =
        sweep + """
            s=$2 g=$3 m=$4 i=$5 w=$6 d=$7
            shift 7
            oom() {
                k=0
                for f in /sys/fs/cgroup/memory/memory.oom_control /sys/fs/cgroup/memory.events; do
                    [ -r "$f" ] || continue
                    while read -r a b; do [ "$a" = oom_kill ] && k=$b; done <"$f"
                done
            }
            finish() {
                oom
                printf '\\n%s %s %s\\n' "$n" "$1" "$((k-o))" >&2
                printf '\\n%s %s %s\\n' "$n" "$1" "$((k-o))"
                exit "$1"
            }
            oom
            o=$k
            if [ -n "$i" ]; then exec <"$i"; rm -f "$i" 2>/dev/null; fi
            if [ -n "$w" ]; then cd "$w" || finish 126; fi
            if [ -n "$d" ]; then cd "$d" || finish 126; fi
            [ "$s" != 0 ] && set -- timeout -k "$g" "$s" "$@"
            export GAGE_COMMAND="$n"
            if [ -n "$m" ]; then "$@" 2>&1; else "$@"; fi
            r=$?
            if [ "$s" != 0 ]; then case $r in 124 | 137 | 143) sweep ;; esac; fi
            finish "$r"
            """
}
