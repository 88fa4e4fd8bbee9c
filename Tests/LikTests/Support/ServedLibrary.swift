import Foundation
import LikClient

/// A server in a process of its own, with the library of a home.
struct ServedLibrary {
    let address: String
    let key = "the key of this test"
    private let process: Process
    private let log: (output: Pipe, errors: Pipe)

    /// Returns when the server answers.
    init(of lik: LikProcess, environment: [String: String] = [:]) throws {
        let port = try Self.freePort()
        address = "http://127.0.0.1:\(port)"
        let own = [
            "SERVER_HOST": "127.0.0.1", "SERVER_PORT": "\(port)", "LIK_API_KEY": key, "LIK_ACCESS_LOG": "off",
            "LIK_LANGUAGE": "en",
        ]
        let started = try lik.start(["serve"], environment: own.merging(environment) { $1 })
        (process, log) = (started.process, (started.output, started.errors))
        // A minute in all, on a machine that has much to do.
        let patient = RetryRule(limit: 70, longestWait: .seconds(1), firstWait: .milliseconds(5))
        _ = try LikClient(address: address, retries: patient).serverVersion()
    }

    /// What `lik remote` finds it by.
    var environment: [String: String] { ["LIK_SERVER": address, "LIK_KEY": key] }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isBound else { throw CocoaError(.fileReadUnknown) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
