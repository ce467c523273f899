public import Evaluation

/// When an image is pulled.
public enum PullPolicy: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// When the engine does not have it.
    case missing
    /// Not at all.
    case never
    /// Before every sandbox's start; what the engine has serves when the registry cannot be reached.
    case always
}

/// The images of one engine: pulled once however many ask, few at a time, and pruned under a disk budget.
public actor ImageStore {
    private let client: DockerClient
    private let credentials: RegistryCredentials
    /// How many pulls may run at once; a registry and a disk gain nothing from more.
    private let maximumPulls: Int
    private var pulling: [String: Task<Void, any Error>] = [:]
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var running = 0
    /// The images that this process pulled, the one used longest ago first: no other is ever pruned.
    private var pulled: [String] = []
    /// How many sandboxes each image serves now.
    private var users: [String: Int] = [:]

    /// Looks after an engine's images.
    public init(client: DockerClient, credentials: RegistryCredentials, maximumPulls: Int = 2) {
        self.client = client
        self.credentials = credentials
        self.maximumPulls = maximumPulls
    }

    /// Sees to it that the engine has an image for a platform, and returns what it knows of it.
    ///
    /// Until ``release(_:)`` the image is not pruned. Throws ``DockerError``: `imageMissing`, `pullFailed`, `rateLimited`,
    /// `platform`.
    public func require(
        _ name: String, platform: String?, policy: PullPolicy,
        progress: @escaping @Sendable (ImageProgress) -> Void = { _ in }
    ) async throws -> DockerImage {
        users[name, default: 0] += 1
        do {
            return try await find(name, platform: platform, policy: policy, progress: progress)
        } catch {
            release(name)
            throw error
        }
    }

    /// Ends one use of an image.
    public func release(_ name: String) {
        let left = (users[name] ?? 0) - 1
        users[name] = left > 0 ? left : nil
    }

    private func find(
        _ name: String, platform: String?, policy: PullPolicy,
        progress: @escaping @Sendable (ImageProgress) -> Void
    ) async throws -> DockerImage {
        let found = try await client.image(name)
        if let found, policy != .always {
            // An image of another platform under this name is replaced by the right one, where there is one.
            guard let platform, !Self.matches(found.platform, platform) else { return use(found, name) }
            guard policy == .missing else { throw Self.wrongPlatform(name, found.platform, platform) }
        }
        guard policy != .never else {
            throw DockerError(.imageMissing, "the engine has no image '\(name)', and the profile pulls none")
        }
        do {
            try await pull(name, platform: platform, progress)
        } catch let error as DockerError where found != nil && policy == .always && error.code != .platform {
            // The registry is out of reach; the image at hand is what the user would get without asking.
        } catch let error as DockerError where found != nil && policy == .missing {
            throw Self.wrongPlatform(name, found?.platform ?? "", platform ?? "", error.message)
        }
        guard let image = try await client.image(name) else {
            throw DockerError(.imageMissing, "the engine has no image '\(name)' after pulling it")
        }
        if let platform, !Self.matches(image.platform, platform) {
            throw Self.wrongPlatform(name, image.platform, platform)
        }
        return use(image, name)
    }

    /// Removes images that this process pulled, those used longest ago first, until they take no more than so many bytes.
    ///
    /// Images in use stay. Layers that images share are counted for each of them, so that the true sum is smaller.
    /// Returns the names of those that were removed.
    @discardableResult
    public func prune(toBytes budget: Int, keeping kept: Set<String> = []) async throws -> [String] {
        var sizes: [(name: String, size: Int)] = []
        for name in pulled {
            if let image = try await client.image(name) { sizes.append((name, image.size)) }
        }
        var total = sizes.reduce(0) { $0 + $1.size }
        var removed: [String] = []
        for (name, size) in sizes where total > budget && !kept.contains(name) && users[name] == nil {
            do {
                try await client.removeImage(name)
            } catch let error as DockerError where error.code == .conflict {
                continue
            }
            total -= size
            removed.append(name)
            pulled.removeAll { $0 == name }
        }
        return removed
    }

    private func use(_ image: DockerImage, _ name: String) -> DockerImage {
        if let index = pulled.firstIndex(of: name) { pulled.append(pulled.remove(at: index)) }
        return image
    }

    private func pull(
        _ name: String, platform: String?, _ progress: @escaping @Sendable (ImageProgress) -> Void
    ) async throws {
        let key = "\(name) \(platform ?? "")"
        if let pull = pulling[key] { return try await pull.value }
        // Not a child: the others who wait for this image must get it although the first who asked gave up.
        let task = Task {
            await takePlace()
            defer { givePlaceBack() }
            try await client.pullImage(name, platform: platform, credentials: credentials, progress: progress)
        }
        pulling[key] = task
        defer { pulling[key] = nil }
        try await task.value
        if !pulled.contains(name) { pulled.append(name) }
    }

    private func takePlace() async {
        if running < maximumPulls {
            running += 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func givePlaceBack() {
        if waiting.isEmpty {
            running -= 1
        } else {
            waiting.removeFirst().resume()
        }
    }

    /// Whether an image's platform is the wanted one; a variant that nobody asked for does not matter.
    static func matches(_ found: String, _ wanted: String) -> Bool {
        found.isEmpty || found == wanted || found.hasPrefix(wanted + "/")
    }

    private static func wrongPlatform(
        _ name: String, _ found: String, _ wanted: String, _ detail: String? = nil
    ) -> DockerError {
        let end = detail.map { "; \($0)" } ?? ""
        return DockerError(.platform, "image '\(name)' is for \(found), and \(wanted) was asked for\(end)")
    }
}
