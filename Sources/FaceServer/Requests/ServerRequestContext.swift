import FaceStore
package import Hummingbird
import NIOCore

/// What is known about a request besides itself.
package struct ServerRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// In the answer, its error and the log.
    package var requestID = ""
    /// The sender's `Accept-Language`, and the language of those who name none that there is.
    var acceptedLanguages: String?
    var fallbackLanguage = Language.english
    /// What the sender may do.
    var grant = Grant.stranger
    /// As whom the log of requests names the sender; nil leaves the request out of it.
    var asker: AuditEntry.Asker?
    private let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The route that answers it, as `/api/persons/{id}`; nil where there is none, which the router notes as "NotFound".
    package var route: String? { endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil } }

    // Read out when they are asked for, since most requests need neither.

    /// In which the sender wants to be spoken to.
    package var language: Language { Language(accepting: acceptedLanguages, fallback: fallbackLanguage) }

    /// Where the request comes from, without the port; a proxy's where there is one.
    package var address: String { channel.remoteAddress?.ipAddress ?? "unknown" }

    /// Closes the connection soon, when the answer is out: the rest of a refused upload is not waited for.
    func closeConnectionSoon() {
        let channel = channel
        _ = channel.eventLoop.scheduleTask(in: .seconds(3)) { channel.close(promise: nil) }
    }
}
