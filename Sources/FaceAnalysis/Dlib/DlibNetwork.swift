/// A convolution of a network: `filters` in the order output, input, row, column (not flipped), as ONNX has them.
package struct DlibConvolution: Sendable, Equatable {
    package var outputs: Int
    package var inputs: Int
    /// Width and height of the kernel.
    package var kernel: Int
    package var stride: Int
    /// Zeros that are added on each of the four sides.
    package var padding: Int

    package init(outputs: Int, inputs: Int, kernel: Int, stride: Int, padding: Int) {
        self.outputs = outputs
        self.inputs = inputs
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
    }

    package var filterCount: Int { outputs * inputs * kernel * kernel }
}

/// A convolution with its numbers, what followed it channel by channel already folded in.
package struct DlibConvolutionWeights: Sendable {
    package var shape: DlibConvolution
    package var filters: [Float]
    package var biases: [Float]

    /// Folds y = gain·x + offset per output channel into the convolution, in double precision.
    package mutating func fold(gains: [Double], offsets: [Double]) {
        let perOutput = shape.inputs * shape.kernel * shape.kernel
        for output in 0..<shape.outputs {
            for index in output * perOutput..<(output + 1) * perOutput {
                filters[index] = Float(Double(filters[index]) * gains[output])
            }
            biases[output] = Float(Double(biases[output]) * gains[output] + offsets[output])
        }
    }
}

/// One wrapped layer of a network as the file nests them, with what is known about it beforehand.
package enum DlibLayerKind: Sendable, Equatable {
    case convolution(DlibConvolution)
    case batchNorm
    case affine
    case relu
    case addPrevious
    /// Kernel 0 is the whole plane.
    case maxPool(kernel: Int, stride: Int)
    case averagePool(kernel: Int, stride: Int)
    case dense(inputs: Int, outputs: Int)
    case tag
    case skip
}

extension [DlibLayerKind] {
    /// The face detector's layers from the photo to the score map.
    package static var detector: [DlibLayerKind] {
        var layers: [DlibLayerKind] = []
        var inputs = 3
        for (outputs, stride, padding) in [(16, 2, 0), (32, 2, 0), (32, 2, 0), (45, 1, 2), (45, 1, 2), (45, 1, 2)] {
            let shape = DlibConvolution(outputs: outputs, inputs: inputs, kernel: 5, stride: stride, padding: padding)
            layers += [.convolution(shape), .batchNorm, .relu]
            inputs = outputs
        }
        return layers + [
            .convolution(DlibConvolution(outputs: 1, inputs: inputs, kernel: 9, stride: 1, padding: 4))
        ]
    }

    /// The embedder's layers from the chip to the descriptor.
    package static var embedder: [DlibLayerKind] {
        let stem = DlibConvolution(outputs: 32, inputs: 3, kernel: 7, stride: 2, padding: 0)
        var layers: [DlibLayerKind] = [.convolution(stem), .affine, .relu, .maxPool(kernel: 3, stride: 2)]
        for block in DlibResidualBlock.all {
            layers += [
                .tag, .convolution(block.first), .affine, .relu, .convolution(block.second), .affine,
            ]
            if block.shrinks {
                layers += [.tag, .skip, .averagePool(kernel: 2, stride: 2)]
            }
            layers += [.addPrevious, .relu]
        }
        return layers + [.averagePool(kernel: 0, stride: 1), .dense(inputs: 256, outputs: 128)]
    }
}

/// Two convolutions around which the input is passed on and added to their output.
package struct DlibResidualBlock: Sendable {
    /// Channels that come in and go out.
    package var inputs: Int
    package var outputs: Int
    /// Whether the block halves the plane, and pools what it passes on.
    package var shrinks: Bool

    package var first: DlibConvolution {
        DlibConvolution(
            outputs: outputs, inputs: inputs, kernel: 3, stride: shrinks ? 2 : 1, padding: shrinks ? 0 : 1)
    }

    package var second: DlibConvolution {
        DlibConvolution(outputs: outputs, inputs: outputs, kernel: 3, stride: 1, padding: 1)
    }

    /// The fourteen blocks of the embedder, from the input up.
    package static var all: [DlibResidualBlock] {
        var blocks: [DlibResidualBlock] = []
        var inputs = 32
        for (outputs, shrinks, count) in [
            (32, false, 3), (64, true, 1), (64, false, 3), (128, true, 1), (128, false, 2), (256, true, 1),
            (256, false, 2), (256, true, 1),
        ] {
            for _ in 0..<count {
                blocks.append(DlibResidualBlock(inputs: inputs, outputs: outputs, shrinks: shrinks))
                inputs = outputs
            }
        }
        return blocks
    }
}
