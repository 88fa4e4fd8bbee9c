import Crypto
import FaceCore
import FaceStore
import Foundation

/// Goes through a backup once, from its beginning to its end: unpacks it where it is to be unpacked, and holds it to its list
/// of hashes.
struct BackupReading {
    let path: String
    /// A folder with a folder `uploads` in it; nil only reads.
    let target: URL?
    /// Waits until a folder's entries are on disk.
    var synchronize: (URL) throws(LibraryError) -> Void = DurableFolder.synchronize

    /// The manifest is held in memory: it has a line a table, and this is far more.
    private static let largestText = 64 << 20

    /// - Throws: `BackupError.notABackup`, `.truncated`, `.changed`, `.newerVersion`, `.unreadable`;
    ///   `LibraryError.diskFull`, `.unwritable`.
    func run(_ progress: (Int) throws -> Void) throws -> BackupManifest {
        let tar = try TarReader(path: path)
        // The list as it should be, which is not kept: it stands in the order of the entries.
        var expected = SHA256()
        var (files, bytes, listed) = (0, Int64(0), String?.none)
        var last: BackupEntry?
        var folders = WrittenFolders(synchronize: synchronize)
        while let entry = try tar.next() {
            guard let kind = BackupEntry(entry.name) else {
                throw last == nil ? BackupError.notABackup(path: path) : changed("an entry has an unknown name")
            }
            guard Self.may(kind, follow: last) else {
                throw last == nil ? BackupError.notABackup(path: path) : changed("\(kind.name) is out of order")
            }
            last = kind
            switch kind {
            case .database, .upload:
                let (hash, count) = try unpack(entry, from: tar)
                if let target {
                    try folders.writes(into: target.appendingPathComponent(entry.name).deletingLastPathComponent())
                }
                expected.update(data: Data(LibraryBackup.line(hash, kind).utf8))
                guard case .upload = kind else { continue }
                files += 1
                bytes += count
                try progress(files)
            case .sums:
                try folders.finish()
                let own = expected.finalize().hexadecimal
                guard try hash(of: tar) == own else { throw changed("the files are not those of the list") }
                listed = own
            case .manifest:
                let manifest = try BackupManifest(try text(of: tar), of: path)
                guard manifest.sums == listed, manifest.files == files, manifest.fileBytes == bytes else {
                    throw changed("the manifest is of another backup")
                }
                return manifest
            }
        }
        throw last == nil ? BackupError.notABackup(path: path) : BackupError.truncated(path: path)
    }

    private static func may(_ entry: BackupEntry, follow last: BackupEntry?) -> Bool {
        switch (last, entry) {
        case (nil, .database), (.database, .upload), (.upload, .upload), (.database, .sums), (.upload, .sums),
            (.sums, .manifest):
            true
        default: false
        }
    }

    private func unpack(_ entry: TarReader.Entry, from tar: TarReader) throws -> (hash: ContentHash, bytes: Int64) {
        var hash = SHA256()
        var count: Int64 = 0
        let output = try target.map { try NewFile($0.appendingPathComponent(entry.name)) }
        while case let bytes = try tar.bytes(), !bytes.isEmpty {
            hash.update(bufferPointer: bytes)
            count += Int64(bytes.count)
            try output?.write(bytes)
        }
        try output?.finish(modifiedAt: entry.modifiedAt)
        return (ContentHash(rawValue: hash.finalize().hexadecimal), count)
    }

    private func hash(of tar: TarReader) throws -> String {
        var hash = SHA256()
        while case let bytes = try tar.bytes(), !bytes.isEmpty { hash.update(bufferPointer: bytes) }
        return hash.finalize().hexadecimal
    }

    private func text(of tar: TarReader) throws -> [UInt8] {
        var text: [UInt8] = []
        while case let bytes = try tar.bytes(), !bytes.isEmpty {
            guard text.count + bytes.count <= Self.largestText else { throw changed("the manifest is too long") }
            text += bytes
        }
        return text
    }

    private func changed(_ detail: String) -> BackupError { .changed(path: path, detail: detail) }
}
