package import Hummingbird
import NIOCore

/// What is known about a request besides itself.
package struct ServerRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Where the request comes from, without the port; a proxy's where there is one.
    package let address: String
    /// In the answer, its error and the log.
    package var requestID = ""
    /// In which the sender wants to be spoken to.
    package var language = Language.english
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        address = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    /// Closes the connection soon, when the answer is out: the rest of a refused upload is not waited for.
    func closeConnectionSoon() {
        let channel = channel
        _ = channel.eventLoop.scheduleTask(in: .seconds(3)) { channel.close(promise: nil) }
    }
}
