import FaceCore

@testable import FaceAnalysis

/// The pack's three files with made-up weights, byte for byte as `scripts/golden/dlib_reference.py` writes them.
enum SyntheticDlibFiles {
    /// From −0.5 up to 0.5, the same in every language.
    private static func noise(_ seed: Int, _ count: Int) -> [Double] {
        (0..<count).map { index in
            var state = UInt64(index + seed * 7919) * 2_654_435_761 & 0xFFFF_FFFF
            state ^= state >> 15
            state = state * 2_246_822_519 & 0xFFFF_FFFF
            state ^= state >> 13
            return Double(state >> 8) / Double(1 << 24) - 0.5
        }
    }

    static func detector() -> [UInt8] {
        var file = DlibArchiveWriter()
        file.integer(1)
        file.string("loss_mmod_")
        file.integers(1, 80, 80)
        file.reals(1, 1, 0.5, 0.3382761351109955, 1, 0.5, 1)
        for _ in 0..<18 { file.integer(2) }
        file.integer(3)
        file.string("input_rgb_image_pyramid")
        file.reals(122.782, 117.001, 104.298)
        var inputs = 3
        var seed = 10
        for (outputs, stride, padding) in [(16, 2, 0), (32, 2, 0), (32, 2, 0), (45, 1, 2), (45, 1, 2), (45, 1, 2)] {
            file.convolution(
                seed, DlibConvolution(outputs: outputs, inputs: inputs, kernel: 5, stride: stride, padding: padding))
            if seed == 10 { file.integer(1) }
            file.batchNorm(seed + 2, channels: outputs)
            file.plain("relu_")
            inputs = outputs
            seed += 10
        }
        let last = DlibConvolution(outputs: 1, inputs: inputs, kernel: 9, stride: 1, padding: 4)
        file.convolution(seed, last, bias: -1.3)
        return file.bytes
    }

    static func embedder() -> [UInt8] {
        var file = DlibArchiveWriter()
        file.integer(1)
        file.string("loss_metric_2")
        file.reals(0.04, 0.6)
        file.integers(2, 2)
        for block in DlibResidualBlock.all.reversed() {
            file.integers(2, 2)
            if block.shrinks { file.integers(2, 1, 1) }
            file.integers(2, 2, 2, 2, 2, 1)
        }
        file.integers(2, 2, 2, 3)
        file.string("input_rgb_image_sized")
        file.reals(122.782, 117.001, 104.298)
        file.integers(150, 150)
        file.convolution(100, DlibConvolution(outputs: 32, inputs: 3, kernel: 7, stride: 2, padding: 0))
        file.integer(1)
        file.affine(102, channels: 32, gain: 1)
        file.plain("relu_")
        file.pool("max_pool_2", kernel: 3, stride: 2)
        var seed = 110
        for block in DlibResidualBlock.all {
            file.convolution(seed, block.first)
            file.affine(seed + 2, channels: block.outputs, gain: 1)
            file.plain("relu_")
            file.convolution(seed + 4, block.second)
            file.affine(seed + 6, channels: block.outputs, gain: 0.3)
            if block.shrinks { file.pool("avg_pool_2", kernel: 2, stride: 2) }
            file.plain("add_prev_")
            file.plain("relu_")
            seed += 10
        }
        file.pool("avg_pool_2", kernel: 0, stride: 1)
        file.string("fc_2")
        file.integers(128, 256)
        file.tensor(noise(seed, 256 * 128).map { $0 * 0.2 })
        file.alias(256, 128, 1, 1)
        file.alias(0, 0, 0, 0)
        file.integer(1)
        file.reals(1, 1, 1, 0)
        file.tail()
        return file.bytes
    }

    static func shapePredictor(cascades: Int = 3, trees: Int = 20, depth: Int = 3, features: Int = 40) -> [UInt8] {
        var file = DlibArchiveWriter()
        file.integer(1)
        file.column([0.78, 0.35, 0.62, 0.35, 0.23, 0.35, 0.38, 0.35, 0.5, 0.66])
        file.integer(cascades)
        for cascade in 0..<cascades {
            file.integer(trees)
            for tree in 0..<trees {
                file.tree(1000 + cascade * trees + tree, depth: depth, features: features)
            }
        }
        file.integer(cascades)
        for cascade in 0..<cascades {
            file.integer(features)
            for value in noise(4000 + cascade, features) { file.integer(Int((value + 0.5) * 5)) }
        }
        file.integer(cascades)
        for cascade in 0..<cascades {
            file.integer(features)
            for value in noise(5000 + cascade, 2 * features) { file.real(value * 0.4) }
        }
        return file.bytes
    }

