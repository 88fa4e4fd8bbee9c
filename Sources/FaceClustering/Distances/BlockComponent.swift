import CVectorKernels

/// A kind of number that vectors in blocks are made of, and the kernel that multiplies them.
protocol BlockComponent: Sendable {
    /// What queries and products are made of.
    associatedtype Scalar: BinaryFloatingPoint & Sendable

    /// Vectors in a block.
    static var lanes: Int { get }
    static var zero: Self { get }
    init(nearest value: Scalar)

    /// See CVectorKernels.h.
    static func multiply(
        _ queries: UnsafePointer<Scalar>, queryCount: Int, blocks: UnsafePointer<Self>, blockCount: Int,
        dimension: Int, into products: UnsafeMutablePointer<Scalar>, stride: Int)
}

extension Float: BlockComponent {
    static var lanes: Int { LIK_FLOAT_LANES }

    init(nearest value: Float) { self = value }

    static func multiply(
        _ queries: UnsafePointer<Float>, queryCount: Int, blocks: UnsafePointer<Float>, blockCount: Int,
        dimension: Int, into products: UnsafeMutablePointer<Float>, stride: Int
    ) {
        lik_products_float(LIK_WIDEST, queries, queryCount, blocks, blockCount, dimension, products, stride)
    }
}

extension Double: BlockComponent {
    static var lanes: Int { LIK_DOUBLE_LANES }

    init(nearest value: Double) { self = value }

    static func multiply(
        _ queries: UnsafePointer<Double>, queryCount: Int, blocks: UnsafePointer<Double>, blockCount: Int,
        dimension: Int, into products: UnsafeMutablePointer<Double>, stride: Int
    ) {
        lik_products_double(LIK_WIDEST, queries, queryCount, blocks, blockCount, dimension, products, stride)
    }
}

/// The upper half of a `Float` (bfloat16): its range with 8 binary digits, off by at most 2⁻⁸ of the number.
struct HalfFloat: BlockComponent {
    private let bits: UInt16

    static let zero = HalfFloat(nearest: 0)
    static var lanes: Int { LIK_FLOAT_LANES }

    /// Rounds; a number next to the largest of all is cut instead, so that it does not become infinite.
    init(nearest value: Float) {
        let pattern = value.bitPattern
        let rounded = Float(bitPattern: (pattern &+ 0x7FFF &+ (pattern >> 16 & 1)) & 0xFFFF_0000)
        bits = UInt16((rounded.isFinite ? rounded.bitPattern : pattern) >> 16)
    }

    static func multiply(
        _ queries: UnsafePointer<Float>, queryCount: Int, blocks: UnsafePointer<HalfFloat>, blockCount: Int,
        dimension: Int, into products: UnsafeMutablePointer<Float>, stride: Int
    ) {
        blocks.withMemoryRebound(to: UInt16.self, capacity: blockCount * dimension * lanes) { blocks in
            lik_products_bfloat16(LIK_WIDEST, queries, queryCount, blocks, blockCount, dimension, products, stride)
        }
    }
}
