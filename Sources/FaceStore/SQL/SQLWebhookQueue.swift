import FaceCore
import Foundation

struct SQLWebhookQueue: WebhookQueue {
    let connection: LibraryConnection

    /// What is due and in nobody's hands.
    private static let waits = """
        state = 'pending' AND due_at <= ? AND (leased_until IS NULL OR leased_until <= ?)
        """

    func webhooksWithWork() throws(FaceStoreError) -> [WebhookID] {
        try connection.read { database in
            let sql = """
                SELECT id FROM webhook WHERE is_active = 1
                    AND EXISTS (SELECT * FROM webhook_delivery WHERE webhook_id = webhook.id AND \(Self.waits))
                ORDER BY id
                """
            let now = connection.now()
            return try Int64.fetchAll(database.cachedStatement(sql: sql), arguments: [now, now]).map { WebhookID($0) }
        }
    }

    func claim(of webhook: WebhookID, lease: Duration) throws(FaceStoreError) -> ClaimedDelivery? {
        try connection.writeBesideOthers { database in
            guard
                let receiver = try WebhookTable.fetch("id = ? AND is_active = 1", [webhook.rawValue], in: database)
                    .first
            else { return nil }
            let now = connection.clock()
            let moment = Timestamp(now).text
            let next = try Int64.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT id FROM webhook_delivery WHERE webhook_id = ? AND \(Self.waits)
                        ORDER BY due_at, id LIMIT 1 \(database.lockingClause)
                        """), arguments: [webhook.rawValue, moment, moment])
            guard let next else { return nil }
            let seconds = Double(lease.components.seconds) + Double(lease.components.attoseconds) * 1e-18
            try database.cachedStatement(
                sql: "UPDATE webhook_delivery SET leased_until = ?, lease = lease + 1 WHERE id = ?"
            ).execute(arguments: [Timestamp(now.addingTimeInterval(seconds)).text, next])
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT delivery_id, body, attempts, lease FROM webhook_delivery WHERE id = ?"),
                arguments: [next])
            guard let row else { return nil }
            let attempts: Int64 = row["attempts"]
            return ClaimedDelivery(
                id: try DeliveryTable.id(row["delivery_id"]), webhook: receiver, body: row["body"],
                attempts: Int(attempts), claimedAt: now, lease: row["lease"])
        }
    }

    func finish(_ claim: ClaimedDelivery, _ outcome: DeliveryOutcome) throws(FaceStoreError) -> Bool {
        // An answer that was given must not be lost because somebody works long on the library.
        try connection.writeBesideOthers { database in
            let moment = connection.clock()
            let now = Timestamp(moment).text
            var (state, status, reason, dueAt): (WebhookDelivery.State, Int?, String?, Date?) =
                switch outcome {
                case .delivered(let status): (.delivered, status, nil, nil)
                case .failed(let status, let reason, let delay):
                    (.pending, status, reason, moment.addingTimeInterval(delay))
                case .dead(let status, let reason, _): (.dead, status, reason, nil)
                }
            if case .dead(_, _, endsWebhook: false) = outcome, try isAskedFor(claim, in: database) {
                (state, dueAt) = (.pending, moment.addingTimeInterval(Self.asked))
            }
            try database.cachedStatement(
                sql: """
                    UPDATE webhook_delivery SET state = ?, status = ?, failure = ?, due_at = ?, ended_at = ?,
                        attempted_at = ?, attempts = attempts + 1, leased_until = NULL
                    WHERE delivery_id = ? AND lease = ? AND state = 'pending'
                    """
            ).execute(arguments: [
                state.rawValue, status, reason, dueAt.map { Timestamp($0).text }, dueAt == nil ? now : nil, now,
                claim.id.name, claim.lease,
            ])
            guard database.changesCount > 0 else { return false }
            switch outcome {
            case .delivered:
                try database.cachedStatement(
                    sql: """
                        UPDATE webhook_delivery SET due_at = ?, hastened = hastened + 1
                        WHERE webhook_id = ? AND state = 'pending' AND due_at > ?
                            AND attempts > 0 AND status IS NULL AND hastened < 3
                        """
                ).execute(arguments: [now, claim.webhook.id.rawValue, now])
            case .dead(_, _, endsWebhook: true):
                try database.execute(
                    sql: "UPDATE webhook SET is_active = 0, updated_at = ? WHERE id = ? AND url = ?",
                    arguments: [now, claim.webhook.id.rawValue, claim.webhook.url])
            case .dead, .failed: break
            }
            return true
        }
    }

    /// Seconds until a message that was asked for while its last attempt ran is sent again.
    private static let asked = 5.0

    /// Whether somebody wanted the message sent again since it was claimed: its attempts count anew then.
    private func isAskedFor(_ claim: ClaimedDelivery, in database: Database) throws -> Bool {
        let sql = "SELECT attempts FROM webhook_delivery WHERE delivery_id = ?"
        let attempts = try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: [claim.id.name])
        return attempts.map { $0 < claim.attempts } ?? false
    }

    func prune(deliveredFor delivered: Double, deadFor dead: Double) throws(FaceStoreError) -> Int {
        try connection.write { database in
            let now = connection.clock()
            let deliveredBefore = Timestamp(now.addingTimeInterval(-delivered)).text
            let deadBefore = Timestamp(now.addingTimeInterval(-dead)).text
            try database.execute(
                sql: """
                    DELETE FROM webhook_delivery WHERE state = 'delivered' AND ended_at < ?
                        OR state = 'dead' AND ended_at < ?
                        OR state = 'pending' AND created_at < ? AND EXISTS (
                            SELECT * FROM webhook WHERE webhook.id = webhook_id AND is_active = 0)
                    """,
                arguments: [deliveredBefore, deadBefore, deadBefore])
            return database.changesCount
        }
    }
}
