import FaceCore
import FaceStore
import Foundation

/// The JSON of a list of people.
struct PeopleDocument: Encodable {
    private let people: [Person]

    init(_ people: [Person]) {
        self.people = people
    }

    private struct Entry: Encodable {
        let id: PersonID
        let name: String
        let facesCount: Int
        let createdAt: Date
        let updatedAt: Date

        enum CodingKeys: String, CodingKey {
            case id, name
            case facesCount = "faces_count"
            case createdAt = "created_at"
            case updatedAt = "updated_at"
        }
    }

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        for person in people {
            try list.encode(
                Entry(
                    id: person.id, name: person.displayName, facesCount: person.faceCount,
                    createdAt: person.createdAt, updatedAt: person.updatedAt))
        }
    }

    func encoded() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
