import FaceAnalysis
import FaceClustering
public import FaceCore
public import FaceStore
import Foundation
import Imaging

/// Tells whether two faces are one person, and who a face is, of images that nothing is kept of.
///
/// Calls block: for as long as an image takes to be decoded and its faces to be embedded, and the first one until the
/// models are loaded and the people read. They may come from any thread; `LibraryError.noModels` says that there are no
/// models.
public struct Recognition: Sendable {
    let library: Library
    private let models: AnalysisModels
    private let search: any PeopleSearch
    private let members: CollectionMembers
    let naming = NamingTurn()

    /// - Parameter search: by which people are searched in the database; nil searches in memory.
    public init(library: Library, models: AnalysisModels, search: DatabasePeopleSearch? = nil) {
        self.library = library
        self.models = models
        self.search = search ?? PersonGallery(store: library.store) as any PeopleSearch
        members = CollectionMembers(store: library.store)
    }

    // MARK: Faces

    /// The faces of an image.
    ///
    /// - Parameters:
    ///   - image: the bytes of a file in any format that photos may have.
    ///   - minimumScore: the least detection score; nil for the server's own.
    ///   - attributes: whether each face is described besides; a pack without models for that says nothing.
    ///   - observer: is told how long each stage took.
    /// - Throws: `LibraryError.badImage`, `.noModels`.
    public func faces(
        on image: [UInt8], minimumScore: Double? = nil, attributes: Bool = false,
        observer: any WorkObserver = NoWorkObserver()
    ) throws(LibraryError) -> ProbeImage {
        let (metadata, faces) = try analysis(
            of: image, minimumScore: minimumScore, attributes: attributes, observer: observer)
        return ProbeImage(width: metadata.width, height: metadata.height, faces: faces)
    }

    func analysis(
        of image: [UInt8], minimumScore: Double? = nil, minimumSize: Double? = nil, attributes: Bool = false,
        observer: any WorkObserver = NoWorkObserver()
    ) throws(LibraryError) -> (metadata: PhotoMetadata, faces: [AnalyzedFace]) {
        let (pack, analyzer) = try loaded(withAttributes: attributes)
        var detection = pack.detection
        if let minimumScore { detection.minimumScore = minimumScore }
        if let minimumSize { detection.minimumSize = min(detection.minimumSize, minimumSize) }
        do {
            let analysis = PhotoAnalysis(
                decoder: library.decoder, analyzer: analyzer, memory: library.memory, observer: observer)
            return try analysis.run(image, options: detection)
        } catch {
            throw .badImage(reason: (error as? any UserFacingError)?.message ?? "It cannot be read.")
        }
    }

    /// An embedding that somebody kept, as one of the library's model.
    ///
    /// - Parameter model: which one made it; nil takes it for the library's.
    /// - Throws: `LibraryError.badEmbedding` when it is of another model or size, or holds what is no number; `.noModels`.
    public func embedding(_ vector: [Float], model: ModelID?) throws(LibraryError) -> Embedding {
        let (pack, analyzer) = try loaded()
        if let model, model != pack.model {
            throw .badEmbedding(reason: "It is of the model \(model); this server uses \(pack.model).")
        }
        guard vector.count == analyzer.embedder.dimension else {
            let expected = analyzer.embedder.dimension
            throw .badEmbedding(reason: "It has \(vector.count) numbers; those of \(pack.model) have \(expected).")
        }
        guard vector.allSatisfy(\.isFinite), vector.contains(where: { $0 != 0 }) else {
            throw .badEmbedding(reason: "Its numbers are no direction.")
        }
        return Embedding(model: pack.model, vector: vector)
    }

    // MARK: 1:1

    /// Compares faces with other faces, each with each.
    ///
    /// - Parameter threshold: the largest distance of one person's faces; nil for the model pack's.
    /// - Returns: a row for each of the first faces, with a comparison for each of the second.
    /// - Throws: `LibraryError.badEmbedding` when they are not of one model; `.noModels`.
    public func verify(
        _ first: [Embedding], _ second: [Embedding], threshold: Double? = nil
    ) throws(LibraryError) -> [[FaceComparison]] {
        let pack = try pack()
        let threshold = threshold ?? pack.pairThreshold
        var rows: [[FaceComparison]] = []
        do {
            for one in first {
                var row: [FaceComparison] = []
                for other in second {
                    let distance = try one.distance(to: other, metric: pack.grouping.metric)
                    row.append(FaceComparison(distance: distance, threshold: threshold))
                }
                rows.append(row)
            }
        } catch {
            throw .badEmbedding(reason: error.message)
        }
        return rows
    }

    /// Compares two faces; see `verify(_:_:threshold:)` of many.
    public func verify(
        _ first: Embedding, _ second: Embedding, threshold: Double? = nil
    ) throws(LibraryError) -> FaceComparison {
        try verify([first], [second], threshold: threshold)[0][0]
    }

