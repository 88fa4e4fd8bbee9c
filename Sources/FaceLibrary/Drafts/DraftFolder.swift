import FaceCore
import FaceStore
import Foundation

/// Drafts on disk, in a file each, so that they outlive the process: what was asked for and what came of it, and beside it
/// the placement once it is computed.
struct DraftFolder: Sendable {
    let url: URL

    func create() throws {
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// All drafts that can be read, oldest first. A damaged file is no draft.
    func all() -> [Draft] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.filter { $0.hasSuffix(".draft.json") }.compactMap { name in
            guard let data = try? Data(contentsOf: url.appendingPathComponent(name)) else { return nil }
            return try? JSONDecoder().decode(Draft.self, from: data)
        }.sorted { ($0.createdAt, $0.id.uuidString) < ($1.createdAt, $1.id.uuidString) }
    }

    /// Another one whenever a file was written or removed; nil as long as that may still happen at the same moment.
    var version: Int? {
        var status = stat()
        guard stat(url.path, &status) == 0 else { return nil }
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        // A file system's clock is coarse, and another machine's is not ours.
        guard abs(now.tv_sec - status.st_mtim.tv_sec) > 2 else { return nil }
        return status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
    }

    func write(_ draft: Draft) throws { try write(draft, to: file(draft.id, "draft")) }

    func placement(of id: UUID) throws -> DraftPlacement {
        let stored = try JSONDecoder().decode(
            StoredPlacement.self, from: try Data(contentsOf: file(id, "placement")))
        return DraftPlacement(
            groups: stored.groups.map { .init(person: $0.person, faces: $0.faces) }, unknown: stored.unknown,
            model: stored.model)
    }

    func write(_ placement: DraftPlacement, of id: UUID) throws {
        let stored = StoredPlacement(
            groups: placement.groups.map { .init(person: $0.person, faces: $0.faces) }, unknown: placement.unknown,
            model: placement.model)
        try write(stored, to: file(id, "placement"))
    }

    func remove(_ id: UUID) {
        for kind in ["placement", "draft"] { try? FileManager.default.removeItem(at: file(id, kind)) }
    }

    private func file(_ id: UUID, _ kind: String) -> URL {
        url.appendingPathComponent("\(id.uuidString.lowercased()).\(kind).json")
    }

    private func write(_ value: some Encodable, to file: URL) throws {
        do {
            try JSONEncoder().encode(value).write(to: file, options: .atomic)
        } catch is CocoaError {
            throw LibraryError(code: errno, path: file.path)
        }
    }

    private struct StoredPlacement: Codable {
        struct Group: Codable {
            var person: PersonID?
            var faces: [FaceID]
        }

        var groups: [Group]
        var unknown: [FaceID]
        var model: ModelID
    }
}
