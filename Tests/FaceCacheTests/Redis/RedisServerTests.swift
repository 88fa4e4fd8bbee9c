import FaceCache
import Testing

@Suite struct RedisServerTests {
    @Test(arguments: [
        ("redis", RedisServer.Endpoint.tcp(host: "redis", port: 6379)),
        ("redis.example:6380", .tcp(host: "redis.example", port: 6380)),
        ("127.0.0.1:1", .tcp(host: "127.0.0.1", port: 1)),
        ("[::1]:6379", .tcp(host: "::1", port: 6379)),
        ("[fe80::1]", .tcp(host: "fe80::1", port: 6379)),
        ("/run/redis/redis.sock", .socket(path: "/run/redis/redis.sock")),
    ])
    func `An address is a host, a host and a port, or a path`(text: String, endpoint: RedisServer.Endpoint) {
        #expect(RedisServer.Endpoint(text) == endpoint)
    }

    @Test(arguments: ["", ":6379", "redis:", "redis:x", "redis:0", "redis:70000", "::1", "[::1", "[::1]6379"])
    func `Anything else is no address`(text: String) {
        #expect(RedisServer.Endpoint(text) == nil)
    }
}
