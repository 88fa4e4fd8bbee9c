/// Where each output position of one axis takes its two neighbours, and with which weights: the sampling of OpenCV's
/// `resize` with INTER_LINEAR, whose pixel centres lie at half-integers and whose border repeats the outermost pixel.
struct BilinearAxis {
    /// The weights of a position add up to this.
    static let one: Int32 = 2048

    /// The first of the two neighbours.
    private(set) var first: [Int] = []
    /// The second neighbour: the next one, or the same at the far border.
    private(set) var second: [Int] = []
    /// The share of the second neighbour, in 1/2048.
    private(set) var weight: [Int32] = []

    /// - Parameter keepsBorderWeights: at the border both neighbours are the same pixel; OpenCV gives all weight to one of
    ///   them along rows and keeps both weights across rows, where its fixed-point rounding then shows.
    init(source: Int, target: Int, keepsBorderWeights: Bool = false) {
        first.reserveCapacity(target)
        second.reserveCapacity(target)
        weight.reserveCapacity(target)
        let scale = Double(source) / Double(target)
        for position in 0..<target {
            // Single precision, and rounding to even, are what make the result equal to OpenCV's.
            let centre = Float((Double(position) + 0.5) * scale - 0.5)
            let floor = centre.rounded(.down)
            let index = Int(floor)
            let share = Int32(((centre - floor) * Float(Self.one)).rounded(.toNearestOrEven))
            if index < 0 || index >= source - 1 {
                let edge = index < 0 ? 0 : source - 1
                first.append(edge)
                second.append(edge)
                weight.append(keepsBorderWeights ? share : 0)
            } else {
                first.append(index)
                second.append(index + 1)
                weight.append(share)
            }
        }
    }
}
