/// Settings that only `lik remote` uses.
extension Setting {
    static let remoteServer = Setting(
        name: "LIK_SERVER", help: "Address of the server that lik remote speaks to", standard: "http://127.0.0.1:8080")
    static let remoteKey = Setting(
        name: "LIK_KEY", help: "API key for lik remote", standard: nil, absence: "none", isSecret: true)

    static let remote: [Setting] = [remoteServer, remoteKey]
}
