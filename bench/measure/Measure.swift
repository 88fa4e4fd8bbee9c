import ArgumentParser

/// A developer's tool beside `lik`: what the engine finds and how long it takes, without a library or a database, in a
/// form that scripts compare with other systems. See scripts/parity and bench/run.
@main
struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Runs Lik's engine for comparisons and benchmarks.",
        subcommands: [
            AnalyzeCommand.self, TimeCommand.self, ClusterCommand.self, GroupCommand.self, AssignCommand.self,
            ArriveCommand.self, RecogniseCommand.self, EndureCommand.self, SearchCommand.self,
            DatabaseSearchCommand.self,
        ])
}
