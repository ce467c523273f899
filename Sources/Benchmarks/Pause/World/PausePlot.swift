/// A plot that the assistant made, drawn as SVG.
public struct PausePlot: Sendable, Hashable {
    /// Its identifier, as the tool's result has it.
    public var id: String
    /// The drawing: one SVG document.
    public var svg: String
    /// The path under which the result names it, relative to wherever the caller keeps plots: `plots/<id>.svg`.
    public var path: String { "plots/\(id).svg" }

    /// Describes a plot.
    public init(id: String, svg: String) {
        self.id = id
        self.svg = svg
    }
}
