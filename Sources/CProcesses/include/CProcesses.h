#ifndef GAGE_CPROCESSES_H
#define GAGE_CPROCESSES_H

// For Swift, whose own C library module has neither.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/types.h>

/// The step at which starting a child failed.
enum gage_spawn_stage {
    GAGE_SPAWN_CLONE = 1,
    GAGE_SPAWN_SESSION,
    GAGE_SPAWN_PARENT_DEATH,
    GAGE_SPAWN_DESCRIPTORS,
    GAGE_SPAWN_LIMITS,
    GAGE_SPAWN_WORKING_DIRECTORY,
    GAGE_SPAWN_EXECUTE,
};

/// A limit of setrlimit(2). Only ever lowers what the parent has: higher values are cut to the parent's hard limit.
struct gage_limit {
    int resource;
    unsigned long long soft;
    unsigned long long hard;
};

/// What to start. All pointers are borrowed for the duration of the call.
struct gage_spawn_request {
    /// Paths to try in order, ended by a null pointer; a path without a slash is not looked up anywhere.
    char *const *paths;
    char *const *arguments;
    /// Null means the caller's own environment.
    char *const *environment;
    /// Null means the caller's own working directory.
    const char *working_directory;
    /// The child's standard input, output and error; each above 2. All other descriptors are closed in the child.
    int descriptors[3];
    const struct gage_limit *limits;
    size_t limit_count;
    /// Non-zero: the kernel kills the child when the calling thread ends.
    int dies_with_parent;
};

struct gage_spawn_result {
    pid_t pid;
    /// A descriptor that becomes readable when the child ends, or -1 where the kernel has none.
    int pid_descriptor;
    /// Zero, or the errno of the failed stage; then there is no child.
    int error;
    int stage;
};

/// Starts a child as the leader of a new session and process group, with default signal handling and no signal blocked.
/// Returns after the child has started its program or has failed to; no zombie is left in that case.
void gage_spawn(const struct gage_spawn_request *request, struct gage_spawn_result *result);

/// Makes a pipe whose ends are closed when a program is executed; ends[0] reads. Returns -1 with errno set on failure.
int gage_pipe(int ends[2]);

/// The environment of this process.
char *const *gage_environment(void);

#endif
