/// The numbers of a network: its convolutions in the order of the file, from the input up, and its last dense layer.
package struct DlibNetwork: Sendable {
    package var convolutions: [DlibConvolutionWeights] = []
    /// Rows are inputs, columns outputs.
    package var dense: [Float] = []
}

/// Reads the two networks of the pack.
///
/// A file nests its layers from the output to the input and does not say of what kind they are, so the reader walks a
/// list that is known beforehand: first all versions from the output down, then the input record, then what each layer
/// holds from the input up.
package enum DlibNetworkReader {
    package static func detector(_ bytes: [UInt8]) throws(DlibFormatError) -> DlibNetwork {
        var reader = DlibArchiveReader(bytes)
        try reader.expect(1, "the loss layer's version")
        try reader.expect(tag: "loss_mmod_")
        try reader.expect(1, "the options' version")
        try reader.expect(DlibScoreMap.windowSize, "the window's width")
        try reader.expect(DlibScoreMap.windowSize, "the window's height")
        // Losses, overlap of truths, the two overlaps of suppression, the two overlaps that training ignored.
        for _ in 0..<7 {
            _ = try reader.real()
        }
        let network = try reader.network(of: .detector, input: .pyramid)
        try reader.expectEnd()
        return network
    }

    package static func embedder(_ bytes: [UInt8]) throws(DlibFormatError) -> DlibNetwork {
        var reader = DlibArchiveReader(bytes)
        try reader.expect(1, "the loss layer's version")
        try reader.expect(tag: "loss_metric_2")
        // Margin and distance threshold of the training.
        for _ in 0..<2 {
            _ = try reader.real()
        }
        let network = try reader.network(of: .embedder, input: .chip)
        try reader.expectEnd()
        return network
    }
}

private enum NetworkInput {
    case pyramid
    case chip
}

extension DlibArchiveReader {
    fileprivate mutating func network(
        of kinds: [DlibLayerKind], input: NetworkInput
    ) throws(DlibFormatError) -> DlibNetwork {
        for kind in kinds.dropFirst().reversed() {
            try expect(kind.recordVersion, "a layer's version")
        }
        try expect(3, "the first layer's version")
        try readInput(input)
        var network = DlibNetwork()
        for (index, kind) in kinds.enumerated() where kind != .tag && kind != .skip {
            try readDetails(of: kind, into: &network)
            for _ in 0..<3 {
                _ = try boolean()
            }
            for _ in 0..<3 {
                _ = try tensor(count: 0, "a cached tensor's size")
            }
            if index == 0 {
                try expect(1, "the number of inputs")
            }
        }
        return network
    }

    private mutating func readInput(_ input: NetworkInput) throws(DlibFormatError) {
        switch input {
        case .pyramid: try expect(tag: "input_rgb_image_pyramid")
        case .chip: try expect(tag: "input_rgb_image_sized")
        }
        for _ in 0..<3 {
            _ = try real()
        }
        if case .chip = input {
            try expect(DlibFaceChip.side, "the chip's height")
            try expect(DlibFaceChip.side, "the chip's width")
        }
    }

    private mutating func readDetails(
        of kind: DlibLayerKind, into network: inout DlibNetwork
    ) throws(DlibFormatError) {
        switch kind {
        case .convolution(let shape): network.convolutions.append(try convolution(shape))
        case .batchNorm: try readBatchNorm(into: &network)
        case .affine: try readAffine(into: &network)
        case .relu: try expect(tag: "relu_")
        case .addPrevious: try expect(tag: "add_prev_")
        case .maxPool(let kernel, let stride): try readPool("max_pool_2", kernel: kernel, stride: stride)
        case .averagePool(let kernel, let stride): try readPool("avg_pool_2", kernel: kernel, stride: stride)
        case .dense(let inputs, let outputs): network.dense = try dense(inputs: inputs, outputs: outputs)
        case .tag, .skip: break
        }
    }

