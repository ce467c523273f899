import Glibc

/// Makes the process one that a vanished reader, a file size limit or a closed standard stream cannot end or confuse.
enum ProcessSetup {
    /// To be called before anything is opened or written.
    static func prepare() {
        // Writing to a pipe that nobody reads, or past `ulimit -f`, is an error of that write, with a message, and not
        // the end of the process. Programs that gage starts get the default handling back.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        occupyStandardStreams()
    }

    /// Opens what was closed of descriptors 0, 1 and 2.
    ///
    /// Otherwise the next file, the journal maybe, would get the number, and progress would be written into it.
    private static func occupyStandardStreams() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            // The lowest free number is this one, because those below it are open.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY)
        }
    }
}
