import FaceCore
import FaceStore
import Foundation
import HTTPTransfer
import Logging
import Synchronization
import Testing

@testable import FaceLibrary

/// What becomes of messages, by what their receivers say.
@Suite struct WebhookDispatcherTests {
    /// A receiver that says what it is told to, and remembers what it got.
    private final class Receiver: WebhookSender {
        private let state: Mutex<(answers: [Result<WebhookAnswer, HTTPTransferError>], got: [SignedMessage])>

        init(_ answers: Result<WebhookAnswer, HTTPTransferError>...) { state = Mutex((answers, [])) }

        var got: [SignedMessage] { state.withLock { $0.got } }

        func send(_ message: SignedMessage) throws(HTTPTransferError) -> WebhookAnswer {
            let answer = state.withLock { state in
                state.got.append(message)
                return state.answers.isEmpty ? .success(WebhookAnswer(status: 200)) : state.answers.removeFirst()
            }
            return try answer.get()
        }
    }

    private struct Scene {
        let library: TestLibrary
        let hook: Webhook

        init() throws {
            library = try TestLibrary(options: LibraryOptions(webhooksMayBePrivate: true))
            hook = try library.library.createWebhook(NewWebhook(name: "Door", url: "http://127.0.0.1:9/in"))
        }

        func see(_ count: Int) throws {
            let anna = try library.store.persons.create(name: "Anna")
            for number in 0..<count {
                _ = try library.library.attend(
                    Sighting(
                        person: anna.id, collection: nil, place: "\(number)", at: library.clock.now, similarity: 0.5))
            }
        }

        func send(by receiver: Receiver) {
            WebhookDispatcher(
                library: library.library, sender: receiver,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ).sendAll(of: hook.id)
        }

        func deliveries() throws -> [WebhookDelivery] {
            try library.library.deliveries(of: hook.id, state: nil, after: nil, limit: 100).elements.reversed()
        }
    }

    @Test func `What the receiver takes is delivered, signed with the webhook's secret`() throws {
        let scene = try Scene()
        defer { scene.library.remove() }
        try scene.see(2)
        let receiver = Receiver()
        scene.send(by: receiver)
        #expect(try scene.deliveries().map(\.state) == [.delivered, .delivered])
        let message = try #require(receiver.got.first)
        let headers = Dictionary(uniqueKeysWithValues: message.headers.map { ($0.name, $0.value) })
        #expect(try headers["webhook-id"] == scene.deliveries()[0].id.name)
        let seconds = try #require(headers["webhook-timestamp"].flatMap { Int64($0) })
        let expected = WebhookSecret(scene.hook.secret).signature(
            of: message.body, id: try #require(headers["webhook-id"]), seconds: seconds)
        #expect(headers["webhook-signature"] == expected)
        #expect(message.body.contains(#""type":"attendance""#) && message.body.contains(#""name":"Anna""#))
        #expect(Set(receiver.got.map(\.body)).count == 2)
    }

    @Test func `An answer that is no success lets the others pass and is tried again later`() throws {
        let scene = try Scene()
        defer { scene.library.remove() }
        try scene.see(3)
        let receiver = Receiver(.success(WebhookAnswer(status: 404)), .success(WebhookAnswer(status: 302)))
        scene.send(by: receiver)
        let deliveries = try scene.deliveries()
        #expect(deliveries.map(\.state) == [.pending, .pending, .delivered])
        #expect(deliveries.map(\.status) == [404, 302, 200])
        #expect(deliveries[1].failure?.contains("redirect") == true)
        #expect(receiver.got.count == 3)
    }

    @Test(arguments: [429, 500, 503])
    func `A receiver that is overloaded is left alone with the other messages, too`(status: Int) throws {
        let scene = try Scene()
        defer { scene.library.remove() }
        try scene.see(3)
        let receiver = Receiver(.success(WebhookAnswer(status: status, retryAfter: 600)))
        scene.send(by: receiver)
        let deliveries = try scene.deliveries()
        #expect(receiver.got.count == 1 && deliveries.map(\.attempts) == [1, 0, 0])
        let wait = try #require(deliveries[0].dueAt).timeIntervalSince(scene.library.clock.now)
        #expect(wait > 590 && wait <= 600)
    }

    @Test func `A receiver that is away is tried with one message only`() throws {
        let scene = try Scene()
        defer { scene.library.remove() }
        try scene.see(3)
        let receiver = Receiver(.failure(.unreachable(host: "127.0.0.1")))
        scene.send(by: receiver)
        #expect(receiver.got.count == 1)
        let deliveries = try scene.deliveries()
        #expect(deliveries.map(\.attempts) == [1, 0, 0] && deliveries.allSatisfy { $0.state == .pending })
        #expect(deliveries[0].failure == "127.0.0.1 cannot be reached." && deliveries[0].status == nil)
    }

    @Test func `A receiver that is gone switches its webhook off`() throws {
        let scene = try Scene()
        defer { scene.library.remove() }
        try scene.see(2)
        scene.send(by: Receiver(.success(WebhookAnswer(status: 410))))
        #expect(try !scene.library.library.webhook(scene.hook.id).isActive)
        #expect(try scene.deliveries().map(\.state) == [.dead, .pending])
    }

    @Test func `An address where nothing may go keeps one message from going, and is tried again later`() throws {
        let scene = try Scene()
        defer { scene.library.remove() }
        try scene.see(2)
        scene.send(by: Receiver(.failure(.refusedAddress(host: "127.0.0.1"))))
        #expect(try scene.deliveries().map(\.state) == [.pending, .pending])
        #expect(try scene.deliveries().map(\.attempts) == [1, 0])
        #expect(try scene.deliveries()[0].failure?.contains("private network") == true)
    }

    @Test func `After the last attempt a message is dead`() throws {
        let scene = try Scene()
        defer { scene.library.remove() }
        try scene.see(1)
        let count = RetryPlan.delays.count
        for attempt in 0...count {
            #expect(try scene.deliveries().map(\.state) == [.pending])
            scene.send(by: Receiver(.success(WebhookAnswer(status: 500))))
            #expect(try scene.deliveries().map(\.attempts) == [attempt + 1])
            scene.library.clock.advance(by: 120_000)
        }
        let dead = try scene.deliveries()[0]
        #expect(dead.state == .dead && dead.failure == "The receiver answered with 500.")
        _ = try scene.library.library.retry(dead.id, of: scene.hook.id)
        scene.send(by: Receiver())
        #expect(try scene.deliveries().map(\.state) == [.delivered])
    }

    @Test func `For a day after a rotation messages carry both signatures`() throws {
        let scene = try Scene()
        defer { scene.library.remove() }
        let rotated = try scene.library.library.rotateWebhook(scene.hook.id)
        let moment = try #require(rotated.rotatedAt)
        #expect(
            rotated.secrets(at: moment.addingTimeInterval(3600)).map(\.text) == [rotated.secret, scene.hook.secret])
        #expect(rotated.secrets(at: moment.addingTimeInterval(90_000)).map(\.text) == [rotated.secret])
        let claim = ClaimedDelivery(
            id: DeliveryID(), webhook: rotated, body: "{}", attempts: 0, claimedAt: moment, lease: 1)
        let message = WebhookDispatcher.message(claim, at: moment)
        let signatures = message.headers.first { $0.name == "webhook-signature" }?.value.split(separator: " ")
        #expect(signatures?.count == 2 && signatures?.allSatisfy { $0.hasPrefix("v1,") } == true)
    }

