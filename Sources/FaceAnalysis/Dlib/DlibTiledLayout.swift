/// Where dlib puts the sizes of its image pyramid on one canvas: large ones in a column from the top, the rest upwards
/// at the right.
package struct DlibTiledLayout: Sendable, Equatable {
    /// Empty pixels between two tiles.
    private static let padding = 10
    /// Empty pixels around all of them.
    private static let border = 11

    package let width: Int
    package let height: Int
    /// From the photo's own size down, each 5/6 of the one before.
    package let tiles: [DlibPlanes.Area]

    package init(width photoWidth: Int, height photoHeight: Int) {
        let sizes = Self.sizes(width: photoWidth, height: photoHeight)
        let column = Self.columnHeight(sizes)
        var tiles: [DlibPlanes.Area] = []
        var y = Self.border
        var rest = sizes[...]
        while y < column + Self.border, let size = rest.popFirst() {
            tiles.append(DlibPlanes.Area(left: Self.border, top: y, width: size.width, height: size.height))
            y += size.height + Self.padding
        }
        y -= Self.padding
        let right = Self.border + photoWidth
        for size in rest {
            let area = DlibPlanes.Area(
                left: right - size.width, top: y - size.height, width: size.width, height: size.height)
            // Once the column at the right reaches the photo itself, dlib does without what is smaller still.
            guard area.top >= tiles[0].top + photoHeight else { break }
            tiles.append(area)
            y -= size.height + Self.padding
        }
        width = photoWidth + 2 * Self.border
        height = column + 2 * Self.border
        self.tiles = tiles
    }

    private static func sizes(width: Int, height: Int) -> [(width: Int, height: Int)] {
        var sizes: [(width: Int, height: Int)] = []
        var size = (width: width, height: height)
        repeat {
            sizes.append(size)
            size = (width: Int(5.0 / 6 * Double(size.width)), height: Int(5.0 / 6 * Double(size.height)))
        } while size.height >= 5 && size.width > 0
        return sizes
    }

    /// The height of the left column: down to the first size that fits beside the one before it, once the column is
    /// long enough for the others to stand at its right.
    private static func columnHeight(_ sizes: [(width: Int, height: Int)]) -> Int {
        let (photoWidth, photoHeight) = sizes[0]
        let total = sizes.reduce(-2 * padding) { $0 + $1.height + padding }
        var height = 0
        var previousWidth = 0
        for size in sizes {
            if size.width <= photoWidth - previousWidth - padding, (height - photoHeight) * 2 >= total - photoHeight {
                break
            }
            height += size.height + padding
            previousWidth = size.width
        }
        return height - padding
    }
}
