import FoundationEssentials
import Glibc

/// The configurations that the guide was written for, where somebody has put them: `$GAGE_GUIDE_CONFIGS` is a folder with
/// `appworld_official_jsonl.yaml` and `appworld_agent_demo.yaml` of the first generation.
enum GuideFiles {
    static let folder = getenv("GAGE_GUIDE_CONFIGS").map { String(cString: $0) } ?? ""

    static let areThere: Bool = {
        let names = ["appworld_official_jsonl.yaml", "appworld_agent_demo.yaml"]
        let areThere = names.allSatisfy { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
        if !areThere { print("skipping tests with the guide's configurations: GAGE_GUIDE_CONFIGS names none") }
        return areThere
    }()
}