    /// Channel k of row r, column c is (3r + 5c + 50k + (r·c) div 64) mod 256.
    static func photo(height: Int, width: Int) -> Photo {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(3 * width * height)
        for row in 0..<height {
            for column in 0..<width {
                let value = 3 * row + 5 * column + row * column / 64
                pixels.append(UInt8(value & 255))
                pixels.append(UInt8((value + 50) & 255))
                pixels.append(UInt8((value + 100) & 255))
            }
        }
        return Photo(width: width, height: height, pixels: pixels)
    }

    fileprivate static func values(_ seed: Int, _ count: Int) -> [Double] { noise(seed, count) }
}

extension DlibArchiveWriter {
    fileprivate mutating func tail() {
        raw("110")
        for _ in 0..<3 { tensor([]) }
    }

    fileprivate mutating func convolution(_ seed: Int, _ shape: DlibConvolution, bias: Double = 0) {
        let fanIn = shape.inputs * shape.kernel * shape.kernel
        let scale = (24 / Double(fanIn)).squareRoot()
        string("con_4")
        tensor(
            SyntheticDlibFiles.values(seed, shape.filterCount).map { $0 * scale }
                + SyntheticDlibFiles.values(seed + 1, shape.outputs).map { $0 * 0.2 + bias })
        integers(shape.outputs, shape.kernel, shape.kernel, shape.stride, shape.stride, shape.padding, shape.padding)
        alias(shape.outputs, shape.inputs, shape.kernel, shape.kernel)
        alias(1, shape.outputs, 1, 1)
        reals(1, 1, 1, 0)
        tail()
    }

    fileprivate mutating func batchNorm(_ seed: Int, channels: Int) {
        string("bn_con2")
        tensor(
            SyntheticDlibFiles.values(seed, channels).map { $0 * 0.5 + 1 }
                + SyntheticDlibFiles.values(seed + 1, channels).map { $0 * 0.3 })
        alias(1, channels, 1, 1)
        alias(1, channels, 1, 1)
        tensor([])
        tensor([])
        tensor(SyntheticDlibFiles.values(seed + 2, channels).map { $0 * 0.2 }, perChannel: true)
        tensor(SyntheticDlibFiles.values(seed + 3, channels).map { $0 * 0.5 + 1 }, perChannel: true)
        integers(100, 100)
        reals(1, 1, 1, 0, 1e-4)
        tail()
    }

    fileprivate mutating func affine(_ seed: Int, channels: Int, gain: Double) {
        string("affine_")
        tensor(
            SyntheticDlibFiles.values(seed, channels).map { ($0 * 0.5 + 1) * gain }
                + SyntheticDlibFiles.values(seed + 1, channels).map { $0 * 0.3 })
        alias(1, channels, 1, 1)
        alias(1, channels, 1, 1)
        integer(0)
        tail()
    }

    fileprivate mutating func plain(_ tag: String) {
        string(tag)
        tail()
    }

    fileprivate mutating func pool(_ tag: String, kernel: Int, stride: Int) {
        string(tag)
        integers(kernel, kernel, stride, stride, 0, 0)
        tail()
    }

    fileprivate mutating func tree(_ seed: Int, depth: Int, features: Int) {
        let splits = 1 << depth - 1
        let first = SyntheticDlibFiles.values(seed, splits)
        let second = SyntheticDlibFiles.values(seed + 500, splits)
        let thresholds = SyntheticDlibFiles.values(seed + 1000, splits)
        integer(splits)
        for split in 0..<splits {
            integers(Int((first[split] + 0.5) * Double(features)), Int((second[split] + 0.5) * Double(features)))
            real(thresholds[split] * 100)
        }
        integer(splits + 1)
        let changes = SyntheticDlibFiles.values(seed + 1500, 10 * (splits + 1)).map { $0 * 0.05 }
        for leaf in 0...splits { column(Array(changes[10 * leaf..<10 * leaf + 10])) }
    }
}
