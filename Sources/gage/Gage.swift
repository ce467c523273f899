import ArgumentParser
@main struct Gage: AsyncParsableCommand { static let configuration = CommandConfiguration(commandName: "gage") }
