public import FaceCore
public import FaceStore
public import Foundation

/// Who was recognised where and when.
extension Library {
    /// Takes a sighting in, and lets the webhooks know when it is a new event.
    ///
    /// - Parameter window: how far from an event another sighting belongs to it; nil for the library's own.
    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownPerson` for who is gone by now.
    public func attend(
        _ sighting: Sighting, window: Duration? = nil
    ) throws(LibraryError) -> (event: AttendanceEvent, isNew: Bool) {
        let recorded = try storing { () throws(FaceStoreError) in
            try store.attendance.record(sighting, window: window ?? options.attendanceWindow) {
                WebhookMessage.attendance($0)
            }
        }
        if recorded.isNew { announcements.ring() }
        return recorded
    }

    /// - Throws: `LibraryError.unknownEvent`.
    public func attendanceEvent(_ id: EventID) throws(LibraryError) -> AttendanceEvent {
        let event = try storing { () throws(FaceStoreError) in try store.attendance.event(id) }
        guard let event else { throw .unknownEvent(id.name) }
        return event
    }

    /// Events, newest first.
    public func attendance(
        _ filter: AttendanceFilter, after cursor: PageCursor?, limit: Int
    ) throws(LibraryError) -> Page<AttendanceEvent> {
        try storing { () throws(FaceStoreError) in
            try store.attendance.events(filter, after: cursor, limit: limit)
        }
    }

    /// Forgets an event.
    ///
    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownEvent`.
    public func deleteAttendanceEvent(_ id: EventID) throws(LibraryError) {
        try storing { () throws(FaceStoreError) in try store.attendance.delete(id) }
    }

    /// Events as a table, newest first: see `ExportStream.attendance`.
    public func exportAttendance(_ filter: AttendanceFilter, marksEncoding: Bool = true) -> ExportStream {
        .attendance(filter, marksEncoding: marksEncoding, of: store)
    }
}
