import ArgumentParser
import Foundation

/// `lik config`: the settings in force and where each comes from.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Prints the settings in force and where they come from.",
        discussion: """
            Settings come from flags, then the environment, then a file with one NAME=value a line \
            (LIK_CONFIG, else ~/.config/lik/lik.conf), then the defaults.
            """)

    func run() throws {
        let settings = try Settings()
        let width = Setting.all.map(\.name.count).max() ?? 0
        for setting in Setting.all {
            let name = setting.name.padding(toLength: width, withPad: " ", startingAt: 0)
            if let (value, origin) = settings.value(setting) {
                print("\(name)  \(setting.isSecret ? "••••••" : value)  (\(origin.rawValue))")
            } else {
                print("\(name)  –  (\(setting.absence))")
            }
            print(String(repeating: " ", count: width) + "  \(setting.help)")
        }
        print("Settings file: \(settings.filePath)")
    }
}
