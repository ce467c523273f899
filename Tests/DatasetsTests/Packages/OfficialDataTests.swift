import Datasets
import Glibc
import Testing

/// The official data, where they are at hand.
private enum Official {
    /// The reference data beside the checkout or in `$GAGE_REFERENCE`.
    static let reference: String? = {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        let candidates = [getenv("GAGE_REFERENCE").map { String(cString: $0) }, root + "/../shared/reference"]
        return candidates.compactMap { $0 }.first { access($0 + "/tau1/retail/tools.json", R_OK) == 0 }
    }()

    /// A directory with checkouts or archives named as the packages are, in `$GAGE_CHECKOUTS`.
    static let checkouts = getenv("GAGE_CHECKOUTS").map { String(cString: $0) }
}

@Suite struct OfficialDataTests {
    @Test(
        .enabled(if: Official.reference != nil, "no reference data beside the checkout or in $GAGE_REFERENCE"),
        arguments: [(DataPackage.tau2, "tau2"), (.tauBench, "tau1")])
    func knowsTheOfficialEdition(package: DataPackage, folder: String) throws {
        let check = package.check(try #require(Official.reference) + "/" + folder)
        #expect(check.problems.isEmpty)
        #expect(check.notes.isEmpty)
        #expect(check.facts.last?.hasPrefix("edition: ") == true, "\(check.facts)")
    }

    @Test(
        .enabled(if: Official.checkouts != nil, "no official checkouts in $GAGE_CHECKOUTS"),
        arguments: [DataPackage.tau2, .tauBench, .sweBenchPro])
    func importsAnOfficialCheckoutAsTheKnownEdition(package: DataPackage) async throws {
        let directory = try TemporaryDirectory()
        let outcome = try await PackageFixtures.installer(directory).importData(
            package, from: try #require(Official.checkouts) + "/" + package.name,
            DataInstaller.Options(directory: directory.path + "/out"))
        #expect(outcome.check.facts.last?.hasPrefix("edition: ") == true, "\(outcome.check.notes)")
    }
}
