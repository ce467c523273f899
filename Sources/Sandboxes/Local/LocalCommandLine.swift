import Evaluation
import Processes

/// The directories of a local sandbox on this machine, and who its programs run as.
struct LocalPlace: Sendable {
    /// Holds the others; programs cannot see it.
    var root: String
    /// The user that programs run as, when gage runs as root; nil means gage's own.
    var user: UInt32?

    var work: String { root + "/work" }
    var temporary: String { root + "/tmp" }
    /// Where `unshare` builds its file system.
    var stage: String { root + "/stage" }
}

/// Puts together the command line that runs a program in a local sandbox.
struct LocalCommandLine {
    let mechanism: IsolationMechanism
    let place: LocalPlace
    let profile: LocalProfile

    /// Directories and files of the system that programs may read; what is not there is left out.
    private static let system = [
        "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/alternatives", "/etc/ld.so.cache",
        "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/ssl", "/etc/ca-certificates", "/etc/localtime", "/etc/passwd",
        "/etc/group", "/etc/nsswitch.conf", "/etc/python3", "/etc/python3.11", "/etc/mime.types", "/etc/services",
        "/etc/protocols",
    ]

    private var visible: [String] { Self.system + profile.settings.readOnlyDirectories }

    /// The program and the arguments that run a command with these words, its deadline inside.
    func words(_ command: SandboxCommand) -> [String] {
        let inner = limited(timed(command))
        let directory = command.workingDirectory ?? profile.settings.execWorkingDirectory ?? defaultDirectory
        return switch mechanism {
        case .auto, .bubblewrap: asUser + bubblewrap(directory) + inner
        case .unshare: asUser + unshared(directory) + inner
        case .weak: asUser + ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory] + inner
        }
    }

    /// The variables that programs find.
    func environment(_ command: SandboxCommand) -> [String: String] {
        var variables = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": defaultDirectory,
            "LANG": "C.UTF-8", "USER": "sandbox",
        ]
        if mechanism == .weak { variables["TMPDIR"] = place.temporary }
        variables.merge(profile.settings.environment.variables) { _, own in own }
        variables.merge(command.environment) { _, own in own }
        return variables
    }

    var defaultDirectory: String { mechanism == .weak ? place.work : "/workspace" }

    /// Root gives its rights up, so that limits that count by user hold.
    private var asUser: [String] {
        guard let user = place.user else { return [] }
        return ["setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups", "--no-new-privs", "--"]
    }

    private func timed(_ command: SandboxCommand) -> [String] {
        guard let timeout = command.timeout else { return command.arguments }
        let grace = max(1, command.gracePeriod.secondsRoundedUp)
        return ["timeout", "-k", String(grace), String(max(1, timeout.secondsRoundedUp))] + command.arguments
    }

    /// The number of processes is counted in the sandbox's own user space, so that it is set in there.
    private func limited(_ words: [String]) -> [String] {
        let text = "ulimit -u $0 2>/dev/null || ulimit -p $0 2>/dev/null; exec \"$@\""
        return ["/bin/sh", "-c", text, String(profile.resources.processes ?? 512)] + words
    }

    private func bubblewrap(_ directory: String) -> [String] {
        var words = [
            "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--hostname", "sandbox", "--cap-drop",
            "ALL",
        ]
        for path in visible { words += ["--ro-bind-try", path, path] }
        words += [
            "--proc", "/proc", "--dev", "/dev", "--bind", place.temporary, "/tmp", "--bind", place.work, "/workspace",
            "--size", String(64 << 20), "--tmpfs", "/dev/shm", "--remount-ro", "/dev", "--remount-ro", "/",
            "--chdir", directory, "--",
        ]
        return words
    }

    private func unshared(_ directory: String) -> [String] {
        [
            "unshare", "--user", "--map-root-user", "--mount", "--net", "--pid", "--ipc", "--uts", "--fork",
            "--kill-child=KILL", "/bin/sh", "-c", Self.buildScript, "build", place.stage, place.work, place.temporary,
            directory, visible.joined(separator: ":"),
        ]
    }

    /// Builds the file system that bubblewrap would, moves into it, and gives up all rights in it.
    ///
    /// Runs as root of a user space of its own: everything it mounts is seen by nobody else and ends with it.
    private static let buildScript = """
        set -e
        root=$1 work=$2 tmp=$3 dir=$4 visible=$5
        shift 5
        mount --make-rprivate /
        mount -t tmpfs -o size=1m,mode=755 sandbox "$root"
        cd "$root"
        mkdir -p proc dev tmp workspace etc old
        IFS=:
        for path in $visible; do
            if [ -L "$path" ]; then
                ln -s "$(readlink "$path")" ".$path"
            elif [ -d "$path" ]; then
                mkdir -p ".$path"
                mount --rbind "$path" ".$path"
                mount -o remount,bind,ro,nosuid,nodev ".$path"
            elif [ -e "$path" ]; then
                mkdir -p ".$(dirname "$path")"
                : >".$path"
                mount --bind "$path" ".$path"
                mount -o remount,bind,ro,nosuid,nodev ".$path"
            fi
        done
        unset IFS
        for device in null zero full random urandom; do
            : >"dev/$device"
            mount --bind "/dev/$device" "dev/$device"
        done
        mkdir dev/shm
        mount -t tmpfs -o size=64m,mode=1777 sandbox dev/shm
        ln -s /proc/self/fd dev/fd
        ln -s /proc/self/fd/0 dev/stdin
        ln -s /proc/self/fd/1 dev/stdout
        ln -s /proc/self/fd/2 dev/stderr
        mount --bind "$work" workspace
        mount --bind "$tmp" tmp
        mount -t proc proc proc
        pivot_root . old
        cd /
        umount -l /old
        rmdir /old
        mount -o remount,bind,ro / 2>/dev/null || mount -o remount,ro /
        cd "$dir"
        exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs -- "$@"
        """
}