    /// The example of the specification's reference libraries.
    @Test func `A signature is the one that Standard Webhooks gives`() {
        let secret = WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let signature = secret.signature(
            of: #"{"test": 2432232314}"#, id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330)
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(WebhookSecret().text.hasPrefix("whsec_") && WebhookSecret() != WebhookSecret())
    }

    @Test func `The waits between attempts grow, and end`() {
        for failures in 1...RetryPlan.delays.count {
            let planned = RetryPlan.delays[failures - 1]
            for _ in 0..<20 {
                let delay = RetryPlan.delay(afterFailures: failures) ?? 0
                #expect(delay >= planned * 0.79 && delay <= planned * 1.21)
            }
        }
        #expect(RetryPlan.delays == RetryPlan.delays.sorted())
        #expect(RetryPlan.delay(afterFailures: RetryPlan.delays.count + 1) == nil)
        #expect(RetryPlan.delay(afterFailures: 1, wish: 99) == 99)
        #expect(RetryPlan.delay(afterFailures: 1, wish: 99_999) == 3600)
    }

    @Test(arguments: [
        "https://example.com/in?a=b", "https://93.184.216.34/", "https://[2606:2800:220:1::1]:8443/",
    ])
    func `Addresses of the internet are taken over HTTPS`(url: String) throws {
        try WebhookAddress.check(url, mayBePrivate: false)
    }

    @Test(arguments: [
        "https://127.0.0.1/", "https://10.1.2.3/", "https://169.254.169.254/latest", "https://localhost/",
        "https://a.localhost./", "https://[::1]/", "https://[::ffff:192.168.1.1]/", "https://[fd00::1]/",
    ])
    func `Addresses of one's own network are refused unless they are allowed`(url: String) throws {
        let error = #expect(throws: LibraryError.self) { try WebhookAddress.check(url, mayBePrivate: false) }
        #expect(error?.code == "webhook_address_refused")
        try WebhookAddress.check(url, mayBePrivate: true)
        try WebhookAddress.check(url.replacingOccurrences(of: "https", with: "http"), mayBePrivate: true)
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com", "https://", "https://user:secret@example.com/", "https://exa mple.com",
        "https://пример.рф", "https://example.com/" + String(repeating: "a", count: 2000), "file:///etc/passwd",
    ])
    func `What is no address of the web is refused in any case`(url: String) {
        let error = #expect(throws: LibraryError.self) { try WebhookAddress.check(url, mayBePrivate: true) }
        #expect(error?.code == "webhook_address_invalid")
    }

    @Test func `Plain HTTP needs the permission`() {
        let error = #expect(throws: LibraryError.self) {
            try WebhookAddress.check("http://example.com", mayBePrivate: false)
        }
        #expect(error?.code == "webhook_address_invalid")
    }
}
