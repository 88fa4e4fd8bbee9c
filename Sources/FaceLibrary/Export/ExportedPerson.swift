import FaceCore
import FaceStore
import Foundation

/// A person as exports have her.
struct ExportedPerson: Encodable {
    let person: Person
    /// Photos with a face of hers.
    let photoCount: Int

    /// In the order of a table.
    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, name
        case faceCount = "faces_count"
        case photoCount = "photos_count"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case note
        case birthDate = "birth_date"
        case isHidden = "hidden"
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(person.id, forKey: .id)
        try fields.encode(person.displayName, forKey: .name)
        try fields.encode(person.faceCount, forKey: .faceCount)
        try fields.encode(photoCount, forKey: .photoCount)
        try fields.encode(ExportTime.text(person.createdAt), forKey: .createdAt)
        try fields.encode(ExportTime.text(person.updatedAt), forKey: .updatedAt)
        try fields.encode(person.note, forKey: .note)
        try fields.encode(person.birthDate?.description, forKey: .birthDate)
        try fields.encode(person.isHidden, forKey: .isHidden)
    }

    static let header = CSVLine.text(CodingKeys.allCases.map(\.rawValue))

    /// The row of a table, in the order of `header`.
    var row: String {
        CSVLine.text(
            CodingKeys.allCases.map { key in
                switch key {
                case .id: person.id.description
                case .name: person.displayName
                case .faceCount: String(person.faceCount)
                case .photoCount: String(photoCount)
                case .createdAt: ExportTime.text(person.createdAt)
                case .updatedAt: ExportTime.text(person.updatedAt)
                case .note: person.note ?? ""
                case .birthDate: person.birthDate?.description ?? ""
                case .isHidden: person.isHidden ? "true" : "false"
                }
            })
    }
}

/// Times of exports: RFC 3339 in UTC, to the millisecond.
enum ExportTime {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    static func text(_ date: Date) -> String { date.formatted(style) }
}
