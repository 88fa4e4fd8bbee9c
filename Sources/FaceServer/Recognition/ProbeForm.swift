import Foundation
import NIOCore

/// What a request of the recognition API brings: images and small fields, of a multipart form or of a JSON object that has
/// images as Base64.
struct ProbeForm: Sendable {
    struct Image: Sendable {
        /// The form's field.
        let field: String
        /// As the sender calls it, for display only.
        let name: String
        let bytes: [UInt8]
    }

    /// In the order in which they came.
    let images: [Image]
    private let fields: [String: Field]

    private enum Field: Sendable {
        case text(String)
        case number(Double)
        case flag(Bool)
        case numbers([Double])
    }

    /// The longest field of a multipart form that is no image; an embedding is the longest there is.
    private static let fieldLimit = 65_536
    private static let partsLimit = 128

    /// The same form with what stands behind the path's `?` where it lacks a field.
    func filledUp(from query: QueryParameters, fields names: [String]) throws(APIError) -> ProbeForm {
        var fields = fields
        for name in names where fields[name] == nil {
            if let text = try query.text(name) { fields[name] = .text(text) }
        }
        return ProbeForm(images: images, fields: fields)
    }

    private init(images: [Image], fields: [String: Field]) {
        self.images = images
        self.fields = fields
    }

    /// The images of fields with one of the names.
    func images(_ names: String...) -> [Image] {
        images.filter { names.contains($0.field) }
    }

    // MARK: Fields

    func text(_ name: String) throws(APIError) -> String? {
        switch fields[name] {
        case nil: nil
        case .text(let text): text
        case .number, .flag, .numbers: throw .invalidParameter(name: name)
        }
    }

    func number(_ name: String, in range: ClosedRange<Double>) throws(APIError) -> Double? {
        let number: Double?
        switch fields[name] {
        case nil: return nil
        case .number(let value): number = value
        case .text(let text): number = Double(text.trimmedOfSpaces)
        case .flag, .numbers: number = nil
        }
        guard let number, range.contains(number) else { throw .invalidParameter(name: name) }
        return number
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
        guard let number = try number(name, in: Double(range.lowerBound)...Double(range.upperBound)) else { return nil }
        guard let integer = Int(exactly: number) else { throw .invalidParameter(name: name) }
        return integer
    }

    func flag(_ name: String) throws(APIError) -> Bool? {
        switch fields[name] {
        case nil: nil
        case .flag(let flag): flag
        case .text("true"), .text("1"): true
        case .text("false"), .text("0"): false
        case .text, .number, .numbers: throw .invalidParameter(name: name)
        }
    }

    /// An embedding: a list of numbers, in a multipart form with commas between them.
    func vector(_ name: String) throws(APIError) -> [Float]? {
        switch fields[name] {
        case nil: return nil
        case .numbers(let numbers): return numbers.map { Float($0) }
        case .text(let text):
            let numbers = text.split(separator: ",").map { Float($0.trimmingCharacters(in: .whitespaces)) }
            guard !numbers.contains(nil) else { throw .invalidParameter(name: name) }
            return numbers.compactMap(\.self)
        case .number, .flag: throw .invalidParameter(name: name)
        }
    }

    // MARK: Multipart

    /// - Throws: `MultipartError`, `APIError.tooManyFields`, `.fieldTooLarge`.
    init(_ body: ByteBuffer, boundary: MultipartBoundary) throws {
        var parser = MultipartParser(boundary: boundary)
        parser.append(body)
        var images: [Image] = []
        var fields: [String: Field] = [:]
        var part: (header: PartHeader, bytes: [UInt8])?
        var count = 0
        while let event = try parser.next() {
            switch event {
            case .partBegan(let header):
                count += 1
                guard count <= Self.partsLimit else { throw APIError.tooManyFields(limit: Self.partsLimit) }
                part = (header, [])
            case .content(let bytes):
                part?.bytes.append(contentsOf: bytes.readableBytesView)
                if let part, part.header.fileName == nil, part.bytes.count > Self.fieldLimit {
                    throw APIError.fieldTooLarge(name: String(part.header.name.prefix(64)), limit: Self.fieldLimit)
                }
            case .partEnded:
                guard let (header, bytes) = part else { break }
                part = nil
                if let name = header.fileName {
                    // A form without a chosen file sends an empty one.
                    if !bytes.isEmpty || !name.isEmpty {
                        images.append(Image(field: header.name, name: name, bytes: bytes))
                    }
                } else if fields[header.name] == nil {
                    fields[header.name] = .text(String(decoding: bytes, as: UTF8.self))
                }
            }
        }
        try parser.finish()
        self.images = images
        self.fields = fields
    }

    // MARK: JSON

    /// What a JSON body may hold of values: two embeddings are a tenth of it. Each takes much more memory than it has bytes.
    private static let valuesLimit = 20_000

    /// - Throws: `APIError.invalidJSON`; `.tooManyFields`; `.invalidParameter` for a text that should be an image and is no
    ///   Base64.
    init(json body: Data) throws(APIError) {
        guard JSONValueCount.isWithin(Self.valuesLimit, body) else { throw .tooManyFields(limit: Self.valuesLimit) }
        guard let object = try? JSONDecoder().decode([String: JSONField].self, from: body) else { throw .invalidJSON }
        var images: [Image] = []
        var fields: [String: Field] = [:]
        for (name, field) in object.sorted(by: { $0.key < $1.key }) {
            switch field {
            case .null: break
            case .flag(let flag): fields[name] = .flag(flag)
            case .number(let number): fields[name] = .number(number)
            case .numbers(let numbers): fields[name] = .numbers(numbers)
            case .text(let text) where Self.isImage(name): images.append(try Self.image(text, of: name))
            case .text(let text): fields[name] = .text(text)
            case .texts(let texts):
                guard Self.isImage(name), texts.count <= Self.partsLimit else { throw .invalidParameter(name: name) }
                for text in texts { images.append(try Self.image(text, of: name)) }
            }
        }
        self.images = images
        self.fields = fields
    }

    private static func isImage(_ field: String) -> Bool {
        ["image", "images", "image1", "image2", "file", "source_image", "target_image"].contains(field)
    }

    /// Base64, also as a `data:` URL (RFC 2397).
    private static func image(_ text: String, of field: String) throws(APIError) -> Image {
        var encoded = text[...]
        if encoded.hasPrefix("data:"), let comma = encoded.firstIndex(of: ",") {
            encoded = encoded[encoded.index(after: comma)...]
        }
        guard let data = Data(base64Encoded: String(encoded), options: .ignoreUnknownCharacters), !data.isEmpty else {
            throw .invalidParameter(name: field)
        }
        return Image(field: field, name: field, bytes: Array(data))
    }

    private enum JSONField: Decodable {
        case null
        case flag(Bool)
        case number(Double)
        case text(String)
        case numbers([Double])
        case texts([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let numbers = try? container.decode([Double].self) {
                self = .numbers(numbers)
            } else {
                self = .texts(try container.decode([String].self))
            }
        }
    }
}
