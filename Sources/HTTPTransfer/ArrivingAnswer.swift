/// What libcurl's callbacks fill while a request runs. It belongs to the thread of that request.
final class ArrivingAnswer {
    private let addresses: HTTPTransfer.AddressRule
    private let receiving: (UnsafeRawBufferPointer) -> Bool
    private(set) var headers: [HTTPTransfer.Header] = []
    /// Whether the empty line has come that ends the headers.
    private(set) var isHeadComplete = false

    init(addresses: HTTPTransfer.AddressRule, receiving: @escaping (UnsafeRawBufferPointer) -> Bool) {
        self.addresses = addresses
        self.receiving = receiving
    }

    static func at(_ context: UnsafeMutableRawPointer?) -> ArrivingAnswer {
        Unmanaged<ArrivingAnswer>.fromOpaque(context!).takeUnretainedValue()
    }

    func allows(_ bytes: UnsafeRawBufferPointer) -> Bool {
        switch addresses {
        case .any: true
        case .publicOnly: NetworkAddress(bytes: Array(bytes))?.isPublic ?? false
        }
    }

    func takeHead(_ bytes: UnsafeRawBufferPointer) {
        let line = String(decoding: bytes, as: UTF8.self)
        // Each answer begins anew: what came before it was "100 Continue" or the like.
        if line.hasPrefix("HTTP/") {
            isHeadComplete = false
            return headers.removeAll()
        }
        if line.isEmpty { isHeadComplete = true }
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        headers.append(HTTPTransfer.Header(name: String(line[..<colon]), value: String(value)))
    }

    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        receiving(bytes)
    }
}
