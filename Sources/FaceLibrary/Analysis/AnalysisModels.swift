public import FaceAnalysis
public import FaceCore
public import FaceStore
import Synchronization

/// The model pack that an installation uses, and how.
public struct AnalysisPack: Sendable {
    public var name: String
    /// For people: name and terms.
    public var licence: String
    /// Whether its files are the published ones.
    public var isVerified: Bool
    public var model: ModelID
    public var detection: DetectionOptions
    public var grouping: GroupingOptions
    /// Its calibrated thresholds, for its own metric.
    public var thresholds: [GroupingOptions.Algorithm: Double]
    /// The largest distance, under the metric of `grouping`, at which two faces are one person.
    public var pairThreshold: Double
    /// What was measured of it; nil when nothing was.
    public var calibration: PersonCalibration?

    /// - Parameter pairThreshold: nil where the pack has none for the metric: the one by which groups are told apart.
    public init(
        name: String, licence: String, isVerified: Bool, model: ModelID, detection: DetectionOptions,
        grouping: GroupingOptions, thresholds: [GroupingOptions.Algorithm: Double] = [:], pairThreshold: Double? = nil,
        calibration: PersonCalibration? = nil
    ) {
        self.calibration = calibration
        self.name = name
        self.licence = licence
        self.isVerified = isVerified
        self.model = model
        self.detection = detection
        self.grouping = grouping
        self.thresholds = thresholds
        self.pairThreshold = pairThreshold ?? grouping.metric.distance(of: grouping.linkageThreshold)
    }

    /// The threshold of an algorithm where nobody gives one; nil for another metric than the one it belongs to.
    ///
    /// - Parameter isSet: the setting's threshold counts for the algorithm that is set; otherwise the calibrated ones do.
    func eps(for algorithm: GroupingOptions.Algorithm, metric: Metric, isSet: Bool) -> Double? {
        guard metric == grouping.metric else { return nil }
        if isSet, algorithm == grouping.algorithm { return grouping.eps }
        return thresholds[algorithm]
    }
}

/// The models of a server: looked for at its start, loaded when the first photo needs them, and looked for again as long
/// as there are none. So a server starts without a model pack, takes uploads, and goes on with them when one is installed.
public final class AnalysisModels: Sendable {
    public enum State: Sendable, Hashable {
        /// They can be loaded; whether they are by now.
        case available(pack: String, isLoaded: Bool)
        /// Why photos wait, a sentence for people.
        case unavailable(reason: String)
    }

    private let store: any LibraryStore
    private let find: @Sendable () throws -> AnalysisPack
    private let load: @Sendable () throws -> FaceAnalyzer
    private let loadAttributes: @Sendable () throws -> [any FaceAttributeEstimator]
    /// Held while models are loaded, so that they are loaded once.
    private let found = Mutex(Found())
    private let present = Mutex(State.unavailable(reason: "No model pack was looked for yet."))

    private struct Found {
        var pack: AnalysisPack?
        var analyzer: FaceAnalyzer?
        var attributes: [any FaceAttributeEstimator]?
    }

    /// - Parameters:
    ///   - store: what the models' embeddings go into: models that do not fit to what is there are not used.
    ///   - find: reads what is installed, without loading it.
    ///   - load: loads the models of what was found.
    ///   - attributes: loads the models that say something of a face beside who it is.
    public init(
        store: any LibraryStore, find: @escaping @Sendable () throws -> AnalysisPack,
        load: @escaping @Sendable () throws -> FaceAnalyzer,
        attributes: @escaping @Sendable () throws -> [any FaceAttributeEstimator] = { [] }
    ) {
        loadAttributes = attributes
        self.store = store
        self.find = find
        self.load = load
    }

    /// Whether photos can be analysed, as far as it was seen. Does not block.
    public var state: State { present.withLock { $0 } }

    /// The pack in use; looked for when none was found yet.
    ///
    /// - Throws: what finding throws, and `FaceStoreError.modelMismatch`; `state` says it from then on.
    @discardableResult
    public func pack() throws -> AnalysisPack {
        try found.withLock { try pack(&$0) }
    }

    /// The models, loaded.
    ///
    /// - Throws: as `pack()`, and what loading throws.
    func analyzer() throws -> (pack: AnalysisPack, analyzer: FaceAnalyzer) {
        try found.withLock { found in
            let pack = try pack(&found)
            if let analyzer = found.analyzer { return (pack, analyzer) }
            do {
                let analyzer = try load()
                found.analyzer = analyzer
                present.withLock { $0 = .available(pack: pack.name, isLoaded: true) }
                return (pack, analyzer)
            } catch {
                // It may be repaired or replaced by another one meanwhile.
                found.pack = nil
                fail(error)
                throw error
            }
        }
    }

    /// What the pack can say of a face beside who it is; empty where it has no models for that. Loaded when it is first
    /// asked for.
    ///
    /// - Throws: as `pack()`, and what loading throws.
    func attributeEstimators() throws -> [any FaceAttributeEstimator] {
        try found.withLock { found in
            _ = try pack(&found)
            if let attributes = found.attributes { return attributes }
            let attributes = try loadAttributes()
            found.attributes = attributes
            return attributes
        }
    }

    private func pack(_ found: inout Found) throws -> AnalysisPack {
        // A draft, or its undoing, may have changed the library over to another model.
        if let pack = found.pack, try store.embeddingModel() ?? pack.model == pack.model { return pack }
        found = Found()
        do {
            let pack = try find()
            try store.adopt(model: pack.model)
            found.pack = pack
            present.withLock { $0 = .available(pack: pack.name, isLoaded: false) }
            return pack
        } catch {
            fail(error)
            throw error
        }
    }

    private func fail(_ error: any Error) {
        let reason = (error as? any UserFacingError)?.message ?? "The models cannot be loaded."
        present.withLock { $0 = .unavailable(reason: reason) }
    }
}