    private mutating func convolution(
        _ shape: DlibConvolution
    ) throws(DlibFormatError) -> DlibConvolutionWeights {
        try expect(tag: "con_4")
        let parameters = try tensor(count: shape.filterCount + shape.outputs, "the number of a convolution's weights")
        try expect(shape.outputs, "the number of filters")
        for (value, what) in [
            (shape.kernel, "a kernel's height"), (shape.kernel, "a kernel's width"),
            (shape.stride, "a stride"), (shape.stride, "a stride"),
            (shape.padding, "a padding"), (shape.padding, "a padding"),
        ] {
            try expect(value, what)
        }
        try expectAlias(shape: [shape.outputs, shape.inputs, shape.kernel, shape.kernel])
        try expectAlias(shape: [1, shape.outputs, 1, 1])
        try skipReals(4)
        return DlibConvolutionWeights(
            shape: shape, filters: Array(parameters[..<shape.filterCount]),
            biases: Array(parameters[shape.filterCount...]))
    }

    private mutating func readBatchNorm(into network: inout DlibNetwork) throws(DlibFormatError) {
        try expect(tag: "bn_con2")
        let channels = network.convolutions.last?.shape.outputs ?? 0
        let parameters = try channelParameters(channels)
        // The statistics of the last batch of the training; those that count are the running ones.
        for _ in 0..<2 {
            _ = try tensor()
        }
        let means = try tensor(count: channels, "the number of means")
        let variances = try tensor(count: channels, "the number of variances")
        for _ in 0..<2 {
            _ = try integer()
        }
        try skipReals(4)
        let epsilon = try real()
        let gains = (0..<channels).map { Double(parameters[$0]) / (Double(variances[$0]) + epsilon).squareRoot() }
        let offsets = (0..<channels).map { Double(parameters[channels + $0]) - gains[$0] * Double(means[$0]) }
        network.convolutions[network.convolutions.count - 1].fold(gains: gains, offsets: offsets)
    }

    private mutating func readAffine(into network: inout DlibNetwork) throws(DlibFormatError) {
        try expect(tag: "affine_")
        let channels = network.convolutions.last?.shape.outputs ?? 0
        let parameters = try channelParameters(channels).map(Double.init)
        try expect(0, "an affine layer's mode")
        network.convolutions[network.convolutions.count - 1].fold(
            gains: Array(parameters[..<channels]), offsets: Array(parameters[channels...]))
    }

    /// A gain and an offset per channel: first all gains, then all offsets.
    private mutating func channelParameters(_ channels: Int) throws(DlibFormatError) -> [Float] {
        let parameters = try tensor(count: 2 * channels, "the number of a channel-wise layer's weights")
        try expectAlias(shape: [1, channels, 1, 1])
        try expectAlias(shape: [1, channels, 1, 1])
        return parameters
    }

    private mutating func readPool(_ tag: String, kernel: Int, stride: Int) throws(DlibFormatError) {
        try expect(tag: tag)
        for value in [kernel, kernel, stride, stride, 0, 0] {
            try expect(value, "a pooling layer's size")
        }
    }

    private mutating func dense(inputs: Int, outputs: Int) throws(DlibFormatError) -> [Float] {
        try expect(tag: "fc_2")
        try expect(outputs, "the number of outputs")
        try expect(inputs, "the number of inputs")
        let parameters = try tensor(count: inputs * outputs, "the number of the dense layer's weights")
        try expectAlias(shape: [inputs, outputs, 1, 1])
        try expectAlias(shape: [0, 0, 0, 0])
        try expect(1, "the dense layer's bias mode")
        try skipReals(4)
        return parameters
    }

    /// Learning rates and decays of the training.
    private mutating func skipReals(_ count: Int) throws(DlibFormatError) {
        for _ in 0..<count {
            _ = try real()
        }
    }
}

extension DlibLayerKind {
    /// The version that a wrapper of this kind writes first.
    fileprivate var recordVersion: Int {
        switch self {
        case .tag, .skip: 1
        default: 2
        }
    }
}
