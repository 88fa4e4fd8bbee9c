import ArgumentParser
import FaceCore

/// Runs checks of what the user gave; what they find is bad usage, with its own exit code.
func checkingUsage<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as any UserFacingError {
        throw ValidationError(error.message)
    }
}
