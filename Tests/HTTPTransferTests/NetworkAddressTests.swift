import Glibc
import Testing

@testable import HTTPTransfer

struct NetworkAddressTests {
    /// The bytes of an address as people write it.
    private func address(_ text: String) throws -> NetworkAddress {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            return try #require(NetworkAddress(bytes: withUnsafeBytes(of: four) { Array($0) }))
        }
        var six = in6_addr()
        try #require(inet_pton(AF_INET6, text, &six) == 1)
        return try #require(NetworkAddress(bytes: withUnsafeBytes(of: six) { Array($0) }))
    }

    @Test(arguments: [
        "8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
        "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001:81b::200e",
        "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
    ])
    func `An address of the internet may be asked`(_ text: String) throws {
        #expect(try address(text).isPublic)
    }

    @Test(arguments: [
        "0.0.0.0", "10.0.0.1", "10.255.255.255", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7",
        "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::127.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "3fff::1", "fc00::1",
        "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "4000::1",
    ])
    func `An address of this machine, a private network or a purpose of its own may not`(_ text: String) throws {
        #expect(try !address(text).isPublic)
    }

    @Test func `Other than four or sixteen bytes are no address`() {
        #expect(NetworkAddress(bytes: [1, 2, 3]) == nil)
        #expect(NetworkAddress(bytes: []) == nil)
    }
}
