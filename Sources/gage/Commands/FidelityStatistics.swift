import ArgumentParser
import Experiments
import Glibc
import JSON
import Reports

extension FidelityCommand {
    /// Recomputes recorded results of scipy and statsmodels and prints the ledger.
    func runStatistics() throws {
        let ledger = try StatisticsFidelity().run(files: cases)
        if json {
            Output.result(ledger.json.text())
        } else {
            show(ledger, on: Terminal(descriptor: STDOUT_FILENO, environment: ProcessEnvironment.variables()))
        }
        guard ledger.total > 0 else {
            Output.note("gage: the files hold no case")
            throw ExitStatus.configuration.exitCode
        }
        if ledger.agreed != ledger.total { throw ExitStatus.belowGate.exitCode }
    }

    private func show(_ ledger: StatisticsLedger, on terminal: Terminal) {
        var table = TextTable([
            .init("section", canShrink: true), .init("agreed", .right), .init("total", .right),
            .init("numbers", .right),
        ])
        for group in ledger.groups {
            table.add([group.section, String(group.agreed), String(group.total), String(group.numbers)])
        }
        let numbers = ledger.groups.reduce(0) { $0 + $1.numbers }
        table.add(["all", String(ledger.agreed), String(ledger.total), String(numbers)])
        for line in table.lines(on: terminal) { Output.result(line) }
        for item in ledger.disagreements.prefix(50) {
            Output.result("\(terminal.styled(item.place, .red)): \(item.field)")
            Output.result("    recorded: \(item.expected)")
            Output.result("    gage:     \(item.actual.map { "\($0)" } ?? "nothing")")
        }
        if ledger.disagreements.count > 50 {
            Output.result("… and \(ledger.disagreements.count - 50) more; --json lists them")
        }
    }
}