    /// Compares a face with a person.
    ///
    /// - Parameters:
    ///   - threshold: the largest distance; nil for the collection's, or that by which faces are grouped.
    ///   - scope: the collection that she has to be in; nil for any.
    /// - Throws: `LibraryError.unknownPerson` also for somebody without a face, or not of the collection; `.noModels`,
    ///   `.store`, `.notCalibrated`.
    public func verify(
        _ probe: Embedding, _ person: PersonID, threshold: Double? = nil, in scope: CollectionScope? = nil
    ) throws(LibraryError) -> FaceComparison {
        let pack = try pack()
        if let scope, !scope.members.contains(person) { throw .unknownPerson(person.description) }
        let metric = pack.grouping.metric
        guard let group = try group(of: person, pack),
            let value = metric.dissimilarity.between(Self.group(probe, metric), group)
        else { throw .unknownPerson(person.description) }
        let limit = try personThreshold(threshold, scope, pack)
        return FaceComparison(distance: metric.distance(of: value), threshold: limit)
    }

    // MARK: 1:N

    /// The people whom each face is nearest to.
    ///
    /// - Parameters:
    ///   - limit: how many candidates a face gets at most.
    ///   - threshold: the largest distance at which a face is somebody; nil for the collection's, or that by which faces
    ///     are grouped.
    ///   - scope: whom they are compared with; nil for everybody.
    /// - Returns: in the order of the faces.
    /// - Precondition: `limit >= 0`.
    /// - Throws: `LibraryError.noModels`, `.store`, `.notCalibrated`.
    public func identify(
        _ faces: [AnalyzedFace], limit: Int, threshold: Double? = nil, in scope: CollectionScope? = nil
    ) throws(LibraryError) -> [IdentifiedFace] {
        let pack = try pack()
        let metric = pack.grouping.metric
        let threshold = try personThreshold(threshold, scope, pack)
        let probes = faces.map { Self.group($0.embedding, metric) }
        let found = try storing { () throws(FaceStoreError) in
            try search.nearest(to: probes, limit: limit, among: scope, model: pack.model, options: pack.grouping)
        }
        return zip(faces, found).map { face, matches in
            IdentifiedFace(
                face: face,
                candidates: matches.map { match in
                    let distance = metric.distance(of: match.dissimilarity)
                    return IdentifiedFace.Candidate(
                        person: match.person, comparison: FaceComparison(distance: distance, threshold: threshold))
                })
        }
    }

    // MARK: Collections

    /// A collection and who is in it.
    ///
    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownCollection`.
    public func scope(of id: CollectionID) throws(LibraryError) -> CollectionScope {
        try storing { () throws(FaceStoreError) in try members.scope(of: id) }
    }

    /// Those who have a name, of a collection or of the library.
    ///
    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownCollection`.
    public func namedPeople(in collection: CollectionID?) throws(LibraryError) -> CollectionScope {
        try storing { () throws(FaceStoreError) in try members.namedPeople(in: collection) }
    }

    /// The largest distance of a collection's own; nil when it has none.
    ///
    /// - Throws: `LibraryError.notCalibrated` when it is to follow from a rate that was not measured for the model pack;
    ///   `.noModels`.
    public func threshold(of collection: PersonCollection?) throws(LibraryError) -> Double? {
        switch collection?.threshold {
        case nil, .pack?: return nil
        case .similarity(let similarity)?: return 1 - similarity
        case .falseAcceptRate(let rate)?:
            let pack = try pack()
            guard let calibration = pack.calibration, calibration.metric == pack.grouping.metric,
                let distance = calibration.distance(falseAcceptRate: rate)
            else { throw .notCalibrated(rate: rate) }
            return distance
        }
    }

    // MARK: -

    /// A person as others are compared with her; nil for nobody, or somebody without a face.
    func group(of person: PersonID, _ pack: AnalysisPack) throws(LibraryError) -> VectorGroup? {
        try storing { () throws(FaceStoreError) in
            try search.group(of: person, model: pack.model, options: pack.grouping)
        }
    }

    private func loaded(
        withAttributes: Bool = false
    ) throws(LibraryError) -> (pack: AnalysisPack, analyzer: FaceAnalyzer) {
        do {
            let (pack, analyzer) = try models.analyzer()
            guard withAttributes else { return (pack, analyzer) }
            return (pack, analyzer.describing(with: try models.attributeEstimators()))
        } catch {
            throw Self.noModels(error)
        }
    }

    func pack() throws(LibraryError) -> AnalysisPack {
        do { return try models.pack() } catch { throw Self.noModels(error) }
    }

    private static func noModels(_ error: any Error) -> LibraryError {
        .noModels(reason: (error as? any UserFacingError)?.message ?? "The models cannot be loaded.")
    }

    private func personThreshold(
        _ given: Double?, _ scope: CollectionScope?, _ pack: AnalysisPack
    ) throws(LibraryError) -> Double {
        if let given { return given }
        if let own = try threshold(of: scope?.collection) { return own }
        return Self.personThreshold(of: pack)
    }

    private static func personThreshold(of pack: AnalysisPack) -> Double {
        pack.grouping.metric.distance(of: pack.grouping.linkageThreshold)
    }

    private static func group(_ probe: Embedding, _ metric: Metric) -> VectorGroup {
        VectorGroup([0], of: VectorSet([probe.vector]), for: metric.dissimilarity)
    }
}
