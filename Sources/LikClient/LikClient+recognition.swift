extension LikClient {
    /// Whether the largest faces of two photos are one person.
    ///
    /// - Parameter threshold: the largest distance of one person; by default the collection's or the server's.
    /// - Throws: `LikClientError`; the code `no_face` where a photo shows nobody.
    public func verify(
        _ first: PhotoToSend, _ second: PhotoToSend, threshold: Double? = nil, collection: Int64? = nil
    ) throws(LikClientError) -> RemoteVerification {
        try recognise(
            "/api/verify", [("image1", first), ("image2", second)],
            ["threshold": threshold?.description, "collection": collection?.description], isRepeatable: true)
    }

    /// Who the faces of a photo are; nothing is kept of it.
    ///
    /// - Parameter limit: how many people are named for each face, 1 to 100.
    public func identify(
        _ photo: PhotoToSend, limit: Int = 1, threshold: Double? = nil, collection: Int64? = nil
    ) throws(LikClientError) -> RemoteIdentification {
        try recognise(
            "/api/identify", [("image", photo)],
            [
                "limit": String(limit), "threshold": threshold?.description, "collection": collection?.description,
            ], isRepeatable: true)
    }

    /// What a route of recognition says of photos.
    func recognise<Value: Decodable>(
        _ path: String, _ photos: [(part: String, photo: PhotoToSend)], _ fields: [String: String?], isRepeatable: Bool
    ) throws(LikClientError) -> Value {
        let form = try MultipartFile(fields: fields.compactMapValues { $0 }, photos: photos)
        return try withExtendedLifetime(form) { () throws(LikClientError) in
            try ask(.post(path, form, isRepeatable: isRepeatable))
        }
    }
}
