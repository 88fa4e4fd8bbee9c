import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct WebhookContract {
    private static let lease = Duration.seconds(60)

    /// A library with one person and the webhooks that are wanted.
    private struct Scene {
        let people: PeopledLibrary
        var store: any LibraryStore { people.store }

        init(_ backend: Backend) throws { people = try PeopledLibrary(backend, [1]) }

        func hook(_ name: String, in collection: CollectionID? = nil) throws -> Webhook {
            try store.webhooks.create(
                NewWebhook(name: name, url: "https://example.com/\(name)", collection: collection), secret: "whsec_AA")
        }

        /// Each in a place of its own, so that each is an event.
        @discardableResult
        func see(_ number: Int, in collection: CollectionID? = nil) throws -> AttendanceEvent {
            let sighting = Sighting(
                person: people.people[0], collection: collection, place: "\(number)", at: SteadyClock.start,
                similarity: 0.5)
            return try store.attendance.record(sighting, window: .seconds(300)) { "{\"place\":\"\($0.place)\"}" }.event
        }

        func deliveries(_ hook: Webhook, _ state: WebhookDelivery.State? = nil) throws -> [WebhookDelivery] {
            try store.webhooks.deliveries(of: hook.id, state: state, after: nil, limit: 100).elements
        }

        func claim(_ hook: Webhook) throws -> ClaimedDelivery? {
            try store.deliveries.claim(of: hook.id, lease: WebhookContract.lease)
        }
    }

    @Test(arguments: Backend.allCases)
    func `A webhook is made, changed, rotated and deleted`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let staff = try store.collections.create(name: "Staff", threshold: .pack)
        let made = try store.webhooks.create(
            NewWebhook(name: " Door ", url: "https://example.com", collection: staff.id), secret: "whsec_AA")
        #expect(made.name == "Door" && made.isActive && made.events == [.attendance] && made.collection == staff.id)
        #expect(made.secret == "whsec_AA" && made.formerSecret == nil && made.rotatedAt == nil)
        let changed = try store.webhooks.change(
            made.id, WebhookChange(url: "https://example.org", collection: .some(nil), isActive: false))
        #expect(changed.name == "Door" && changed.url == "https://example.org" && !changed.isActive)
        #expect(changed.collection == nil && changed.updatedAt > made.updatedAt)
        #expect(throws: FaceStoreError.unknownCollection(CollectionID(99))) {
            try store.webhooks.change(made.id, WebhookChange(collection: .some(CollectionID(99))))
        }
        let rotated = try store.webhooks.rotate(made.id, secret: "whsec_BB")
        #expect(rotated.secret == "whsec_BB" && rotated.formerSecret == "whsec_AA" && rotated.rotatedAt != nil)
        #expect(try store.webhooks.all() == [rotated] && store.webhooks.webhook(made.id) == rotated)
        try store.webhooks.delete(made.id)
        #expect(try store.webhooks.all().isEmpty)
        #expect(throws: FaceStoreError.unknownWebhook(made.id)) { try store.webhooks.delete(made.id) }
        #expect(throws: FaceStoreError.unknownWebhook(made.id)) {
            try store.webhooks.rotate(made.id, secret: "whsec_CC")
        }
        #expect(throws: FaceStoreError.nameIsEmpty) {
            try store.webhooks.create(NewWebhook(name: " ", url: "https://example.com"), secret: "whsec_AA")
        }
        for number in 0..<64 {
            _ = try store.webhooks.create(NewWebhook(name: "\(number)", url: "https://a.com"), secret: "whsec_AA")
        }
        #expect(throws: FaceStoreError.tooManyWebhooks(limit: 64)) {
            try store.webhooks.create(NewWebhook(name: "65", url: "https://a.com"), secret: "whsec_AA")
        }
    }

    @Test(arguments: Backend.allCases)
    func `A new event is queued for those who want it, once, and another sighting is not`(backend: Backend) throws {
        let scene = try Scene(backend)
        let staff = try scene.store.collections.create(name: "Staff", threshold: .pack)
        let guests = try scene.store.collections.create(name: "Guests", threshold: .pack)
        let all = try scene.hook("all")
        let some = try scene.hook("staff", in: staff.id)
        let off = try scene.hook("off")
        _ = try scene.store.webhooks.change(off.id, WebhookChange(isActive: false))
        #expect(try scene.store.deliveries.webhooksWithWork().isEmpty)
        let event = try scene.see(1, in: staff.id)
        try scene.see(1, in: staff.id)
        try scene.see(2, in: guests.id)
        try scene.see(3)
        #expect(try scene.deliveries(all).count == 3 && scene.deliveries(off).isEmpty)
        let ofStaff = try scene.deliveries(some)
        #expect(ofStaff.count == 1 && ofStaff[0].event == event.id && ofStaff[0].kind == .attendance)
        #expect(ofStaff[0].state == .pending && ofStaff[0].attempts == 0)
        #expect(try scene.store.deliveries.webhooksWithWork() == [all.id, some.id])
        #expect(try scene.claim(some)?.body == "{\"place\":\"1\"}")
        // A webhook of a collection that is gone is told of nothing, rather than of everything.
        try scene.store.collections.delete(staff.id)
        try scene.see(4)
        #expect(try scene.deliveries(some).count == 1)
        try scene.store.attendance.delete(event.id)
        #expect(try scene.deliveries(some).isEmpty && scene.deliveries(all).count == 3)
    }

    @Test(arguments: Backend.allCases)
    func `A message is in one's hands at a time, and another's when the lease has ended`(backend: Backend) throws {
        let scene = try Scene(backend)
        let hook = try scene.hook("all")
        try scene.see(1)
        let elsewhere = try scene.people.library.elsewhere()
        let first = try #require(try scene.claim(hook))
        #expect(first.webhook == hook && first.attempts == 0)
        #expect(try elsewhere.deliveries.claim(of: hook.id, lease: Self.lease) == nil)
        #expect(try elsewhere.deliveries.webhooksWithWork().isEmpty)
        scene.people.library.clock.advance(bySeconds: 61)
        let second = try #require(try elsewhere.deliveries.claim(of: hook.id, lease: Self.lease))
        #expect(second.id == first.id && second.lease != first.lease && second.body == first.body)
        #expect(try !scene.store.deliveries.finish(first, .delivered(status: 200)))
        #expect(try elsewhere.deliveries.finish(second, .delivered(status: 204)))
        let delivered = try #require(try scene.deliveries(hook).first)
        #expect(delivered.state == .delivered && delivered.status == 204 && delivered.attempts == 1)
        #expect(delivered.endedAt != nil && delivered.dueAt == nil)
        #expect(try scene.claim(hook) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `Several who claim at once get different messages`(backend: Backend) throws {
        let scene = try Scene(backend)
        let hook = try scene.hook("all")
        for number in 0..<6 { try scene.see(number) }
        let store = scene.store
        let claims = try onThreads(6) { _ in
            // Whoever found only what another was just taking looks again, as senders do.
            for _ in 0..<20 {
                if let claim = try store.deliveries.claim(of: hook.id, lease: Self.lease) { return claim.id }
            }
            return nil as DeliveryID?
        }.compactMap(\.self)
        #expect(claims.count == 6 && Set(claims).count == 6)
    }

    @Test(arguments: Backend.allCases)
    func `What failed waits for its time, or until the receiver answers again`(backend: Backend) throws {
        let scene = try Scene(backend)
        let hook = try scene.hook("all")
        let clock = scene.people.library.clock
        for number in 0..<3 { try scene.see(number) }
        let unreachable = try #require(try scene.claim(hook))
        try scene.store.deliveries.finish(unreachable, .failed(status: nil, reason: "Away.", after: 1000))
        let refused = try #require(try scene.claim(hook))
        try scene.store.deliveries.finish(refused, .failed(status: 500, reason: "No.", after: 1000))
        let waiting = try scene.deliveries(hook, .pending)
        #expect(waiting.count == 3 && waiting.first { $0.id == refused.id }?.failure == "No.")
        let third = try #require(try scene.claim(hook))
        #expect(try scene.claim(hook) == nil)
        try scene.store.deliveries.finish(third, .delivered(status: 200))
        // The one that nobody answered goes at once; the one that was refused has to wait.
        let again = try #require(try scene.claim(hook))
        #expect(again.id == unreachable.id && again.attempts == 1)
        #expect(try scene.claim(hook) == nil)
        try scene.store.deliveries.finish(again, .delivered(status: 200))
        clock.advance(bySeconds: 1001)
        #expect(try scene.claim(hook)?.id == refused.id)
    }

    @Test(arguments: Backend.allCases)
    func `A message that itself keeps the receiver from answering is not hastened for ever`(backend: Backend) throws {
        let scene = try Scene(backend)
        let hook = try scene.hook("all")
        try scene.see(0)
        var claim = try #require(try scene.claim(hook))
        let poison = claim.id
        for round in 0..<4 {
            #expect(claim.id == poison)
            try scene.store.deliveries.finish(claim, .failed(status: nil, reason: "Away.", after: 100_000))
            try scene.see(round + 1)
            let other = try #require(try scene.claim(hook))
            #expect(other.id != poison)
            try scene.store.deliveries.finish(other, .delivered(status: 200))
            guard round < 3 else { break }
            claim = try #require(try scene.claim(hook))
        }
        #expect(try scene.claim(hook) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `What is asked for while its last attempt runs is not given up`(backend: Backend) throws {
        let scene = try Scene(backend)
        let hook = try scene.hook("all")
        try scene.see(1)
        let first = try #require(try scene.claim(hook))
        try scene.store.deliveries.finish(first, .failed(status: 500, reason: "No.", after: 0))
        scene.people.library.clock.advance(bySeconds: 1)
        let last = try #require(try scene.claim(hook))
        _ = try scene.store.webhooks.retry(last.id, of: hook.id)
        try scene.store.deliveries.finish(last, .dead(status: 500, reason: "No.", endsWebhook: false))
        let waiting = try #require(try scene.deliveries(hook).first)
        #expect(waiting.state == .pending && waiting.failure == "No." && waiting.dueAt != nil)
    }

    @Test(arguments: Backend.allCases)
    func `A webhook that has another address by now is not switched off by the old one`(backend: Backend) throws {
        let scene = try Scene(backend)
        let hook = try scene.hook("all")
        try scene.see(1)
        let claim = try #require(try scene.claim(hook))
        _ = try scene.store.webhooks.change(hook.id, WebhookChange(url: "https://elsewhere.example/"))
        try scene.store.deliveries.finish(claim, .dead(status: 410, reason: "Gone.", endsWebhook: true))
        #expect(try scene.store.webhooks.webhook(hook.id)?.isActive == true)
    }

    @Test(arguments: Backend.allCases)
    func `What was given up is listed as dead, and sent again on request`(backend: Backend) throws {
        let scene = try Scene(backend)
        let hook = try scene.hook("all")
        let other = try scene.hook("other")
        try scene.see(1)
        let claim = try #require(try scene.claim(hook))
        try scene.store.deliveries.finish(claim, .dead(status: 400, reason: "No.", endsWebhook: false))
        #expect(try scene.deliveries(hook, .dead).map(\.id) == [claim.id] && scene.claim(hook) == nil)
        #expect(try scene.deliveries(hook, .delivered).isEmpty)
        let queued = try scene.store.webhooks.retry(claim.id, of: hook.id)
        #expect(queued.state == .pending && queued.attempts == 0 && queued.endedAt == nil)
        #expect(try scene.claim(hook)?.id == claim.id)
        #expect(throws: FaceStoreError.unknownDelivery(claim.id)) {
            try scene.store.webhooks.retry(claim.id, of: other.id)
        }
        let gone = try #require(try scene.claim(other))
        try scene.store.deliveries.finish(gone, .dead(status: 410, reason: "Gone.", endsWebhook: true))
        #expect(try scene.store.webhooks.webhook(other.id)?.isActive == false)
        try scene.see(2)
        #expect(try scene.deliveries(other).count == 1 && scene.claim(other) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `A test is a message without an event, and what is old is forgotten`(backend: Backend) throws {
        let scene = try Scene(backend)
        let hook = try scene.hook("all")
        let test = try scene.store.webhooks.addTest(to: hook.id, body: "{}")
        #expect(test.kind == .test && test.event == nil && test.state == .pending)
        let claim = try #require(try scene.claim(hook))
        try scene.store.deliveries.finish(claim, .delivered(status: 200))
        try scene.see(1)
        #expect(try scene.store.deliveries.prune(deliveredFor: 1e6, deadFor: -1e6) == 0)
        #expect(try scene.store.deliveries.prune(deliveredFor: -1e6, deadFor: 1e6) == 1)
        #expect(try scene.deliveries(hook).count == 1)
        _ = try scene.store.webhooks.change(hook.id, WebhookChange(isActive: false))
        #expect(try scene.store.deliveries.prune(deliveredFor: 1e6, deadFor: -1e6) == 1)
        #expect(throws: FaceStoreError.unknownWebhook(WebhookID(99))) {
            try scene.store.webhooks.addTest(to: WebhookID(99), body: "{}")
        }
    }
}
