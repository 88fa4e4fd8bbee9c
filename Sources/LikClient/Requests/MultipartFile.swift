import Foundation
import HTTPTransfer

/// A form with photos, put together in a temporary file, so that it is sent from disk however large it is.
///
/// The file has no name any more once it is complete; it goes with the last reference to this value.
final class MultipartFile: Sendable {
    let contentType: String
    let length: Int
    private let file: FileHandle

    private static let pieceBytes = 1 << 20

    /// - Parameters:
    ///   - photos: in parts of this name.
    /// - Throws: `LikClientError.unreadable`, `.noRoomForForm`.
    init(fields: [String: String], photos: [(part: String, photo: PhotoToSend)]) throws(LikClientError) {
        let boundary = "lik-" + UUID().uuidString
        contentType = "multipart/form-data; boundary=\(boundary)"
        file = try Self.namelessFile()
        var length = 0
        do {
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                let part = Self.head(boundary, "name=\"\(Self.quoted(name))\"") + "\r\n\(value)\r\n"
                length += try Self.append(Data(part.utf8), to: file)
            }
            for (part, photo) in photos {
                let names = "name=\"\(Self.quoted(part))\"; filename=\"\(Self.quoted(photo.name))\""
                let head = Self.head(boundary, names) + "Content-Type: application/octet-stream\r\n\r\n"
                length += try Self.append(Data(head.utf8), to: file)
                length += try Self.append(photo, to: file)
                length += try Self.append(Data("\r\n".utf8), to: file)
            }
            length += try Self.append(Data("--\(boundary)--\r\n".utf8), to: file)
        } catch let error as LikClientError {
            throw error
        } catch {
            throw .noRoomForForm
        }
        self.length = length
    }

    /// Good for as long as this value lives.
    var body: HTTPTransfer.Body { .file(path: "/proc/self/fd/\(file.fileDescriptor)", offset: 0, length: length) }

    private static func namelessFile() throws(LikClientError) -> FileHandle {
        let path = FileManager.default.temporaryDirectory.path + "/lik-form-" + UUID().uuidString
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .noRoomForForm }
        unlink(path)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    private static func append(_ data: Data, to file: FileHandle) throws -> Int {
        try file.write(contentsOf: data)
        return data.count
    }

    private static func append(_ photo: PhotoToSend, to file: FileHandle) throws -> Int {
        guard let source = FileHandle(forReadingAtPath: photo.path) else { throw LikClientError.unreadable(photo.path) }
        defer { try? source.close() }
        var length = 0
        while true {
            let piece: Data?
            do { piece = try source.read(upToCount: pieceBytes) } catch { throw LikClientError.unreadable(photo.path) }
            guard let piece, !piece.isEmpty else { return length }
            length += try append(piece, to: file)
        }
    }

    private static func head(_ boundary: String, _ parameters: String) -> String {
        "--\(boundary)\r\nContent-Disposition: form-data; \(parameters)\r\n"
    }

    /// As browsers write names into a form (WHATWG HTML, multipart form data).
    static func quoted(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { quoted, scalar in
            switch scalar {
            case "\"": quoted += "%22"
            case "\r": quoted += "%0D"
            case "\n": quoted += "%0A"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
    }
}
