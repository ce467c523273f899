import Datasets
import Engine
import Evaluation
import Models
import Tau
import Transport

/// Everything that configurations can name: the one place that knows all kits.
struct Components {
    let client = HTTPClient()
    let registry: Registry

    init() {
        registry = Registry(kits: [
            BuiltinKit(), LocalDatasetsKit(), HubDatasetsKit(client: client), ModelsKit(client: client), TauKit(),
        ])
    }
}
