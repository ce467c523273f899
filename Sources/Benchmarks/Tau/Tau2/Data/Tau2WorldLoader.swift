import Evaluation
import JSON

/// Loads the data behind a domain's tools.
enum Tau2WorldLoader {
    /// Loads a set's data from its folder.
    static func load(
        _ taskSet: Tau2TaskSet, from directory: Tau2DataDirectory
    ) throws(EvaluationError) -> any TauDomainData {
        do {
            switch taskSet.folder {
            case "mock":
                return try MockData(
                    database: Tau2Files.json(directory.path("db.json")),
                    userDatabase: Tau2Files.json(directory.path("user_db.json")))
            case "retail":
                return try RetailData(database: Tau2Files.json(directory.path("db.json")))
            case "airline":
                return try AirlineData(database: Tau2Files.json(directory.path("db.json")))
            case "telecom":
                return try TelecomData(
                    database: Tau2Files.toml(directory.path("db.toml")),
                    userDatabase: Tau2Files.toml(directory.path("user_db.toml")))
            default:
                throw EvaluationError(
                    .configurationInvalid, "gage has no world for '\(taskSet.name)'", cause: .configuration)
            }
        } catch let error as EvaluationError {
            throw error
        } catch let error as PythonException {
            throw error.asTaskError("the data of '\(taskSet.name)' in \(directory.domainFolder) are not valid")
        } catch {
            throw EvaluationError(.unexpected, "loading '\(taskSet.name)'", cause: .gage, underlying: error)
        }
    }
}
