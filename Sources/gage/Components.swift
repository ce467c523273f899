import AppWorld
import Datasets
import Engine
import Evaluation
import MCP
import Models
import Proactive
import Pause
import SWEBenchPro
import Sandboxes
import Tau
import Transport

/// Everything that configurations can name: the one place that knows all kits.
struct Components {
    let client = HTTPClient()
    let registry: Registry
    /// The official data that benchmarks need, for `gage data`.
    static let dataPackages = TauKit.dataPackages + [.sweBenchPro] + ProactiveKit.dataPackages

    init() {
        registry = Registry(kits: [
            BuiltinKit(), LocalDatasetsKit(), HubDatasetsKit(client: client), ModelsKit(client: client),
            SandboxesKit(), MCPKit(client: client), TauKit(), SWEBenchKit(), ProactiveKit(),
            AppWorldKit(client: client), PauseKit(),
        ])
    }
}
