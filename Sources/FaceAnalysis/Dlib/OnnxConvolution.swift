/// A convolution as ONNX describes it: kernels that need not be square, zeros around the input.
package struct OnnxConvolution: Sendable, Equatable {
    /// Sizes along a picture's two directions.
    package struct Extent: Sendable, Equatable {
        package var rows: Int
        package var columns: Int

        package init(rows: Int, columns: Int) {
            self.rows = rows
            self.columns = columns
        }
    }

    package var outputs: Int
    package var inputs: Int
    package var kernel: Extent
    package var stride: Int
    /// Zeros above and below, and at the left and the right.
    package var padding: Extent
    /// In the order output, input, row, column.
    package var filters: [Float]
    package var biases: [Float]

    package init(_ weights: DlibConvolutionWeights) {
        let shape = weights.shape
        outputs = shape.outputs
        inputs = shape.inputs
        kernel = Extent(rows: shape.kernel, columns: shape.kernel)
        stride = shape.stride
        padding = Extent(rows: shape.padding, columns: shape.padding)
        filters = weights.filters
        biases = weights.biases
    }

    private init(
        outputs: Int, inputs: Int, kernel: Extent, stride: Int, padding: Extent, filters: [Float], biases: [Float]
    ) {
        self.outputs = outputs
        self.inputs = inputs
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.filters = filters
        self.biases = biases
    }

    /// The same convolution with channels of zeros appended, so that their counts are multiples of the given ones.
    ///
    /// ONNX Runtime computes convolutions in blocks of 8 or 16 channels and falls back to a slower way where the number
    /// of input channels does not fit: 45 channels take a third longer than 48.
    package func widened(outputsToMultiplesOf outputBlock: Int, inputsToMultiplesOf inputBlock: Int) -> OnnxConvolution
    {
        func roundedUp(_ count: Int, _ block: Int) -> Int { (count + block - 1) / block * block }
        let newOutputs = roundedUp(outputs, outputBlock)
        let newInputs = roundedUp(inputs, inputBlock)
        let area = kernel.rows * kernel.columns
        var newFilters = [Float](repeating: 0, count: newOutputs * newInputs * area)
        for output in 0..<outputs {
            let from = output * inputs * area
            let to = output * newInputs * area
            newFilters.replaceSubrange(to..<to + inputs * area, with: filters[from..<from + inputs * area])
        }
        return OnnxConvolution(
            outputs: newOutputs, inputs: newInputs, kernel: kernel, stride: stride, padding: padding,
            filters: newFilters, biases: biases + [Float](repeating: 0, count: newOutputs - outputs))
    }

    /// Two convolutions that together are this one, which must have one output and stride 1: the first computes what
    /// each row of the kernel gives, the second adds those up row by row.
    ///
    /// For a single output channel ONNX Runtime still computes a block of them; this way the block is used.
    package func splitByRows(channels: Int) -> (rowSums: OnnxConvolution, total: OnnxConvolution) {
        precondition(outputs == 1 && stride == 1 && channels >= kernel.rows, "only a single plane is split by rows")
        var rowFilters = [Float](repeating: 0, count: channels * inputs * kernel.columns)
        for row in 0..<kernel.rows {
            for input in 0..<inputs {
                let from = (input * kernel.rows + row) * kernel.columns
                let to = (row * inputs + input) * kernel.columns
                rowFilters.replaceSubrange(
                    to..<to + kernel.columns, with: filters[from..<from + kernel.columns])
            }
        }
        var ones = [Float](repeating: 0, count: channels * kernel.rows)
        for row in 0..<kernel.rows {
            ones[row * kernel.rows + row] = 1
        }
        let rowSums = OnnxConvolution(
            outputs: channels, inputs: inputs, kernel: Extent(rows: 1, columns: kernel.columns), stride: 1,
            padding: Extent(rows: 0, columns: padding.columns), filters: rowFilters,
            biases: [Float](repeating: 0, count: channels))
        let total = OnnxConvolution(
            outputs: 1, inputs: channels, kernel: Extent(rows: kernel.rows, columns: 1), stride: 1,
            padding: Extent(rows: padding.rows, columns: 0), filters: ones, biases: biases)
        return (rowSums, total)
    }
}
