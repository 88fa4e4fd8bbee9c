import FaceCore
import FaceStore
import Foundation
import Testing

/// A store and the model of it, which take the same steps.
final class ComparedLibrary {
    private let library: TemporaryLibrary?
    private let store: any LibraryStore
    private var model = PeopleModel()
    private var operations: RandomOperations
    private var nextPhoto = 1
    private var index = CaughtUpIndex()
    /// How often each kind of edit was done, and how often something was undone or redone.
    private var done: [JournalEntry.Kind: Int] = [:]
    private var turns = 0

    init(_ store: any LibraryStore, seed: UInt64) {
        library = nil
        self.store = store
        operations = RandomOperations(seed: seed)
    }

    init(seed: UInt64, on backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        self.library = library
        store = library.store
        operations = RandomOperations(seed: seed)
        for _ in 0..<8 { try addPhoto(faces: 3) }
    }

    /// Takes over people who are there already.
    func adopt(_ people: PeopledLibrary) throws {
        for (number, face) in people.faces.enumerated() {
            guard let photo = try people.photo(of: number) else { continue }
            model.addPhoto(photo.rawValue, faces: [face.rawValue])
            model.now.faces[face.rawValue]?.person = try people.owner(number)?.rawValue
        }
        for person in people.people {
            model.now.persons[person.rawValue] = PeopleModel.Person()
            model.lastPerson = person.rawValue
        }
        #expect(try PeopleModel.State.lines(of: store) == model.now.lines)
    }

    func drawEdit() -> PersonEdit { operations.edit(in: model) }

    // MARK: Steps

    /// Takes so many random steps and compares after each.
    func run(_ count: Int) throws {
        for step in 0..<count {
            let operation = operations.next(in: model)
            try carryOut(operation)
            let lines = try PeopleModel.State.lines(of: store)
            guard lines == model.now.lines else {
                Issue.record("step \(step), \(operation): \(Set(lines).symmetricDifference(model.now.lines).sorted())")
                return
            }
            if let broken = model.now.brokenRule {
                Issue.record("step \(step), \(operation): \(broken)")
                return
            }
            if step.isMultiple(of: 25) { try compareViews() }
        }
        #expect(done.count > 8 && turns > count / 10, "or little happened: \(done)")
    }

    private func carryOut(_ operation: RandomOperation) throws {
        switch operation {
        case .edit(let edit): _ = try perform(edit)
        case .undo: try turn(back: true)
        case .redo: try turn(back: false)
        case .group(let change): try group(change)
        case .addPhoto(let faces): try addPhoto(faces: faces)
        case .forget(let photo):
            guard model.now.photos.contains(photo.rawValue) else { return }
            try store.photos.forget(photo)
            model.forget(photo.rawValue)
        case .erase:
            let deleted = model.now.persons.filter(\.value.isDeleted).keys.sorted()
            #expect(try store.persons.erase(deletedBefore: .distantFuture).map(\.id.rawValue) == deleted)
            model.erase()
        }
    }

    /// Whether the edit was not refused, by either.
    func perform(_ edit: PersonEdit) throws -> Bool {
        let before = model
        let result: EditResult
        do throws(FaceStoreError) {
            result = try store.journal.perform(edit)
        } catch {
            #expect(throws: error, "\(edit)") { try model.perform(edit) }
            model = before
            return false
        }
        do throws(FaceStoreError) {
            try model.perform(edit)
        } catch {
            Issue.record("the store took \(edit), which is to be refused: \(error)")
        }
        #expect(result.entry.id.rawValue == model.entries.last?.id)
        compare(result, before.now)
        done[result.entry.kind, default: 0] += 1
        return true
    }

    private func turn(back: Bool) throws {
        let before = model.now
        let entry: Int64
        do throws(FaceStoreError) {
            entry = try back ? model.undo() : model.redo()
        } catch {
            #expect(throws: error) { try back ? store.journal.undo() : store.journal.redo() }
            return
        }
        let result = try back ? store.journal.undo() : store.journal.redo()
        #expect(result.entry.id.rawValue == entry)
        compare(result, before)
        turns += 1
    }

