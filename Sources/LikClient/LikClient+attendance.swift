import HTTPTransfer

extension LikClient {
    /// Identifies the faces of a photo and notes who was at a place.
    ///
    /// - Parameter window: seconds in which another sighting belongs to the same event; by default the server's.
    public func attend(
        _ photo: PhotoToSend, place: String? = nil, collection: Int64? = nil, window: Int? = nil,
        threshold: Double? = nil
    ) throws(LikClientError) -> RemoteIdentification {
        try recognise(
            "/api/attendance", [("image", photo)],
            [
                "place": place, "collection": collection?.description, "window": window?.description,
                "threshold": threshold?.description,
            ], isRepeatable: false)
    }

    /// Who was where, newest first.
    public func attendance(
        _ filter: AttendanceFilter = AttendanceFilter(), most: Int = .max
    ) throws(LikClientError) -> [RemoteAttendance] {
        try askAll(.get("/api/attendance", query: filter.query), most: most)
    }

    /// The same as a table, RFC 4180 without a byte order mark.
    public func attendanceTable(_ filter: AttendanceFilter = AttendanceFilter()) throws(LikClientError) -> [UInt8] {
        try answer(
            to: .get("/api/attendance.csv", query: filter.query.merging(["bom": "false"]) { given, _ in given })
        ).body
    }
}
