import FaceCore
import Foundation

/// The settings in force: flags, then the environment, then the settings file, then the defaults.
///
/// The file has one `NAME=value` a line, with the names of the environment; `#` begins a comment. It is the one that
/// `LIK_CONFIG` names, else `~/.config/lik/lik.conf`.
struct Settings: Sendable {
    private let flags: [String: String]
    private let environment: [String: String]
    private let file: [String: String]
    let filePath: String

    /// - Parameter flags: values given on the command line, by the setting's name.
    init(
        flags: [String: String] = [:], environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SettingsError) {
        self.flags = flags
        self.environment = try Self.withSecrets(environment)
        let named = environment["LIK_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        filePath = named ?? Locations.home + "/.config/lik/lik.conf"
        file = try Self.read(filePath, mustExist: named != nil)
    }

    /// The value in force and where it came from; an empty string counts as not given.
    func value(_ setting: Setting) -> (value: String, origin: SettingOrigin)? {
        for (source, origin) in [(flags, SettingOrigin.flag), (environment, .environment), (file, .file)] {
            if let value = source[setting.name], !value.isEmpty { return (value, origin) }
        }
        return setting.standard.map { ($0, .standard) }
    }

    /// Whether the environment has a variable that is no setting.
    func isGiven(_ name: String) -> Bool { environment[name]?.isEmpty == false }

    func string(_ setting: Setting) -> String? { value(setting)?.value }

    /// The value as an absolute path; `~` is the home folder.
    func path(_ setting: Setting) -> String {
        Self.absolute(string(setting) ?? "")
    }

    func integer(_ setting: Setting, in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        guard let text = string(setting), let number = Int(text), range.contains(number) else {
            throw .invalid(setting.name, value: string(setting) ?? "", expected: Self.words(for: range))
        }
        return number
    }

    /// nil when nothing is given and the model pack decides.
    func number(_ setting: Setting, in range: ClosedRange<Double>) throws(SettingsError) -> Double? {
        guard let text = string(setting) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw .invalid(
                setting.name, value: text, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// nil when nothing is given and the model pack decides.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ setting: Setting, of type: Choice.Type
    ) throws(SettingsError) -> Choice? where Choice.RawValue == String {
        guard let text = string(setting) else { return nil }
        guard let choice = Choice(rawValue: text.lowercased()) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(setting.name, value: text, expected: "one of \(names)")
        }
        return choice
    }

    /// A time: a number with `s`, `m`, `h` or `d`, or of seconds.
    func duration(_ setting: Setting) throws(SettingsError) -> Duration {
        let text = (string(setting) ?? "").lowercased()
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        let number = Double(unit == nil ? text[...] : text.dropLast())
        guard let number, number.isFinite, number >= 0, number * (unit ?? 1) <= 3_650 * 86_400 else {
            throw .invalid(setting.name, value: text, expected: "a time such as 90s, 10m, 24h or 7d")
        }
        return .seconds(number * (unit ?? 1))
    }

    func isOn(_ setting: Setting) throws(SettingsError) -> Bool {
        switch (string(setting) ?? "").lowercased() {
        case "on", "true", "yes", "1": return true
        case "off", "false", "no", "0": return false
        case let text: throw .invalid(setting.name, value: text, expected: "on or off")
        }
    }

    /// What stands between commas, without the white space around it.
    func list(_ setting: Setting) -> [String] {
        (string(setting) ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }

    static func absolute(_ path: String) -> String {
        let expanded = path == "~" || path.hasPrefix("~/") ? Locations.home + path.dropFirst() : path
        return URL(fileURLWithPath: expanded).standardizedFileURL.path
    }

    private static func words(for range: ClosedRange<Int>) -> String {
        range.upperBound == .max
            ? "a whole number from \(range.lowerBound)"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }

    /// Adds what stands in files: `DB_PASSWORD_FILE` names the file that holds `DB_PASSWORD`, as containers give secrets.
    private static func withSecrets(_ environment: [String: String]) throws(SettingsError) -> [String: String] {
        var all = environment
        for setting in Setting.all where setting.isSecret && (all[setting.name] ?? "").isEmpty {
            guard let path = environment[setting.name + "_FILE"], !path.isEmpty else { continue }
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { throw .unreadableSecret(path) }
            all[setting.name] = text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return all
    }

    private static func read(_ path: String, mustExist: Bool) throws(SettingsError) -> [String: String] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            guard mustExist || FileManager.default.fileExists(atPath: path) else { return [:] }
            throw .unreadableFile(path)
        }
        var values: [String: String] = [:]
        let known = Set(Setting.all.map(\.name))
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
            guard let equals = trimmed.firstIndex(of: "=") else {
                throw .malformedLine(path, line: index + 1)
            }
            let name = trimmed[..<equals].trimmingCharacters(in: .whitespaces)
            guard known.contains(name) else { throw .unknownName(name, path, line: index + 1) }
            values[name] = trimmed[trimmed.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        }
        return values
    }
}

/// A setting that cannot be used.
enum SettingsError: UserFacingError, Equatable {
    case invalid(String, value: String, expected: String)
    case unreadableFile(String)
    case unreadableSecret(String)
    case malformedLine(String, line: Int)
    case unknownName(String, String, line: Int)

    var message: String {
        switch self {
        case .invalid(let name, let value, let expected): "\(name) is “\(value)”; it must be \(expected)."
        case .unreadableSecret(let path): "The file “\(path)”, which is to hold a password or key, cannot be read."
        case .unreadableFile(let path): "The settings file “\(path)” cannot be read."
        case .malformedLine(let path, let line): "Line \(line) of “\(path)” is not of the form NAME=value."
        case .unknownName(let name, let path, let line):
            "Line \(line) of “\(path)” sets “\(name)”, which Lik does not know."
        }
    }
}
