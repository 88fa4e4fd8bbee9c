import FaceStore

extension PhotoCollection {
    /// All photos as one zip archive, stored as they are. What is missing is listed in a text file in it.
    public func zip() -> ExportStream {
        ZipStream.stream(filesAndList)
    }

    /// The photos as they go into an archive or a folder.
    var files: [ZipEntry] {
        entries.map { entry in
            ZipEntry(
                name: entry.name, content: .file(entry.url, byteCount: entry.byteCount), modifiedAt: entry.modifiedAt)
        }
    }

    private var filesAndList: [ZipEntry] {
        var files = files
        if !missing.isEmpty {
            let text = missing.joined(separator: "\n") + "\n"
            files.append(
                ZipEntry(
                    name: listName, content: .bytes(Array(text.utf8)),
                    modifiedAt: entries.map(\.modifiedAt).max() ?? 0))
        }
        return files
    }

    /// What an archive of the photos is called: the person's name, made safe.
    public var archiveName: String { ArchiveNames.safe(person.displayName) + ".zip" }
}
