public import Evaluation
import Datasets
import Engine
import Models
import Transport

extension Registry {
    /// What belongs to no benchmark (the agent loop, models, files and the hub), and these kits.
    public init(standardAnd kits: [any Kit]) {
        let client = HTTPClient()
        self.init(
            kits: [
                BuiltinKit(), LocalDatasetsKit(), HubDatasetsKit(client: client), ModelsKit(client: client),
            ] + kits)
    }
}
