public import Evaluation

/// Why the container engine did not do what was asked.
public struct DockerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// `DOCKER_HOST` names an engine that cannot be spoken to.
        case unsupportedHost = "unsupported_host"
        /// The engine cannot be reached, or broke the connection off.
        case engineLost = "engine_lost"
        /// There is no such image, here or in its registry.
        case imageMissing = "image_missing"
        /// The image could not be pulled: the network, the registry, the credentials.
        case pullFailed = "pull_failed"
        /// The registry gives no more images for now.
        case rateLimited = "rate_limited"
        /// The image is not for the platform that was asked for.
        case platform
        /// A build failed.
        case buildFailed = "build_failed"
        /// The container could not be made.
        case createFailed = "create_failed"
        /// The container could not be started.
        case startFailed = "start_failed"
        /// A port of this machine is taken.
        case portTaken = "port_taken"
        /// There is no such container, network or file.
        case notFound = "not_found"
        /// What was asked for is not possible in the state that the object is in.
        case conflict
        /// The engine refused for another reason.
        case refused
        /// The engine's answer is not of its protocol.
        case malformedAnswer = "malformed_answer"
    }

    /// The kind of failure.
    public var code: Code
    /// What failed, with the engine's own words.
    public var message: String
    /// The HTTP status, when the engine answered with one.
    public var status: Int?

    /// Describes a failure.
    public init(_ code: Code, _ message: String, status: Int? = nil) {
        self.code = code
        self.message = message
        self.status = status
    }

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }

    /// The failure as an episode keeps it: cause `sandbox`, or `configuration` where only the user can help.
    public var asEvaluationError: EvaluationError {
        switch code {
        case .unsupportedHost:
            error(.sandboxEngineLost, .configuration, .never, "set DOCKER_HOST to unix://PATH or tcp://HOST:PORT")
        case .engineLost:
            error(.sandboxEngineLost, .sandbox, .worthwhile, "is the engine running, and may this user reach it?")
        case .imageMissing:
            error(.sandboxImageMissing, .sandbox, .never, "check the image's name, or build or load it first")
        case .pullFailed:
            error(
                .sandboxPullFailed, .sandbox, .worthwhile,
                "check the network and the registry's login, or pull it by hand")
        case .rateLimited:
            error(.sandboxRateLimited, .sandbox, .after(.seconds(600)), "log in to the registry, or use a mirror")
        case .platform: error(.sandboxPlatform, .sandbox, .never, "set 'platform' to one that the image has")
        case .portTaken:
            error(
                .sandboxPortTaken, .sandbox, .worthwhile,
                "free the port, or write it as \"0:PORT\" to have one allocated")
        case .createFailed, .startFailed, .buildFailed: error(.sandboxStartFailed, .sandbox, .never, nil)
        case .notFound, .conflict: error(.sandboxDied, .sandbox, .worthwhile, nil)
        case .refused, .malformedAnswer: error(.sandboxUnavailable, .sandbox, .worthwhile, nil)
        }
    }

    private func error(
        _ code: EvaluationError.Code, _ cause: Cause, _ retry: RetryAdvice, _ advice: String?
    ) -> EvaluationError {
        EvaluationError(code, message, cause: cause, retry: retry, advice: advice)
    }
}
