/// Asks one part that the server needs whether it is there.
public struct HealthProbe: Sendable {
    /// What people call the part: `database`, `model pack`, `disk`.
    public var part: String
    /// Whether the server can answer at all without it. A part that only processing needs, such as a model pack, is no
    /// reason to restart the server: `/health/ready` tells of it, `/health` does not.
    public var isVital: Bool
    /// Throws when the part is down. May block.
    public var check: @Sendable () throws -> Void

    public init(part: String, isVital: Bool, check: @escaping @Sendable () throws -> Void) {
        self.part = part
        self.isVital = isVital
        self.check = check
    }
}
