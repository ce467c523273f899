public import Evaluation

/// The places to run things: containers, and namespaces of this machine's kernel.
public struct SandboxesKit: Kit {
    /// The kit's name.
    public let name = "sandboxes"
    private let engines = DockerServices()
    private let machine = LocalServices()

    /// Makes the kit; no engine is asked for before a sandbox is.
    public init() {}

    /// Registers the runtimes `docker` and `local`.
    public func register(in registry: inout Registry) {
        registry.sandboxRuntimes.register(
            Registration(
                "docker", aliases: ["appworld", "aio", "llm", "opensandbox"],
                summary: "A container of a Docker engine.", parameters: DockerProfile.self
            ) { [engines] _ in DockerRuntime(services: engines) })
        registry.sandboxRuntimes.register(
            Registration(
                "local", summary: "Programs of this machine behind the kernel's namespaces.",
                parameters: LocalProfile.self
            ) { [machine] _ in LocalRuntime(services: machine) })
    }
}
