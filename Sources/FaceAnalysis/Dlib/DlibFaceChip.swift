package import FaceCore
import Foundation

/// The square cut-out that dlib's embedder sees: the face turned upright, 150 pixels wide, with a quarter of its size
/// added on each side.
///
/// It follows dlib's steps to the last bit: the part of the photo around the face is halved while it is much larger than
/// the chip, then sampled bilinearly, and what lies outside of it is black.
package struct DlibFaceChip: Sendable, Equatable {
    /// Width and height in pixels.
    package static let side = 150

    /// Where dlib's five landmarks lie on a chip without padding, as shares of its side.
    private static let reference: [Point] = [
        Point(0.8595674595992, 0.2134981538014), Point(0.6460604764104, 0.2289674387677),
        Point(0.1205750620789, 0.2137274526848), Point(0.3340850613712, 0.2290642403242),
        Point(0.4901123135679, 0.6277975316475),
    ]

    /// The upright rectangle that is turned by `angle` about its centre to lie on the face, in pixels of the photo.
    package let area: Area
    /// Radians, clockwise on the photo.
    package let angle: Double

    /// A rectangle by its outermost pixels, as dlib has it: its width is `right − left + 1`.
    package struct Area: Sendable, Equatable {
        package var left: Double
        package var top: Double
        package var right: Double
        package var bottom: Double

        var size: Double { (right - left + 1) * (bottom - top + 1) }

        /// The rectangle's place on the photo after one halving.
        var halved: Area {
            Area(left: left / 2 - 1.25, top: top / 2 - 0.75, right: right / 2 - 1.25, bottom: bottom / 2 - 0.75)
        }

        /// Top left, top right, bottom left and bottom right corner after a turn about the centre.
        func corners(turnedBy angle: Double) -> [Point] {
            let centre = Point((left + right) / 2, (top + bottom) / 2)
            let cosine = cos(angle)
            let sine = sin(angle)
            return [(left, top), (right, top), (left, bottom), (right, bottom)].map { x, y in
                let dx = x - centre.x
                let dy = y - centre.y
                return Point(cosine * dx - sine * dy + centre.x, sine * dx + cosine * dy + centre.y)
            }
        }
    }

    /// The chip's place for a face.
    ///
    /// - Parameter landmarks: five points in the layout `eyeCornersNose`, in pixels of the photo.
    package init(landmarks: [Point]) {
        let padding = 0.25
        let side = Double(Self.side)
        let places = Self.reference.map { place in
            Point((padding + place.x) / (2 * padding + 1) * side, (padding + place.y) / (2 * padding + 1) * side)
        }
        // The reference points do not coincide, so the similarity always exists.
        let similarity =
            SimilarityTransform(from: places, to: landmarks) ?? SimilarityTransform(a: 1, b: 0, tx: 0, ty: 0)
        angle = atan2(similarity.b, similarity.a)
        let scale = hypot(similarity.a, similarity.b)
        let centre = similarity(Point(side / 2, side / 2))
        let half = (side * scale - 1) / 2
        area = Area(left: centre.x - half, top: centre.y - half, right: centre.x + half, bottom: centre.y + half)
    }

    /// Cuts the chip out of its photo; black when the face lies outside of it.
    package func cut(from photo: Photo) -> Photo {
        let black = Photo(
            width: Self.side, height: Self.side, pixels: [UInt8](repeating: 0, count: 3 * Self.side * Self.side))
        guard area.left.isFinite, area.right.isFinite, area.top.isFinite, area.bottom.isFinite else { return black }
        var halvings = 0
        var margin = 2.0
        var shrunk = area.halved
        while shrunk.size > Double(Self.side * Self.side) {
            shrunk = shrunk.halved
            halvings += 1
            margin = 2 * margin + 2
        }
        guard let region = region(in: photo, margin: margin) else { return black }
        var source = PixelRegion(photo, left: region.left, top: region.top, right: region.right, bottom: region.bottom)
        var place = Area(
            left: area.left - Double(region.left), top: area.top - Double(region.top),
            right: area.right - Double(region.left), bottom: area.bottom - Double(region.top))
        for _ in 0..<halvings {
            guard let half = source.halved() else { return black }
            source = half
            place = place.halved
        }
        return source.sampled(corners: place.corners(turnedBy: angle), side: Self.side)
    }

    /// The part of the photo that the turned rectangle can touch, by its outermost pixels; nil when there is none.
    private func region(
        in photo: Photo, margin: Double
    ) -> (left: Int, top: Int, right: Int, bottom: Int)? {
        let corners = area.corners(turnedBy: angle)
        var left = Double.infinity
        var top = Double.infinity
        var right = -Double.infinity
        var bottom = -Double.infinity
        for corner in corners {
            left = min(left, corner.x)
            top = min(top, corner.y)
            right = max(right, corner.x)
            bottom = max(bottom, corner.y)
        }
        left = max(left - margin, 0)
        top = max(top - margin, 0)
        right = min(right + margin, Double(photo.width - 1))
        bottom = min(bottom + margin, Double(photo.height - 1))
        guard left <= right, top <= bottom else { return nil }
        func whole(_ value: Double) -> Int { Int(value.rounded(.toNearestOrAwayFromZero)) }
        return (whole(left), whole(top), whole(right), whole(bottom))
    }
}
