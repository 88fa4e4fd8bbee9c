/// Builds an ONNX file (opset 13) of the few operators that the dlib networks need, node by node in execution order.
///
/// The protobuf messages are written by hand: a field is a key (number and wire type) and its value.
package struct OnnxModelWriter {
    /// One side of an input or output: fixed, or named because it varies.
    package enum Dimension {
        case fixed(Int)
        case named(String)
    }

    private var nodes = ProtobufMessage()
    private var initializers = ProtobufMessage()
    private var count = 0

    package init() {}

    /// - Returns: the name of the convolution's output, as all functions that add a node return theirs.
    package mutating func convolution(_ input: String, _ convolution: OnnxConvolution) -> String {
        let kernel = convolution.kernel
        let padding = convolution.padding
        let filters = initializer(
            convolution.filters, type: 1,
            dimensions: [convolution.outputs, convolution.inputs, kernel.rows, kernel.columns], prefix: "w")
        let biases = initializer(convolution.biases, type: 1, dimensions: [convolution.outputs], prefix: "b")
        return node(
            "Conv", [input, filters, biases],
            [
                .integers("kernel_shape", [kernel.rows, kernel.columns]),
                .integers("strides", [convolution.stride, convolution.stride]),
                .integers("pads", [padding.rows, padding.columns, padding.rows, padding.columns]),
            ])
    }

    package mutating func relu(_ input: String) -> String { node("Relu", [input]) }

    package mutating func add(_ first: String, _ second: String) -> String { node("Add", [first, second]) }

    package mutating func maxPool(_ input: String, kernel: Int, stride: Int) -> String {
        node("MaxPool", [input], Self.pool(kernel, stride))
    }

    package mutating func averagePool(_ input: String, kernel: Int, stride: Int) -> String {
        node("AveragePool", [input], Self.pool(kernel, stride))
    }

    /// The mean of each channel's plane.
    package mutating func globalAveragePool(_ input: String) -> String { node("GlobalAveragePool", [input]) }

    package mutating func flatten(_ input: String) -> String { node("Flatten", [input], [.integer("axis", 1)]) }

    /// A row vector times a matrix whose rows are inputs and whose columns are outputs.
    package mutating func dense(_ input: String, _ weights: [Float], inputs: Int, outputs: Int) -> String {
        node("Gemm", [input, initializer(weights, type: 1, dimensions: [inputs, outputs], prefix: "w")])
    }

    /// Appends zeros: channels after the last, a row at the bottom and a column at the right.
    package mutating func pad(_ input: String, channels: Int, rowsAndColumns: Int) -> String {
        let ends: [Int64] = [0, Int64(channels), Int64(rowsAndColumns), Int64(rowsAndColumns)]
        let amounts = initializer([0, 0, 0, 0] + ends, type: 7, dimensions: [8], prefix: "p")
        return node("Pad", [input, amounts], [.string("mode", "constant")])
    }

    /// The file's bytes.
    ///
    /// - Parameters:
    ///   - input: name and dimensions of the model's input (float).
    ///   - output: the name under which the value `result` leaves the model, and its dimensions (float).
    package func serialized(
        name: String, input: (name: String, dimensions: [Dimension]),
        output: (name: String, dimensions: [Dimension]), result: String
    ) -> [UInt8] {
        var graph = ProtobufMessage()
        graph.append(nodes)
        // The last value has a made-up name; Identity gives it its own without another pass over the nodes.
        graph.add(1, Self.node("Identity", [result], output: output.name, name: "result", []))
        graph.add(2, name)
        graph.append(initializers)
        graph.add(11, Self.value(input.name, input.dimensions))
        graph.add(12, Self.value(output.name, output.dimensions))
        var opset = ProtobufMessage()
        opset.add(2, 13)
        var model = ProtobufMessage()
        model.add(1, 8)
        model.add(2, "lik")
        model.add(7, graph)
        model.add(8, opset)
        return model.bytes
    }

    private enum Attribute {
        case integer(String, Int)
        case integers(String, [Int])
        case string(String, String)
    }

    private static func pool(_ kernel: Int, _ stride: Int) -> [Attribute] {
        [
            .integers("kernel_shape", [kernel, kernel]), .integers("strides", [stride, stride]),
            .integers("pads", [0, 0, 0, 0]),
        ]
    }

    private mutating func node(_ kind: String, _ inputs: [String], _ attributes: [Attribute] = []) -> String {
        count += 1
        let output = "t\(count)"
        nodes.add(1, Self.node(kind, inputs, output: output, name: "n\(count)", attributes))
        return output
    }

    private static func node(
        _ kind: String, _ inputs: [String], output: String, name: String, _ attributes: [Attribute]
    ) -> ProtobufMessage {
        var node = ProtobufMessage()
        for input in inputs {
            node.add(1, input)
        }
        node.add(2, output)
        node.add(3, name)
        node.add(4, kind)
        for attribute in attributes {
            node.add(5, message(attribute))
        }
        return node
    }

    private static func message(_ attribute: Attribute) -> ProtobufMessage {
        var message = ProtobufMessage()
        switch attribute {
        case .integer(let name, let value):
            message.add(1, name)
            message.add(3, value)
            message.add(20, 2)
        case .integers(let name, let values):
            message.add(1, name)
            for value in values {
                message.add(8, value)
            }
            message.add(20, 7)
        case .string(let name, let value):
            message.add(1, name)
            message.add(4, value)
            message.add(20, 3)
        }
        return message
    }

    /// A constant of numbers that lie in memory as ONNX wants them: little endian, as every supported machine has them.
    private mutating func initializer<Number>(
        _ values: [Number], type: Int, dimensions: [Int], prefix: String
    ) -> String {
        count += 1
        let name = "\(prefix)\(count)"
        var tensor = ProtobufMessage()
        for dimension in dimensions {
            tensor.add(1, dimension)
        }
        tensor.add(2, type)
        tensor.add(8, name)
        tensor.add(9, values.withUnsafeBytes { Array($0) })
        initializers.add(5, tensor)
        return name
    }

    private static func value(_ name: String, _ dimensions: [Dimension]) -> ProtobufMessage {
        var shape = ProtobufMessage()
        for dimension in dimensions {
            var message = ProtobufMessage()
            switch dimension {
            case .fixed(let size): message.add(1, size)
            case .named(let name): message.add(2, name)
            }
            shape.add(1, message)
        }
        var tensor = ProtobufMessage()
        tensor.add(1, 1)
        tensor.add(2, shape)
        var type = ProtobufMessage()
        type.add(1, tensor)
        var value = ProtobufMessage()
        value.add(1, name)
        value.add(2, type)
        return value
    }
}
