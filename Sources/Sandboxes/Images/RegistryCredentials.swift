public import JSON
import Processes

/// The logins of registries, as `docker login` leaves them in `config.json`.
public struct RegistryCredentials: Sendable {
    private let entries: [String: JSONValue]
    private let helpers: [String: String]
    private let defaultHelper: String?

    /// No logins.
    public static let none = RegistryCredentials(configuration: .null)

    /// Reads the content of a `config.json`.
    public init(configuration: JSONValue) {
        var entries: [String: JSONValue] = [:]
        for (key, value) in configuration["auths"]?.objectValue ?? [:] { entries[Self.host(key)] = value }
        self.entries = entries
        var helpers: [String: String] = [:]
        for (key, value) in configuration["credHelpers"]?.objectValue ?? [:] {
            helpers[Self.host(key)] = value.stringValue
        }
        self.helpers = helpers
        defaultHelper = configuration["credsStore"]?.stringValue
    }

    /// Reads `$DOCKER_CONFIG/config.json`, or `~/.docker/config.json`; no file means no logins.
    public static func fromEnvironment(_ environment: [String: String]) throws(DockerError) -> Self {
        let directory = environment["DOCKER_CONFIG"] ?? environment["HOME"].map { $0 + "/.docker" }
        guard let directory, let bytes = try? HostFiles.read(directory + "/config.json", maximumBytes: 4 << 20) else {
            // A file that is not there or not ours to read is as good as none: most images need no login.
            return .none
        }
        do {
            return Self(configuration: try JSONValue.parse(bytes: bytes))
        } catch {
            throw DockerError(.pullFailed, "\(directory)/config.json is not JSON: \(error)")
        }
    }

    /// The `X-Registry-Auth` header for a registry; nil where there is no login for it.
    ///
    /// A credential helper is a program of the user's own; one that fails counts as no login.
    func header(for registry: String) async -> String? {
        let host = Self.host(registry)
        if let helper = helpers[host] ?? defaultHelper, let found = await ask(helper, host) { return found }
        guard let entry = entries[host] else { return nil }
        if let token = entry["identitytoken"]?.stringValue, !token.isEmpty {
            return Self.encode(["identitytoken": .string(token), "serveraddress": .string(host)])
        }
        guard let text = entry["auth"]?.stringValue, let bytes = Base64.decode(text) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        return Self.encode([
            "username": .string(String(parts[0])), "password": .string(String(parts[1])),
            "serveraddress": .string(host),
        ])
    }

    private func ask(_ helper: String, _ host: String) async -> String? {
        var command = ProcessCommand("docker-credential-\(helper)", ["get"])
        let server = host == "docker.io" ? "https://index.docker.io/v1/" : host
        command.input = .bytes(Array(server.utf8))
        command.deadline = .seconds(20)
        // A helper that is missing, or knows no such registry, leaves the pull without a login, as the docker command does.
        guard let result = try? await Processes.run(command), result.succeeded,
            let answer = try? JSONValue.parse(bytes: result.standardOutput.bytes),
            let name = answer["Username"]?.stringValue, let secret = answer["Secret"]?.stringValue
        else { return nil }
        if name == "<token>" {
            return Self.encode(["identitytoken": .string(secret), "serveraddress": .string(host)])
        }
        return Self.encode([
            "username": .string(name), "password": .string(secret), "serveraddress": .string(host),
        ])
    }

    private static func encode(_ login: JSONObject) -> String {
        Base64.encode(JSONValue.object(login).bytes(), forURLs: true)
    }

    /// `https://index.docker.io/v1/`, `index.docker.io` and `docker.io` are one.
    private static func host(_ key: String) -> String {
        var host = key[...]
        for scheme in ["https://", "http://"] where host.hasPrefix(scheme) { host = host.dropFirst(scheme.count) }
        let name = String(host.prefix { $0 != "/" })
        return ["index.docker.io", "registry-1.docker.io"].contains(name) ? "docker.io" : name
    }
}
