import FaceCore
import FaceStore

// What edits and the journal answer.

extension JSONWriter {
    /// The fields of an answer to an edit, an undo or a redo.
    mutating func writeFields(of result: EditResult, message: String) {
        field("message", message)
        field("entry", value: { $0.write(result.entry) })
        field("persons", array: result.persons) { json, person in
            json.object { json in json.writeFields(of: person) }
        }
        field("created", array: result.created) { $0.value($1.rawValue) }
        field("removed", array: result.removed) { $0.value($1.rawValue) }
        field("added_faces", array: result.addedFaces) { $0.value($1.rawValue) }
    }

    mutating func write(_ entry: JournalEntry) {
        object { json in
            json.field("id", entry.id)
            json.field("kind", entry.kind.rawValue)
            json.field("state", entry.state.rawValue)
            json.field("created_at", entry.createdAt)
            json.field("persons", array: entry.persons) { $0.value($1.rawValue) }
            json.field("faces_count", entry.faceCount)
            json.field("names", array: entry.names) { json, names in
                json.object { json in
                    json.field("id", names.person.rawValue)
                    json.field("before", names.before)
                    json.field("after", names.after)
                }
            }
        }
    }

    /// Who is as somebody else made her, and who is gone.
    mutating func writeConflict(_ persons: [PersonID: Person?]) {
        let sorted = persons.sorted { $0.key < $1.key }
        field("persons", array: sorted.compactMap(\.value)) { json, person in
            json.object { json in json.writeFields(of: person) }
        }
        field("gone", array: sorted.filter { $0.value == nil }) { $0.value($1.key.rawValue) }
    }
}
