public import FaceCore

/// Who was recognised where and when. Events of deleted people are in no list until these are restored, and go when they
/// are erased.
public protocol AttendanceRepository: Sendable {
    /// Takes a sighting in: as a new event, or as one more sighting of the event of the same person at the same place and in
    /// the same collection that lies within the window.
    ///
    /// A new event is announced to the webhooks that want to know in the same transaction.
    ///
    /// - Parameters:
    ///   - window: how far from an event's moment a sighting belongs to it; zero makes each sighting an event.
    ///   - message: the body of the announcement, JSON; asked for at most once.
    /// - Throws: `FaceStoreError.unknownPerson`.
    func record(
        _ sighting: Sighting, window: Duration, message: (AttendanceEvent) -> String
    ) throws(FaceStoreError) -> (event: AttendanceEvent, isNew: Bool)

    func event(_ id: EventID) throws(FaceStoreError) -> AttendanceEvent?

    /// Events, newest first, at most `limit`, after a cursor if one is given.
    func events(
        _ filter: AttendanceFilter, after cursor: PageCursor?, limit: Int
    ) throws(FaceStoreError) -> Page<AttendanceEvent>

    /// Forgets an event, and what webhooks have not been told of it yet.
    ///
    /// - Throws: `FaceStoreError.unknownEvent`.
    func delete(_ id: EventID) throws(FaceStoreError)

    /// Forgets events of people who are gone for good.
    ///
    /// - Returns: how many.
    func prune() throws(FaceStoreError) -> Int
}
