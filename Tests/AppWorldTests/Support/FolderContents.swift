import FoundationEssentials
import GageTesting

/// All files below a directory by their relative paths, with their bytes.
func contents(of path: String) -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    var open = [""]
    while let folder = open.popLast() {
        for name in TemporaryDirectory.names(in: path + folder) {
            let place = "\(folder)/\(name)"
            if let data = FileManager.default.contents(atPath: path + place) {
                found[String(place.dropFirst())] = [UInt8](data)
            } else {
                open.append(place)
            }
        }
    }
    return found
}
