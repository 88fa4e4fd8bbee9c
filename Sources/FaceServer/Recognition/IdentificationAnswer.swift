import FaceCore
import FaceLibrary
import FaceStore
import Hummingbird

/// People with the names that an answer shows.
struct IdentificationAnswer {
    let probe: ProbeImage
    let faces: [IdentifiedFace]
    let names: [PersonID: Person]
    /// The upload that the image was kept as.
    var task: TaskID?
    /// What came of it when somebody was to be enrolled by the image.
    var enrolment: Enrolment?
    /// The event of attendance that each face brought or belongs to, in the order of the faces; nil where none was asked for.
    var events: [AttendanceSighting?]?

    init(_ probe: ProbeImage, _ faces: [IdentifiedFace], of library: Library) throws {
        self.probe = probe
        self.faces = faces
        var names: [PersonID: Person] = [:]
        for id in Set(faces.flatMap { $0.candidates.map(\.person) }) {
            names[id] = try library.store.persons.person(id)
        }
        self.names = names
    }

    /// Who was deleted since is nobody.
    private func known(_ face: IdentifiedFace) -> [IdentifiedFace.Candidate] {
        face.candidates.filter { names[$0.person] != nil }
    }

    /// Who a face is; nil when nobody is near enough.
    func match(of face: IdentifiedFace) -> IdentifiedFace.Candidate? {
        known(face).first.flatMap { $0.comparison.isMatch ? $0 : nil }
    }

    func response(in language: Language) -> Response {
        .json { json in
            json.field("width", probe.width)
            json.field("height", probe.height)
            json.field("task_id", task?.name)
            if let enrolment {
                json.field("enrolment", object: { $0.writeFields(of: enrolment, in: language) })
            }
            json.field("faces", array: faces.enumerated()) { json, numbered in
                json.object { json in
                    let face = numbered.element
                    json.writeFields(of: face.face)
                    let candidates = known(face)
                    let person = match(of: face)?.person
                    json.field("person_id", person)
                    json.field("name", person.flatMap { names[$0]?.displayName })
                    json.field("candidates", array: candidates) { json, candidate in
                        json.object { json in
                            json.field("person_id", candidate.person)
                            json.field("name", names[candidate.person]?.displayName)
                            json.writeFields(of: candidate.comparison)
                        }
                    }
                    if let events { json.field("event", value: { $0.write(events[numbered.offset]) }) }
                }
            }
            if let threshold = faces.first?.candidates.first?.comparison.threshold {
                json.field("threshold", threshold)
            }
        }
    }
}

/// The event of attendance that a face belongs to.
struct AttendanceSighting: Sendable {
    let id: EventID
    /// Whether the face brought it.
    let isNew: Bool
}

extension JSONWriter {
    fileprivate mutating func write(_ sighting: AttendanceSighting?) {
        guard let sighting else { return null() }
        object { json in
            json.field("id", sighting.id.name)
            json.field("new", sighting.isNew)
        }
    }
}
