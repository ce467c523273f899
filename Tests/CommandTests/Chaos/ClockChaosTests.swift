import Glibc
import JSON
import Processes
import Testing

/// A wall clock that jumps while a run goes on: deadlines, durations and order are the monotonic clock's.
///
/// A small library, compiled here and loaded before the C library, answers for the wall clock; the machine's own clock
/// is left alone.
@Suite(
    "Chaos: clocks", .enabled(if: ChaosTools.compiler != nil, "no C compiler to make the clock with"))
struct ClockChaosTests {
    /// How the wall clock behaves.
    enum Clock: String, CaseIterable {
        case backwards = "an hour back at every look"
        case forwards = "a day ahead at every look"
        case random = "anywhere within a year at every look"
    }

    @Test(arguments: Clock.allCases)
    func theWallClockDecidesNothing(clock: Clock) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let calm = try await ChaosShop.calm(in: directory)
        try await Self.compile(clock, in: directory)
        let result = try await ChaosShop.withServers(["--fault", "rate_limit/3", "--retry-after", "0.2"]) { servers in
            var command = ChaosShop.command(
                "jumping", at: servers, in: path,
                ["--max-time", "60", "--set", "tasks[0].timeout_s=60"])
            command.environment = .inheritAdding(["LD_PRELOAD": "\(path)/clock.so", "NO_COLOR": "1"])
            return try await Processes.run(command)
        }
        #expect(result.code == 0, "\(result.complaint)")
        #expect(try ChaosRun(directory, "jumping") == calm)
        let summary = try directory.json("jumping/summary.json")
        let runtime = try #require(summary.at("run.timings.wall_runtime_s")?.doubleValue)
        #expect(runtime > 0 && runtime < 60)
        for line in try ChaosRun.lines(of: "jumping/samples.jsonl", in: directory) {
            let seconds = try #require(line["duration_s"]?.doubleValue)
            #expect(seconds >= 0 && seconds < 60)
        }
        let times = try ChaosRun.lines(of: "jumping/events.jsonl", in: directory).compactMap {
            $0["created_at"]?.doubleValue
        }
        let largest = zip(times, times.dropFirst()).map { abs($1 - $0) }.max() ?? 0
        #expect(largest > 3000, "the clock did not jump")
        ChaosTable.add(
            "wall clock \(clock.rawValue)",
            "12 of 12, same scores; no limit tripped; the run's time is that of a steady clock")
    }

    private static func compile(_ clock: Clock, in directory: borrowing TemporaryDirectory) async throws {
        try directory.write(source, to: "clock.c")
        let step =
            switch clock {
            case .backwards: "-3600L * ++looks"
            case .forwards: "86400L * ++looks"
            case .random: "(long)((++looks * 2654435761UL) % 31536000UL)"
            }
        let result = try await Processes.run(
            ProcessCommand(
                ChaosTools.compiler ?? "cc",
                [
                    "-shared", "-fPIC", "-O1", "-DSTEP=\(step)", "-o", "\(directory.path)/clock.so",
                    "\(directory.path)/clock.c",
                ]))
        #expect(result.code == 0, "\(result.complaint)")
    }

    private static let source = """
        #define _GNU_SOURCE
        #include <stdatomic.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static atomic_ulong looks;

        int clock_gettime(clockid_t clock, struct timespec *now) {
            int status = (int)syscall(SYS_clock_gettime, clock, now);
            if (status == 0 && clock == CLOCK_REALTIME) now->tv_sec += STEP;
            return status;
        }

        int gettimeofday(struct timeval *now, void *zone) {
            struct timespec time;
            (void)zone;
            if (clock_gettime(CLOCK_REALTIME, &time) != 0) return -1;
            now->tv_sec = time.tv_sec;
            now->tv_usec = time.tv_nsec / 1000;
            return 0;
        }

        time_t time(time_t *result) {
            struct timespec now;
            if (clock_gettime(CLOCK_REALTIME, &now) != 0) return (time_t)-1;
            if (result) *result = now.tv_sec;
            return now.tv_sec;
        }
        """
}
