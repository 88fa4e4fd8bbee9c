import Foundation

extension LikClient {
    /// The version of the server, which needs no key.
    ///
    /// - Throws: `LikClientError`; refused with 503 while something that the server needs is down.
    public func serverVersion() throws(LikClientError) -> String {
        try ask(.get("/health"), for: RemoteHealth.self).version
    }

    /// What the server takes in one upload; nil where it does not tell, as to a key that may write and not read.
    ///
    /// - Throws: `LikClientError`.
    public func limits() throws(LikClientError) -> RemoteLimits? {
        do {
            return try ask(.get("/api/config"), for: RemoteConfig.self).limits
        } catch .refused(status: 403, _, _, _) {
            return nil
        }
    }

    /// Sends photos in one request; returns when all of them are safely on the server's disk.
    ///
    /// - Throws: `LikClientError`.
    public func upload(_ photos: [PhotoToSend]) throws(LikClientError) -> RemoteUpload {
        let form = try MultipartFile(fields: [:], photos: photos.map { ("images", $0) })
        return try withExtendedLifetime(form) { () throws(LikClientError) in
            try ask(.post("/api/upload", form, isRepeatable: false, isUpload: true))
        }
    }

    /// How a task stands.
    public func task(_ id: String) throws(LikClientError) -> RemoteTask {
        try ask(.get("/api/task/\(APIRequest.encoded(id))"))
    }

    /// Tasks, newest first.
    ///
    /// - Parameter status: `processing` for those in work, `completed` or `failed`; nil for all.
    public func tasks(status: String? = nil, most: Int = .max) throws(LikClientError) -> [RemoteTask] {
        try askAll(.get("/api/tasks", query: ["status": status]), most: most)
    }

    /// Asks for a task until it has ended.
    ///
    /// - Parameters:
    ///   - goesOn: gets each answer; false gives the waiting up.
    /// - Returns: the task as it ended, whether it failed or not.
    /// - Throws: `LikClientError`; `.taskGoesOn` when it was given up.
    public func wait(
        for task: String, every pause: Duration = .seconds(1), goesOn: (RemoteTask) -> Bool = { _ in true }
    ) throws(LikClientError) -> RemoteTask {
        while true {
            let state = try self.task(task)
            let isWanted = goesOn(state)
            guard state.isInWork else { return state }
            guard isWanted else { throw .taskGoesOn(task) }
            Thread.sleep(forTimeInterval: pause / .seconds(1))
        }
    }
}
