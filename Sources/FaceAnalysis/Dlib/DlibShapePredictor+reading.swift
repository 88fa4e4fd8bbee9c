extension DlibShapePredictor {
    /// Reads `shape_predictor_5_face_landmarks.dat`.
    ///
    /// - Throws: `DlibFormatError` when the bytes are not those of a predictor of five points.
    public init(_ bytes: [UInt8]) throws(DlibFormatError) {
        var reader = DlibArchiveReader(bytes)
        try reader.expect(1, "the shape predictor's version")
        let coordinates = 2 * Self.points
        initialShape = try reader.column(rows: coordinates)

        var forest = Forest()
        // A tree's shortest form is a list of one split and one of two leaves.
        cascades = try reader.count(bytesPerElement: 2)
        for _ in 0..<cascades {
            try forest.readCascade(&reader, coordinates: coordinates)
        }
        depth = forest.depth
        trees = forest.trees
        splitFeatures = forest.splitFeatures
        splitThresholds = forest.splitThresholds
        leaves = forest.leaves

        try reader.expect(cascades, "the number of anchor lists")
        var anchors: [UInt8] = []
        var features = 0
        for cascade in 0..<cascades {
            let count = try reader.featureCount(expected: cascade == 0 ? nil : features, bytesPerElement: 2)
            features = count
            for _ in 0..<count {
                anchors.append(UInt8(try reader.index(below: Self.points)))
            }
        }
        self.anchors = anchors
        self.features = features

        try reader.expect(cascades, "the number of offset lists")
        var offsets: [SIMD2<Float>] = []
        for _ in 0..<cascades {
            for _ in 0..<(try reader.featureCount(expected: features, bytesPerElement: 8)) {
                let x = Float(try reader.real())
                let y = Float(try reader.real())
                offsets.append(SIMD2(x, y))
            }
        }
        self.offsets = offsets
        try reader.expectEnd()

        // The features are only counted after the splits that name them.
        if let largest = forest.largestFeature, largest >= features {
            throw DlibFormatError(offset: bytes.count, reason: .indexOutOfRange(largest))
        }
    }

    /// The trees of all cascades while they are read. The first tree says how deep all are, the first cascade how many
    /// trees each has.
    private struct Forest {
        var trees = 0
        var depth = 0
        var splitFeatures: [(first: Int32, second: Int32)] = []
        var splitThresholds: [Float] = []
        var leaves: [Float] = []
        var largestFeature: Int?

        mutating func readCascade(
            _ reader: inout DlibArchiveReader, coordinates: Int
        ) throws(DlibFormatError) {
            if trees == 0 {
                trees = try reader.count(bytesPerElement: 2)
            } else {
                try reader.expect(trees, "the number of trees")
            }
            for _ in 0..<trees {
                try readTree(&reader, coordinates: coordinates)
            }
        }

        private mutating func readTree(
            _ reader: inout DlibArchiveReader, coordinates: Int
        ) throws(DlibFormatError) {
            let start = reader.offset
            let splits = try reader.count(bytesPerElement: 8)
            if depth == 0 {
                depth = (splits + 1).trailingZeroBitCount
            }
            let expected = 1 << depth - 1
            guard splits == expected, depth > 0 else {
                throw DlibFormatError(
                    offset: start,
                    reason: .unexpectedValue(what: "the number of splits", expected: max(expected, 1), found: splits))
            }
            for _ in 0..<splits {
                let first = try reader.index(below: 1 << 16)
                let second = try reader.index(below: 1 << 16)
                largestFeature = max(largestFeature ?? 0, first, second)
                splitFeatures.append((Int32(first), Int32(second)))
                splitThresholds.append(Float(try reader.real()))
            }
            try reader.expect(splits + 1, "the number of leaves")
            for _ in 0...splits {
                leaves += try reader.column(rows: coordinates)
            }
        }
    }
}

extension DlibArchiveReader {
    fileprivate mutating func index(below limit: Int) throws(DlibFormatError) -> Int {
        let start = offset
        let index = try integer()
        guard index >= 0, index < limit else { throw DlibFormatError(offset: start, reason: .indexOutOfRange(index)) }
        return index
    }

    fileprivate mutating func featureCount(
        expected: Int?, bytesPerElement: Int
    ) throws(DlibFormatError) -> Int {
        let start = offset
        let count = try count(bytesPerElement: bytesPerElement)
        if let expected, count != expected {
            throw DlibFormatError(
                offset: start,
                reason: .unexpectedValue(what: "the number of features", expected: expected, found: count))
        }
        return count
    }
}
