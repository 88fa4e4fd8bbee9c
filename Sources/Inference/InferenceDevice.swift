/// What people choose their models to run on.
public enum InferenceDevice: Sendable, Hashable {
    case cpu
    /// An NVIDIA card, by its number from 0.
    case cuda(Int)
    /// The first NVIDIA card where ONNX Runtime can use one, else the CPU.
    case automatic

    /// "cpu", "cuda", "cuda:1" or "auto"; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "cpu": self = .cpu
        case "auto": self = .automatic
        case "cuda": self = .cuda(0)
        default:
            guard text.hasPrefix("cuda:"), let number = Int(text.dropFirst(5)), (0..<64).contains(number) else {
                return nil
            }
            self = .cuda(number)
        }
    }

    /// Loads models on the device, and on the CPU where that cannot be done.
    ///
    /// - Parameters:
    ///   - note: is told in a sentence when a card was to be used and is not.
    ///   - load: loads the models on the providers that it is given.
    /// - Throws: what `load` throws for the CPU, or for a reason that has nothing to do with a card.
    public func loading<Models>(
        on runtime: OnnxRuntime, note: (String) -> Void, _ load: ([ExecutionProvider]) throws -> Models
    ) throws -> Models {
        let number: Int
        switch self {
        case .cpu: return try load([.cpu])
        case .automatic where !runtime.hasCUDA: return try load([.cpu])
        case .automatic: number = 0
        case .cuda(let chosen): number = chosen
        }
        do {
            return try load([.cuda(device: number), .cpu])
        } catch let error as InferenceError {
            switch error {
            case .noCUDAProvider, .cudaUnusable:
                note("\(error.message) The models run on the CPU.")
                return try load([.cpu])
            default: throw error
            }
        }
    }
}
