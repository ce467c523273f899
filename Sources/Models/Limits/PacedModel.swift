public import Evaluation

/// A model whose calls a rate limiter lets in.
public protocol PacedModel: ChatModel {
    /// The limiter, which several models may share; nil where there is none.
    var limiter: RateLimiter? { get }
}
