import FaceCore
import FaceLibrary
import FaceStore

// What the API's answers hold, field by field, as openapi.yaml describes it.

extension JSONWriter {
    mutating func write(_ stats: LibraryStats) {
        object { json in
            json.field("total_persons", stats.persons)
            json.field("total_faces", stats.faces)
            json.field("total_tasks", stats.tasks)
            json.field("total_photos", stats.photos)
            json.field("unknown_faces", stats.unknownFaces)
        }
    }

    mutating func write(_ task: LibraryTask, in language: Language) {
        object { json in
            json.field("id", task.id.name)
            json.field("status", task.publicStatus)
            json.field("total_images", task.progress.totalPhotos)
            json.field("processed_images", task.progress.processedPhotos)
            json.field("total_faces", task.progress.totalFaces)
            json.field("unique_persons", task.uniquePersons)
            json.field("error_message", task.failure(in: language))
            json.field("code", task.failureCode)
            json.field("kind", task.kind.rawValue)
            json.field("created_at", task.createdAt)
            json.field("completed_at", task.completedAt)
            json.field("errors", array: task.errors) { json, error in
                json.object { json in
                    json.field("file", error.file)
                    json.field("error", Sentences(language).fileProblem(error.error))
                }
            }
        }
    }

    mutating func write(_ person: ListedPerson) {
        object { json in json.writeFields(of: person) }
    }

    mutating func write(_ details: PersonDetails) {
        object { json in
            json.writeFields(of: details.person)
            json.field("faces", array: details.faces) { json, face in
                json.object { json in json.writeFields(of: face) }
            }
        }
    }

    mutating func write(_ face: ListedFace) {
        object { json in json.writeFields(of: face) }
    }

    mutating func write(_ photo: ListedPhoto) {
        object { json in json.writeFields(of: photo.photo, faceCount: photo.faceCount) }
    }

    mutating func write(_ details: PhotoDetails) {
        object { json in
            json.writeFields(of: details.photo, faceCount: details.faces.count)
            json.field("faces", array: details.faces) { json, face in
                json.object { json in
                    json.writeFields(of: face)
                    json.field("name", face.person.flatMap { details.names[$0] })
                }
            }
        }
    }

    // MARK: - Fields that several documents have

    private mutating func writeFields(of listed: ListedPerson) {
        writeFields(of: listed.person)
        field("cover", listed.cover.map { $0.picturePath })
    }

    mutating func writeFields(of person: Person) {
        field("id", person.id)
        field("name", person.displayName)
        field("is_named", person.name != nil)
        field("created_at", person.createdAt)
        field("updated_at", person.updatedAt)
        field("faces_count", person.faceCount)
        field("note", person.note)
        field("birth_date", person.birthDate?.description)
        field("hidden", person.isHidden)
        field("revision", person.revision?.rawValue ?? 0)
    }

    private mutating func writeFields(of face: ListedFace) {
        let original = face.photo.originalPath
        field("id", face.id)
        field("person_id", face.person)
        field("photo_id", face.photo.id)
        field("original_image", original)
        field("annotated_image", face.photo.annotatedPath)
        field("crop", face.picturePath)
        field("image_path", original)
        field("face_x", face.box.x)
        field("face_y", face.box.y)
        field("face_width", face.box.width)
        field("face_height", face.box.height)
        field("image_width", face.photo.metadata?.width ?? 0)
        field("image_height", face.photo.metadata?.height ?? 0)
        field("confidence", face.detectionScore)
        field("detected_at", face.detectedAt)
    }

    private mutating func writeFields(of photo: StoredPhoto, faceCount: Int) {
        field("id", photo.id)
        field("file", photo.upload?.displayName ?? "photo-\(photo.id)")
        field("original_image", photo.originalPath)
        field("annotated_image", photo.annotatedPath)
        field("width", photo.metadata?.width ?? 0)
        field("height", photo.metadata?.height ?? 0)
        field("size", photo.byteCount)
        field("taken_at", photo.metadata?.takenAt?.description)
        field("camera", photo.metadata?.camera)
        field("faces_count", faceCount)
        field("created_at", photo.addedAt)
    }
}

extension LibraryTask {
    /// In the API a cancelled task has failed, with a code of its own.
    var publicStatus: String {
        switch state {
        case .processing: "processing"
        case .completed: "completed"
        case .failed, .cancelled: "failed"
        }
    }

    /// A word for programs that says why the task failed; nil unless it did.
    var failureCode: String? {
        switch state {
        case .processing, .completed: nil
        case .cancelled: "cancelled"
        case .failed: "no_photos"
        }
    }

    /// Why it failed, a sentence for people; nil unless it did.
    func failure(in language: Language) -> String? {
        switch state {
        case .processing, .completed: nil
        case .cancelled: Sentences(language).taskWasCancelled
        case .failed: language == .english ? errorMessage ?? Sentences(language).noPhotos : Sentences(language).noPhotos
        }
    }
}
