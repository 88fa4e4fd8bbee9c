import Foundation

/// A name in a folder, as the file system has it: bytes, which need not be text.
struct FolderEntry {
    let bytes: [UInt8]

    /// The name; nil when it is not valid UTF-8.
    var name: String? { String(validating: bytes, as: UTF8.self) }
    /// The name with a replacement character for what is no text: good for reading, not for opening.
    var readableName: String { String(decoding: bytes, as: UTF8.self) }
}

extension FolderEntry {
    /// What is in a folder, `.` and `..` left out, in the order of the names.
    ///
    /// - Throws: `PhotoIntakeError.unreadableFolder` with the path.
    static func all(in folder: String) throws(PhotoIntakeError) -> [FolderEntry] {
        guard let stream = opendir(folder) else {
            let code = errno
            throw .unreadableFolder(folder, reason: String(cString: strerror(code)))
        }
        defer { closedir(stream) }
        var entries: [FolderEntry] = []
        while true {
            // The end and an error look the same but for errno.
            errno = 0
            guard let entry = readdir(stream) else {
                let code = errno
                guard code == 0 else { throw .unreadableFolder(folder, reason: String(cString: strerror(code))) }
                break
            }
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let bytes = [UInt8](UnsafeRawBufferPointer(start: start, count: strlen(start)))
            if bytes != Array(".".utf8), bytes != Array("..".utf8) { entries.append(FolderEntry(bytes: bytes)) }
        }
        return entries.sorted { $0.readableName < $1.readableName }
    }
}
