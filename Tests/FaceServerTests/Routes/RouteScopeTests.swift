import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import FaceServer

/// Every route, by the table that the server itself is made of.
struct RouteScopeTests {
    private static func routes(of server: TestServer) -> [RouteTable.Entry] {
        let calls = BlockingCalls(threads: 1, capacity: 1)
        return buildRoutes(
            library: server.library, atHand: AnswersAtHand(server.library.answers),
            configuration: ServerConfiguration(), policy: AccessPolicy(ServerConfiguration()),
            delay: FailureDelay(), metrics: server.metrics, models: nil, drafts: nil, health: [], page: .compiledIn,
            calls: calls, drawing: calls, analysis: calls
        ).entries
    }

    @Test func `A key without its scope is refused on every route, and one with it on none`() async throws {
        let server = try TestServer()
        let routes = Self.routes(of: server)
        #expect(routes.count > 40)
        var keys: [KeyScope: (with: String, without: String)] = [:]
        for scope in KeyScope.allCases {
            let others = Set(KeyScope.allCases).subtracting([scope, .admin])
            let with = try server.library.createKey(NewAPIKey(name: "with \(scope)", scopes: [scope]))
            let without = try server.library.createKey(NewAPIKey(name: "without \(scope)", scopes: others))
            keys[scope] = (with.secret.text, without.secret.text)
        }
        let asked = keys
        try await server.run { client in
            for route in routes {
                guard case .scope(let scope) = route.access, let (with, without) = asked[scope] else { continue }
                let path = Self.example(route.path)
                let refused = try await client.json(route.method, path, [.xAPIKey: without])
                #expect(refused.response.status == .forbidden, "\(route.method) \(route.path)")
                let code = refused.json["error_code"] ?? refused.json["code"]
                #expect(code == .text("scope_missing"), "\(route.method) \(route.path)")
                let keyless = try await client.send(route.method, path)
                #expect(keyless.status == .unauthorized, "\(route.method) \(route.path)")
                let taken = try await client.send(route.method, path, [.xAPIKey: with])
                #expect(
                    taken.status != .forbidden && taken.status != .unauthorized, "\(route.method) \(route.path)")
            }
        }
    }

    @Test func `Only pages and what wants no key are open to any key`() throws {
        let open = Self.routes(of: try TestServer()).filter { $0.access == .anybody }
        let pages = Set(PageFiles.compiledIn.files.map(\.path))
        for route in open where !pages.contains(route.path) {
            #expect(["/health", "/health/ready", "/login", "/logout"].contains(route.path), "\(route.path)")
        }
    }

    @Test func `The description has every route with its scope, and no other`() throws {
        let description = try #require(PageFiles.compiledIn.file(at: "/openapi.yaml"))
        let described = Self.operations(String(decoding: description.bytes, as: UTF8.self))
        let pages = Set(PageFiles.compiledIn.files.map(\.path))
        var table: [String: KeyScope?] = [:]
        for route in Self.routes(of: try TestServer()) {
            let path = route.path == "/uploads/**" ? "/uploads/{task}/{file}" : route.path
            let name = "\(route.method.rawValue) \(path)"
            switch route.access {
            case .scope(let scope): table.updateValue(scope, forKey: name)
            case .anybody where pages.contains(path) && described[name] == nil: break
            case .anybody: table.updateValue(nil, forKey: name)
            }
        }
        #expect(Set(table.keys).symmetricDifference(described.keys).isEmpty)
        for (name, scope) in described { #expect(table[name] == scope, "\(name)") }
    }

    /// The operations of an OpenAPI description and the scope that each names.
    private static func operations(_ yaml: String) -> [String: KeyScope?] {
        var operations: [String: KeyScope?] = [:]
        var (path, name) = ("", "")
        for line in yaml.split(separator: "\n") {
            if line.hasPrefix("components:") { break }
            if line.hasPrefix("  /"), line.hasSuffix(":") {
                path = String(line.dropFirst(2).dropLast())
            } else if let method = ["get", "post", "put", "patch", "delete"].first(where: { line == "    \($0):" }) {
                name = method.uppercased() + " " + path
                operations.updateValue(nil, forKey: name)
            } else if line.hasPrefix("      security: "), let roles = line.split(separator: "key: [").dropFirst().first
            {
                operations.updateValue(KeyScope(rawValue: String(roles.prefix { $0 != "]" })), forKey: name)
            }
        }
        return operations
    }

    private static func example(_ path: String) -> String {
        let values = [
            "{id}": "77", "{person}": "77", "{delivery}": "none", "{subject}": "nobody", "{image}": "none",
            "**": "a/b.jpg",
        ]
        return values.reduce(path) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    }
}
