import FaceCore
import Foundation
import Imaging
import Synchronization

/// A box with a name, as it is drawn on a photo.
struct PictureLabel: Sendable, Hashable {
    var box: BoundingBox
    var person: PersonID?
    /// Nil for a face that belongs to nobody.
    var name: String?
}

/// Makes pictures of photo files, as JPEG bytes. Nothing of them is kept here.
struct PictureDrawing: Sendable {
    let decoder: PhotoDecoder
    let memory: MemoryBudget

    /// How much more than the box of a face its picture shows, so that hair and chin are on it.
    private static let faceMargin = 1.6

    /// The photo at most so wide.
    func reduced(_ file: URL, width: Int) throws(LibraryError) -> [UInt8] {
        try drawing(file) { photo throws(ImagingError) in try photo.reduced(toWidth: width).jpeg(quality: 85) }
    }

    /// The photo with boxes and names.
    func annotated(_ file: URL, labels: [PictureLabel], width: Int?) throws(LibraryError) -> [UInt8] {
        try drawing(file) { photo throws(ImagingError) in
            let small = width.map { photo.reduced(toWidth: $0) } ?? photo
            let scale = Double(small.width) / Double(photo.width)
            var canvas = PhotoCanvas(small)
            try canvas.draw(
                labels.map { label in
                    FaceLabel(
                        box: BoundingBox(
                            x: label.box.x * scale, y: label.box.y * scale, width: label.box.width * scale,
                            height: label.box.height * scale),
                        text: label.name ?? "?",
                        color: PhotoCanvas.color(forIndex: Int(label.person?.rawValue ?? 0)))
                })
            return try canvas.jpeg(quality: 88)
        }
    }

    /// A square around a face, as far as the photo reaches.
    func face(_ file: URL, box: BoundingBox, width: Int) throws(LibraryError) -> [UInt8] {
        try drawing(file) { photo throws(ImagingError) in
            let side = max(box.width, box.height, 1) * Self.faceMargin
            let square = BoundingBox(
                x: box.center.x - side / 2, y: box.center.y - side / 2, width: side, height: side
            ).clipped(width: photo.width, height: photo.height)
            let left = min(Int(square.x), photo.width - 1)
            let top = min(Int(square.y), photo.height - 1)
            let crop = photo.cropped(
                x: left, y: top, width: min(max(Int(square.width), 1), photo.width - left),
                height: min(max(Int(square.height), 1), photo.height - top))
            return try crop.reduced(toWidth: width).jpeg(quality: 88)
        }
    }

    private func drawing(
        _ file: URL, _ draw: (Photo) throws(ImagingError) -> [UInt8]
    ) throws(LibraryError) -> [UInt8] {
        let content: PhotoBytes
        do {
            content = try PhotoBytes(contentsOf: file.path, limit: .max)
        } catch {
            throw .unknownPicture
        }
        do {
            let header = try decoder.probe(content.bytes)
            return try memory.taking(header, bytes: content.bytes) { () throws(ImagingError) in
                try draw(decoder.decode(content.bytes).photo)
            }
        } catch {
            throw .pictureNotDrawn(reason: error.message)
        }
    }
}

extension Photo {
    /// At most so wide; smaller photos stay as they are.
    fileprivate func reduced(toWidth limit: Int) -> Photo {
        guard width > limit else { return self }
        return reduced(toFitLongerSide: height > width ? max(1, height * limit / width) : limit)
    }
}

/// One drawing at a time. A class, since locks cannot be kept in arrays.
final class DrawingTurn: Sendable {
    private let lock = Mutex(())

    func run<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        try lock.withLock { _ throws(Failure) in try body() }
    }
}