    /// Who came and went by the result and by the model.
    private func compare(_ result: EditResult, _ before: PeopleModel.State) {
        let old = Set(before.persons.filter { !$0.value.isDeleted }.keys)
        let new = Set(model.now.persons.filter { !$0.value.isDeleted }.keys)
        #expect(result.created.map(\.rawValue) == new.subtracting(old).sorted())
        #expect(result.removed.map(\.rawValue) == old.subtracting(new).sorted())
    }

    private func group(_ change: GroupingChange) throws {
        let before = model
        let result: GroupingResult
        do throws(FaceStoreError) {
            result = try store.faces.apply(change)
        } catch {
            #expect(throws: error, "\(change)") { try model.group(change) }
            model = before
            return
        }
        #expect(try model.group(change) == result.kept)
        let placed = before.now.faces.filter { $0.value.isPlaced && model.now.persons[$0.value.person ?? 0] != nil }
        for (face, row) in placed { #expect(model.now.faces[face]?.person == row.person, "a placed face moved") }
    }

    private func addPhoto(faces: Int) throws {
        let faces = Sample.spread(0..<faces)
        let recorded = try store.photos.record(Sample.photo(nextPhoto), at: nil, faces: faces)
        nextPhoto += 1
        model.addPhoto(recorded.photo.id.rawValue, faces: recorded.faces.map(\.id.rawValue))
    }

    // MARK: What others see

    private func compareViews() throws {
        let persons = model.now.persons.filter { !$0.value.isDeleted }
        let faces = model.now.faces.filter { model.isVisible($0.key) && !$0.value.isIgnored }
        let counts = try store.counts()
        #expect(counts.persons == persons.count && counts.faces == faces.count)
        #expect(counts.unassignedFaces == faces.values.filter { $0.person == nil }.count)
        for person in try store.persons.all() {
            #expect(person.faceCount == model.faces(of: person.id.rawValue).count)
        }
        let table = try store.faces.allEmbeddings(model: Sample.model)
        #expect(table.faces.map(\.rawValue) == faces.keys.sorted())
        #expect(try index.catchUp(with: store) == index.content(of: table))
        let owners = try store.faces.owners(model: Sample.model)
        #expect(owners.faces == table.faces && owners.persons == table.persons)
        #expect(try owners.isPlacedByUser == table.isPlacedByUser && owners.version == store.peopleVersion())
        let constraints = try store.journal.constraints()
        #expect(try store.journal.constraints(on: persons.keys.map { PersonID($0) }) == constraints)
        #expect(constraints.settled == Set(persons.keys.filter { model.isSettled($0) }.map { PersonID($0) }))
        let separations = model.now.separations.filter {
            persons[$0.lower.rawValue] != nil && persons[$0.higher.rawValue] != nil
        }
        #expect(constraints.separations == separations)
        let rejections = model.now.rejections.filter { persons[$0.person] != nil && model.isVisible($0.face) }
        #expect(constraints.rejections.values.reduce(0) { $0 + $1.count } == rejections.count)
    }
}

/// What somebody has of the faces who only asks what changed.
struct CaughtUpIndex {
    private var version: Int64 = 0
    private var owners: [FaceID: PersonID?] = [:]

    mutating func catchUp(with store: any LibraryStore) throws -> [FaceID: PersonID?] {
        let changes = try #require(try store.faces.changes(since: version, model: Sample.model))
        version = changes.version
        for face in changes.gone { owners[face] = nil }
        owners.merge(content(of: changes.changed)) { $1 }
        return owners
    }

    func content(of table: EmbeddingTable) -> [FaceID: PersonID?] {
        Dictionary(uniqueKeysWithValues: zip(table.faces, table.persons))
    }
}

extension PeopleModel.State {
    /// A rule that does not hold, in words.
    var brokenRule: String? {
        for (id, face) in faces {
            if let person = face.person, persons[person] == nil { return "face \(id) is of somebody who is gone" }
            if face.isIgnored && (face.person != nil || face.isPlaced) { return "face \(id) is ignored and placed" }
        }
        for rejection in rejections where faces[rejection.face]?.person == rejection.person {
            return "face \(rejection.face) is with whom it was rejected from"
        }
        for (id, person) in persons {
            if let cover = person.cover, faces[cover]?.person != id { return "the cover of \(id) is not hers" }
            if !person.isDescribed && !faces.values.contains(where: { $0.person == id }) { return "\(id) is left over" }
        }
        return nil
    }
}
