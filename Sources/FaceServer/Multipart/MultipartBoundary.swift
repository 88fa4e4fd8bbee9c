/// The text that stands between the parts of a multipart body, as its content type names it.
package struct MultipartBoundary: Sendable, Hashable {
    /// 1 to 70 bytes.
    package let value: String

    package init(_ value: String) throws(MultipartError) {
        guard (1...70).contains(value.utf8.count), !value.utf8.contains(where: { $0 < 32 || $0 == 127 }) else {
            throw .noBoundary
        }
        self.value = value
    }

    /// Reads it from the value of a `Content-Type` field. Nil when that is not `multipart/form-data`.
    package init?(contentType: String) throws(MultipartError) {
        let field = ParameterizedField(contentType)
        guard field.value.lowercased() == "multipart/form-data" else { return nil }
        guard let boundary = field.parameters["boundary"] else { throw .noBoundary }
        try self.init(boundary)
    }
}
