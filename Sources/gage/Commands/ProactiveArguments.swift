public import ArgumentParser
public import Proactive

// The words of the pipeline that stand on command lines.

extension StateSource.Mode: ExpressibleByArgument {}
extension ProactiveDomain: ExpressibleByArgument {}
extension ProactiveAction: ExpressibleByArgument {}
extension ReactionRule: ExpressibleByArgument {}
extension UncertaintyUpdate: ExpressibleByArgument {}
extension DummyAssistant.Knowledge: ExpressibleByArgument {}
extension CostFormula: ExpressibleByArgument {}
extension ActionRank: ExpressibleByArgument {}
extension PlanningScore: ExpressibleByArgument {}
