public import FaceCore

/// Vectors of a library's faces, and one for each person, kept and searched by the database, for libraries that do not fit
/// into memory. The faces' are searched by an index that may miss some; a person's tells how far she is exactly. What a
/// vector is made of is not the store's business: whoever fills them keeps them in step, by the library's version.
///
/// Only faces of somebody count. There is a set of vectors for each way to make them. One process at a time changes a set:
/// see `LibraryStore.exclusively`. Any number of them search it meanwhile.
public protocol PersonVectors: Sendable {
    /// The set of a name and how far it is; a new one has to be filled.
    ///
    /// - Parameter name: tells how the vectors are made: another way is another name.
    /// - Returns: nil as long as the library has no embedding of the model.
    /// - Throws: `FaceStoreError.vectorSearchMissing`, `.tooManyNumbers`.
    func set(named name: String, model: ModelID) throws(FaceStoreError) -> PersonVectorSet?

    // MARK: Filling

    /// Empties a set, and remembers who has which faces at this moment.
    func beginFilling(_ set: PersonVectorSet) throws(FaceStoreError)

    /// The next people to put into the set, in the order of their ids; none when all are in it.
    func peopleToFill(_ set: PersonVectorSet, limit: Int) throws(FaceStoreError) -> [PersonID]

    /// Puts people in, all up to the last one of `people`; those without a vector stay out.
    ///
    /// - Precondition: `people` came from `peopleToFill` and is not empty.
    func fill(
        _ set: PersonVectorSet, with vectors: [PersonVector], _ faces: [FaceVector], of people: [PersonID]
    ) throws(FaceStoreError)

    /// Makes the index: from here on the set can be searched.
    func endFilling(_ set: PersonVectorSet) throws(FaceStoreError)

    // MARK: Keeping in step

    /// Who had some faces when the set was brought up to date last.
    func owners(of faces: [FaceID], in set: PersonVectorSet) throws(FaceStoreError) -> Set<PersonID>

    /// Replaces the vectors of some people; those without a vector in `vectors` leave the set.
    func replace(
        _ vectors: [PersonVector], of people: [PersonID], in set: PersonVectorSet
    ) throws(FaceStoreError)

    /// Says that the set is up to date with these changes.
    ///
    /// - Parameter faces: the vectors of the changed faces that are somebody's.
    func advance(
        _ set: PersonVectorSet, to changes: FaceChanges, with faces: [FaceVector]
    ) throws(FaceStoreError)

    /// Notes that a set is in use, and drops those of which nobody has said so for a week.
    func dropUnused(but set: PersonVectorSet) throws(FaceStoreError)

    // MARK: Searching

    /// The faces whose vectors are nearest to a query by the Euclidean distance, nearest first.
    ///
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - breadth: how many candidates the index looks at, at most 1000: more cost time and miss fewer.
    func faces(
        nearestTo query: [Float], limit: Int, breadth: Int, in set: PersonVectorSet
    ) throws(FaceStoreError) -> [FaceID]

    /// The people who have some faces, in no order.
    func people(having faces: [FaceID], in set: PersonVectorSet) throws(FaceStoreError) -> [PersonVector]

    /// The people whose vectors are nearest to a query by the Euclidean distance, nearest first. No index is used: all are
    /// looked at, and none is missed.
    ///
    /// - Parameter among: who is looked at; nil for everybody.
    func people(
        nearestTo query: [Float], limit: Int, among people: [PersonID]?, in set: PersonVectorSet
    ) throws(FaceStoreError) -> [PersonVector]
}

/// A set of vectors, as it was at one moment.
public struct PersonVectorSet: Sendable, Hashable {
    public let id: Int64
    public let model: ModelID
    /// Numbers a face's vector; a person's has one more.
    public let dimension: Int
    /// The library's version that it is up to date with; nil for one that is not begun.
    public let version: Int64?
    /// Whether it is filled, and can be searched.
    public let isReady: Bool

    public init(id: Int64, model: ModelID, dimension: Int, version: Int64?, isReady: Bool) {
        self.id = id
        self.model = model
        self.dimension = dimension
        self.version = version
        self.isReady = isReady
    }
}

/// Somebody's vector, with what it stands for.
public struct PersonVector: Sendable, Hashable {
    public let person: PersonID
    /// How many faces it is made of, at least 1.
    public let count: Int
    /// The mean of their squared lengths.
    public let meanSquaredNorm: Double
    public let vector: [Float]

    public init(person: PersonID, count: Int, meanSquaredNorm: Double, vector: [Float]) {
        self.person = person
        self.count = count
        self.meanSquaredNorm = meanSquaredNorm
        self.vector = vector
    }
}

/// A face's vector.
public struct FaceVector: Sendable, Hashable {
    public let face: FaceID
    public let vector: [Float]

    public init(face: FaceID, vector: [Float]) {
        self.face = face
        self.vector = vector
    }
}
