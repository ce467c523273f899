import Evaluation
import JSON
import Testing

@testable import Sandboxes

/// What a hostile program may do in every sandbox without harm to anything else: it gets a result, and the next command runs.
@Suite(.timeLimit(.minutes(6)))
struct HostileConformanceTests {
    private func expectUsable(_ sandbox: any CommandSandbox) async throws {
        let result = try await sandbox.run(shell("echo well"))
        #expect(result.standardOutput.text == "well\n")
        #expect(result.exitCode == 0)
    }

    /// Whether the file that a program writes to all the time has stopped growing.
    private func expectNoHeartbeat(_ sandbox: any CommandSandbox) async throws {
        let measure = "stat -c %s /tmp/beat 2>/dev/null"
        let result = try await sandbox.run(shell("[ \"$(\(measure))\" = \"$(sleep 0.5; \(measure))\" ] && echo still"))
        #expect(result.standardOutput.text == "still\n")
    }

    @Test(arguments: Provider.available)
    func endsAProgramThatIgnoresSignals(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            var command = shell("trap '' TERM INT HUP; echo begun; while :; do sleep 1; done", timeout: .seconds(1))
            command.gracePeriod = .seconds(1)
            let result = try await sandbox.run(command)
            #expect(result.timedOut)
            #expect(result.standardOutput.text == "begun\n")
            #expect(result.duration < .seconds(25))
            try await expectUsable(sandbox)
        }
    }

    @Test(arguments: Provider.available)
    func endsWhatATimedOutProgramLeftInSessionsOfItsOwn(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let lingering = #"trap "" TERM HUP; while :; do sleep 0.1; echo x >>/tmp/beat; done"#
            let result = try await sandbox.run(shell("setsid bash -c '\(lingering)' & sleep 500", timeout: .seconds(2)))
            #expect(result.timedOut)
            try await expectNoHeartbeat(sandbox)
        }
    }

    @Test(arguments: Provider.available)
    func returnsAlthoughABackgroundProcessHoldsTheOutput(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let result = try await sandbox.run(shell("sleep 300 & echo done"))
            #expect(result.standardOutput.text == "done\n")
            #expect(result.exitCode == 0)
            #expect(result.duration < .seconds(20))
        }
    }

    @Test(arguments: Provider.available)
    func capsAFloodWhileItStreams(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            var command = shell("head -c 30000000 /dev/zero; echo; echo last")
            command.outputLimit = SandboxOutputLimit(head: 1000, tail: 1000)
            let result = try await sandbox.run(command)
            #expect(result.exitCode == 0)
            #expect(result.standardOutput.totalBytes == 30_000_006)
            #expect(result.standardOutput.bytes.count == 2000)
            #expect(
                result.standardOutput.tail.elementsEqual([UInt8](repeating: 0, count: 994) + Array("\nlast\n".utf8)))
        }
    }

    @Test(arguments: Provider.available)
    func stopsAFloodWithoutEndAtItsTimeLimit(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            var command = shell("yes", timeout: .seconds(1))
            command.outputLimit = SandboxOutputLimit(head: 10, tail: 10)
            let result = try await sandbox.run(command)
            #expect(result.timedOut)
            #expect(result.standardOutput.head.elementsEqual("y\ny\ny\ny\ny\n".utf8))
        }
    }

    @Test(arguments: Provider.available)
    func passesBytesOnThatAreNoText(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let result = try await sandbox.run(shell(#"printf '\377\376a\000b\303'"#))
            #expect(result.standardOutput.bytes == [0xFF, 0xFE, 0x61, 0, 0x62, 0xC3])
            #expect(result.standardOutput.text.contains("\u{FFFD}"))
        }
    }

    @Test(arguments: Provider.available)
    func survivesAForkBomb(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let result = try await sandbox.run(shell("bomb() { bomb | bomb & }; bomb; sleep 30", timeout: .seconds(3)))
            #expect(result.duration < .seconds(60))
            try await expectUsable(sandbox)
        }
    }

    /// A Python program that holds all the processes that it may have, each in a session of its own, and takes more
    /// as soon as there are any; `first` runs before that, and writing to `full` says that there are no more.
    private static func hoarding(first: String) -> [String] {
        let program = """
            import os, time
            told, full = os.pipe()
            os.set_blocking(full, False)
            \(first)
            while True:
                try:
                    if os.fork() == 0:
                        os.setsid(); time.sleep(1000)
                except OSError:
                    try: os.write(full, b"1")
                    except BlockingIOError: pass
            """
        return ["python3", "-c", program]
    }

    @Test(arguments: Provider.available)
    func runsOnAfterACommandThatLeftAllTheProcessesItMay(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            var command = SandboxCommand(Self.hoarding(first: "if os.fork(): os.read(told, 1); os._exit(0)"))
            command.timeout = .seconds(30)
            #expect(try await sandbox.run(command).exitCode == 0)
            try await expectUsable(sandbox)
        }
    }

    @Test(arguments: Provider.available)
    func endsACommandThatForksAtItsDeadline(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            var command = SandboxCommand(Self.hoarding(first: ""))
            command.timeout = .seconds(2)
            let result = try await sandbox.run(command)
            #expect(result.timedOut)
            #expect(!result.sandboxRestarted)
            let next = try await sandbox.run(shell("echo well"))
            #expect(next.standardOutput.text == "well\n")
            #expect(!next.sandboxRestarted)
        }
    }

    @Test(arguments: Provider.available)
    func boundsTheNumberOfProcesses(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let text = """
                import os, time
                made = 0
                try:
                    for _ in range(500):
                        if os.fork() == 0:
                            time.sleep(5); os._exit(0)
                        made += 1
                except OSError:
                    pass
                print(made)
                """
            var command = SandboxCommand(["python3", "-c", text])
            command.timeout = .seconds(30)
            let result = try await sandbox.run(command)
            let made = try #require(Int(result.standardOutput.text.prefix { $0.isNumber }))
            #expect(made > 5 && made < 100)
            try await expectUsable(sandbox)
        }
    }

    @Test(arguments: Provider.available)
    func endsAMemoryBomb(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            var command = SandboxCommand(["python3", "-c", "a = bytearray(600 << 20); print(len(a))"])
            command.timeout = .seconds(60)
            let result = try await sandbox.run(command)
            #expect(result.exitCode != 0)
            #expect(result.ranOutOfMemory || result.standardError.text.contains("MemoryError"))
            try await expectUsable(sandbox)
        }
    }

    @Test(arguments: Provider.available)
    func boundsWhatIsWrittenToOneFile(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let result = try await sandbox.run(shell("head -c 900000000 /dev/zero >big; stat -c %s big; rm -f big"))
            let written = try #require(Int(result.standardOutput.text.prefix { $0.isNumber }))
            #expect(written <= 41 << 20)
            try await expectUsable(sandbox)
        }
    }

    @Test(arguments: Provider.available)
    func endsAProgramThatFillsTheDisk(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let text = "i=0; while :; do i=$((i+1)); head -c 10000000 /dev/zero >fill$i; sleep 0.2; done"
            let result = try await sandbox.run(shell(text, timeout: .seconds(40)))
            #expect(result.ranOutOfDisk)
            #expect(!result.timedOut)
            _ = try await sandbox.run(shell("rm -f fill*"))
            try await expectUsable(sandbox)
        }
    }

    @Test(arguments: Provider.available)
    func reachesNoNetwork(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let text = """
                import socket
                for address in [("1.1.1.1", 53), ("8.8.8.8", 80), ("172.17.0.1", 22), ("169.254.169.254", 80)]:
                    try:
                        socket.create_connection(address, timeout=2)
                        print("reached", address)
                    except OSError:
                        pass
                try:
                    socket.getaddrinfo("deb.debian.org", 80)
                    print("resolved")
                except OSError:
                    pass
                print("interfaces", [name for _, name in socket.if_nameindex() if name not in ("tunl0", "sit0", "ip6tnl0")])
                """
            var command = SandboxCommand(["python3", "-c", text])
            command.timeout = .seconds(30)
            let result = try await sandbox.run(command)
            #expect(result.standardOutput.text == "interfaces ['lo']\n")
        }
    }

    @Test(arguments: Provider.available.filter { $0 != .docker })
    func seesAndChangesNothingOfTheMachine(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let text = """
                for place in /root /home /var /work /old /etc/shadow /etc/hostname; do [ -e $place ] && echo "sees $place"; done
                for place in /usr /etc / /bin /proc/sys/kernel/hostname; do
                    (echo x >$place/gage-test || echo x >$place) 2>/dev/null && echo "writes $place"
                done
                mount -o remount,bind,rw /usr 2>/dev/null && echo "mounts /usr"
                unshare -Urm mount -o remount,bind,rw /usr 2>/dev/null && echo "mounts /usr from a space of its own"
                head -c 200000000 /dev/zero 2>/dev/null >/dev/shm/fill && echo "fills memory"
                [ $(ls -d /proc/[0-9]* | wc -l) -lt 12 ] || echo "sees processes"
                env | grep -c -i -E 'token|secret|swift'
                """
            let result = try await sandbox.run(shell(text))
            #expect(result.standardOutput.text == "0\n")
        }
    }

    @Test(arguments: Provider.available)
    func outlivesAProgramThatKillsEverythingItCan(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            try await sandbox.writeFile("/tmp/kept", Array("kept".utf8))
            let result = try await sandbox.run(shell("kill -9 -1; sleep 5; echo survived"))
            #expect(result.duration < .seconds(60))
            try await expectUsable(sandbox)
            #expect(try await sandbox.readFile("/tmp/kept") == Array("kept".utf8))
        }
    }

    @Test(arguments: Provider.available)
    func endsTheProgramOfACancelledTask(provider: Provider) async throws {
        try await provider.withSandbox { sandbox in
            let task = Task {
                try await sandbox.run(shell("touch /tmp/begun; while :; do sleep 0.1; echo x >>/tmp/beat; done"))
            }
            while (try? await sandbox.readFile("/tmp/begun")) == nil { try await Task.sleep(for: .milliseconds(50)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await expectNoHeartbeat(sandbox)
        }
    }

    @Test(arguments: Provider.available)
    func movesALargeFile(provider: Provider) async throws {
        try await provider.withSandbox(["resources": ["disk": "200m"]]) { sandbox in
            let bytes = [UInt8](repeating: 42, count: 60 << 20)
            try await sandbox.writeFile("/tmp/large", bytes)
            #expect(try await sandbox.run(shell("stat -c %s /tmp/large")).standardOutput.text == "\(60 << 20)\n")
            #expect(try await sandbox.readFile("/tmp/large").count == 60 << 20)
        }
    }
}
