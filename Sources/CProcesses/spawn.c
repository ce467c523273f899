#define _GNU_SOURCE
#include "CProcesses.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x00001000
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

extern char **environ;

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
// The thread sanitizer takes every clone() for a fork and prepares itself for a copy of the memory, which there is none of here.
extern int __clone(int (*function)(void *), void *stack, int flags, void *argument, ...);
#define clone __clone
#endif
#endif

char *const *gage_environment(void) { return environ; }

int gage_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// The child shares the caller's memory until it starts its program, and the calling thread sleeps until then. So the child
// reports a failure by writing to the caller's variables, needs no pipe for it, and costs the same however large the caller is.
// It must not allocate, lock, or run a signal handler of the caller, and makes its system calls without the C library's wrappers,
// which a sanitizer replaces and which keep books about the caller.

struct child_context {
    const struct gage_spawn_request *request;
    struct gage_spawn_result *result;
    pid_t parent;
};

enum { signal_mask_bytes = (NSIG - 1) / 8 };

static void fail(struct child_context *context, int stage) {
    context->result->error = errno ? errno : EINVAL;
    context->result->stage = stage;
    syscall(SYS_exit_group, 127);
}

static void reset_signals(void) {
    // The kernel's own structure, whose layout depends on the processor: all zero means default handling on each. It also resets
    // the two signals that the C library uses itself, which a parent may have left ignored.
    static const unsigned long defaults[8], none[signal_mask_bytes / sizeof(unsigned long)];
    for (int number = 1; number < NSIG; number++) {
        // Fails for SIGKILL and SIGSTOP, which are always handled by default.
        syscall(SYS_rt_sigaction, number, defaults, NULL, signal_mask_bytes);
    }
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, none, NULL, signal_mask_bytes);
}

static long close_from(int first) {
    if (syscall(SYS_close_range, (unsigned)first, ~0U, 0U) == 0) {
        return 0;
    }
    struct rlimit limit;
    if (syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &limit) != 0) {
        return -1;
    }
    int end = limit.rlim_cur > 1 << 20 ? 1 << 20 : (int)limit.rlim_cur;
    for (int descriptor = first; descriptor < end; descriptor++) {
        syscall(SYS_close, descriptor);
    }
    return 0;
}

static long apply_limit(const struct gage_limit *wanted) {
    struct rlimit limit;
    if (syscall(SYS_prlimit64, 0, wanted->resource, NULL, &limit) != 0) {
        return -1;
    }
    if (wanted->hard < limit.rlim_max) {
        limit.rlim_max = wanted->hard;
    }
    limit.rlim_cur = wanted->soft < limit.rlim_max ? wanted->soft : limit.rlim_max;
    return syscall(SYS_prlimit64, 0, wanted->resource, &limit, NULL);
}

static void execute(const struct gage_spawn_request *request) {
    char *const *environment = request->environment ? request->environment : environ;
    int denied = 0;
    for (char *const *path = request->paths; *path; path++) {
        syscall(SYS_execve, *path, request->arguments, environment);
        if (errno == EACCES) {
            denied = 1;
        } else if (errno != ENOENT && errno != ENOTDIR) {
            return;
        }
    }
    // As a shell does: a program that exists but may not be run matters more than the places where there is none.
    errno = denied ? EACCES : ENOENT;
}

static int child_main(void *argument) {
    struct child_context *context = argument;
    const struct gage_spawn_request *request = context->request;
    errno = 0;
    if (syscall(SYS_setsid) < 0) {
        fail(context, GAGE_SPAWN_SESSION);
    }
    if (request->dies_with_parent) {
        if (syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) {
            fail(context, GAGE_SPAWN_PARENT_DEATH);
        }
        // The parent may have ended before the kernel knew what to do then.
        if (syscall(SYS_getppid) != context->parent) {
            syscall(SYS_exit_group, 127);
        }
    }
    for (int target = 0; target < 3; target++) {
        if (syscall(SYS_dup3, request->descriptors[target], target, 0) < 0) {
            fail(context, GAGE_SPAWN_DESCRIPTORS);
        }
    }
    if (close_from(3) != 0) {
        fail(context, GAGE_SPAWN_DESCRIPTORS);
    }
    if (request->working_directory && syscall(SYS_chdir, request->working_directory) != 0) {
        fail(context, GAGE_SPAWN_WORKING_DIRECTORY);
    }
    for (size_t index = 0; index < request->limit_count; index++) {
        if (apply_limit(&request->limits[index]) != 0) {
            fail(context, GAGE_SPAWN_LIMITS);
        }
    }
    reset_signals();
    execute(request);
    fail(context, GAGE_SPAWN_EXECUTE);
    return 127;
}

void gage_spawn(const struct gage_spawn_request *request, struct gage_spawn_result *result) {
    *result = (struct gage_spawn_result){.pid = -1, .pid_descriptor = -1};
    struct child_context context = {.request = request, .result = result, .parent = getpid()};
    _Alignas(16) char stack[64 * 1024];

    // A handler of the caller must not run in the child, which is in the caller's memory; the child unblocks when none is left.
    sigset_t all, previous;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &previous);
    int pid_descriptor = -1;
    pid_t pid = clone(child_main, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &context,
                      &pid_descriptor);
    int clone_error = errno;
    pthread_sigmask(SIG_SETMASK, &previous, NULL);

    if (pid < 0) {
        result->error = clone_error;
        result->stage = GAGE_SPAWN_CLONE;
        return;
    }
    if (result->error != 0) {
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
        }
        if (pid_descriptor >= 0) {
            close(pid_descriptor);
        }
        return;
    }
    result->pid = pid;
    result->pid_descriptor = pid_descriptor;
}
