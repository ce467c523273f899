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

    /// Ends every process that has the command's token in its environment.
    ///
    /// It starts no process, for the container may hold all that it may have: the shell reads the environments itself
    /// (its `read` leaves zero bytes out). Processes are stopped until none is new and only then killed, so that none is
    /// born meanwhile; and their ends are awaited, since a process counts until init has fetched its status.
    private static let sweep = """
        n=$1
        marked() {
            {
                while IFS= read -r e || [ -n "$e" ]; do
                    case $e in *"GAGE_COMMAND=$n"*) return 0 ;; esac
                done <"$1/environ"
            } 2>/dev/null
            return 1
        }
        sweep() {
            found=' '
            for round in 1 2 3 4 5 6 7 8 9 10; do
                new=
                for p in /proc/[0-9]*; do
                    q=${p#/proc/}
                    [ "$q" = "$$" ] && continue
                    case $found in *" $q "*) continue ;; esac
                    if marked "$p" && kill -STOP "$q" 2>/dev/null; then
                        found="$found$q "
                        new=1
                    fi
                done
                [ -z "$new" ] && break
            done
            for q in $found; do kill -KILL "$q" 2>/dev/null; done
            round=0
            while [ "$round" -lt 200 ]; do
                left=
                for q in $found; do [ -d "/proc/$q" ] && left=1 && break; done
                [ -z "$left" ] && return
                round=$((round + 1))
            done
        }

        """

    /// The statuses with which a shell gives up that cannot start a process: dash's and busybox's, and bash's.
    ///
    /// The text starts none once the command has run, so a script that ended like this has not run it.
    static let startless = [2, 254]

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
