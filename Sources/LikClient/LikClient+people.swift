extension LikClient {
    /// People by what `order` says, those with the most faces first by default.
    ///
    /// - Parameter collection: only who is in this one.
    public func people(
        order: String = "faces", collection: Int64? = nil, most: Int = .max
    ) throws(LikClientError) -> [RemotePerson] {
        try askAll(
            .get("/api/persons", query: ["sort": order, "collection": collection.map(String.init)]), most: most)
    }

    public func collections() throws(LikClientError) -> [RemoteCollection] { try ask(.get("/api/collections")) }

    /// The number of the collection that a number or a name means. A number is not looked up, for which a key would have to
    /// be allowed to read.
    ///
    /// - Throws: `LikClientError.unknownCollection` for a name that there is not.
    public func collection(_ text: String) throws(LikClientError) -> Int64 {
        if let number = Int64(text) { return number }
        guard let found = try collections().first(where: { $0.name == text }) else { throw .unknownCollection(text) }
        return found.id
    }
}
