package import FaceCore

/// One input of the detector's network: a picture with one or more sizes of the photo on it.
package struct DlibCanvas: Sendable {
    package var planes: DlibPlanes
    package var tiles: [Tile]

    /// A place on the canvas where the photo lies in one size.
    package struct Tile: Sendable, Equatable {
        package var area: DlibPlanes.Area
        package var size: Size

        /// How far the tile's pixels lie apart on the photo.
        package enum Size: Sendable, Equatable {
            /// The photo shrunk that many times by dlib's 5/6.
            case level(Int)
            /// Pixels of the photo per pixel of the tile.
            case scaled(x: Double, y: Double)
        }
    }

    /// The photo in all sizes of dlib's pyramid on one canvas, laid out as dlib does.
    ///
    /// It takes 3.8 times the photo's area, 12 bytes a pixel.
    package init(pyramidOf photo: Photo) {
        let layout = DlibTiledLayout(width: photo.width, height: photo.height)
        planes = DlibPlanes(width: layout.width, height: layout.height)
        tiles = layout.tiles.enumerated().map { Tile(area: $1, size: .level($0)) }
        planes.draw(photo, left: layout.tiles[0].left, top: layout.tiles[0].top)
        for (larger, smaller) in zip(layout.tiles, layout.tiles.dropFirst()) {
            planes.drawResized(larger, into: smaller)
        }
    }

    /// The photo in one size, with a border of the mean colour.
    ///
    /// - Parameter original: the photo to whose pixels boxes refer, which `photo` may be a reduced copy of.
    package init(_ photo: Photo, standingFor original: Photo, width: Int, height: Int, border: Int) {
        let area = DlibPlanes.Area(left: border, top: border, width: width, height: height)
        planes = DlibPlanes(width: width + 2 * border, height: height + 2 * border)
        tiles = [Tile(area: area, size: Self.scale(of: original, in: area))]
        if width == photo.width, height == photo.height {
            planes.draw(photo, left: border, top: border)
        } else {
            var original = DlibPlanes(width: photo.width, height: photo.height)
            original.draw(photo, left: 0, top: 0)
            let whole = DlibPlanes.Area(left: 0, top: 0, width: photo.width, height: photo.height)
            planes.drawResized(whole, of: original, into: area)
        }
    }

    /// The only size of the photo that is on `larger`, made smaller.
    package init(shrinking larger: DlibCanvas, of photo: Photo, width: Int, height: Int, border: Int) {
        let area = DlibPlanes.Area(left: border, top: border, width: width, height: height)
        planes = DlibPlanes(width: width + 2 * border, height: height + 2 * border)
        tiles = [Tile(area: area, size: Self.scale(of: photo, in: area))]
        planes.drawResized(larger.tiles[0].area, of: larger.planes, into: area)
    }

    private static func scale(of photo: Photo, in area: DlibPlanes.Area) -> Tile.Size {
        .scaled(
            x: Double(photo.width - 1) / Double(max(area.width - 1, 1)),
            y: Double(photo.height - 1) / Double(max(area.height - 1, 1)))
    }
}

extension DlibCanvas {
    /// The box on the photo that belongs to a window around a pixel of the canvas.
    package func box(ofWindowAt x: Int, _ y: Int) -> BoundingBox {
        let tile = tile(at: x, y)
        let centre = Point(Double(x - tile.area.left), Double(y - tile.area.top))
        let size = Double(DlibScoreMap.windowSize)
        switch tile.size {
        case .scaled(let scaleX, let scaleY):
            // From the middle of a pixel to the photo's pixel edges; whole pixels, as dlib's boxes are.
            let left = (centre.x * scaleX + 0.5 - size / 2 * scaleX).rounded()
            let top = (centre.y * scaleY + 0.5 - size / 2 * scaleY).rounded()
            return BoundingBox(
                x: left, y: top, width: (centre.x * scaleX + 0.5 + size / 2 * scaleX).rounded() - left,
                height: (centre.y * scaleY + 0.5 + size / 2 * scaleY).rounded() - top)
        case .level(let level):
            // First and last pixel, brought up level by level and rounded as dlib does.
            func up(_ value: Double) -> Double {
                var result = value
                for _ in 0..<level {
                    result = result * 1.2 + 0.3
                }
                return result.rounded(.toNearestOrAwayFromZero)
            }
            let half = (size - 1) / 2
            let left = up(centre.x - half)
            let top = up(centre.y - half)
            return BoundingBox(
                x: left, y: top, width: up(centre.x + half) - left + 1, height: up(centre.y + half) - top + 1)
        }
    }

    /// The tile on which a pixel lies, or the nearest one.
    private func tile(at x: Int, _ y: Int) -> Tile {
        var nearest = tiles[0]
        var smallest = Int.max
        for tile in tiles {
            let area = tile.area
            let dx = max(area.left - x, 0, x - (area.left + area.width - 1))
            let dy = max(area.top - y, 0, y - (area.top + area.height - 1))
            let distance = dx * dx + dy * dy
            if distance < smallest {
                smallest = distance
                nearest = tile
                if distance == 0 { break }
            }
        }
        return nearest
    }
}
