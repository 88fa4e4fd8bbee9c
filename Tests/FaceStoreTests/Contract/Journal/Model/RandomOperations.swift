import FaceCore
import FaceStore

/// Numbers that a seed repeats (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// What may happen to a library.
enum RandomOperation {
    case edit(PersonEdit)
    case undo
    case redo
    case group(GroupingChange)
    case addPhoto(faces: Int)
    case forget(PhotoID)
    case erase
}

/// Draws operations that make sense most of the time, and now and then one that has to be refused.
struct RandomOperations {
    var random: SeededNumbers
    private static let names: [String?] = [nil, "Anna", "Мария", "Eve", "", "a\nb", " Ада "]
    private static let births = ["1990-02-28", "2004-02-29"].compactMap { CalendarDate($0) }

    init(seed: UInt64) { random = SeededNumbers(seed: seed) }

    mutating func next(in model: PeopleModel) -> RandomOperation {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<12: .undo
        case 12..<20: .redo
        case 20..<38: .group(grouping(in: model))
        case 38..<44: model.now.faces.count > 40 ? .forget(photo(in: model)) : .addPhoto(faces: number(0...4))
        case 44..<46: .forget(photo(in: model))
        case 46: .erase
        default: .edit(edit(in: model))
        }
    }

    mutating func edit(in model: PeopleModel) -> PersonEdit {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<10: return .rename(person(in: model), to: choice(Self.names) ?? nil)
        case 10..<20: return .describe(person(in: model), description(in: model))
        case 20..<28: return .merge((0..<number(0...2)).map { _ in person(in: model) }, into: person(in: model))
        case 28..<38:
            return .split(number(0...4) == 0 ? nobodys(in: model) : hers(in: model), name: choice(Self.names) ?? nil)
        case 38..<48: return .move(faces(0...3, in: model), to: person(in: model))
        case 48..<58:
            let faces = hers(in: model)
            let owner = faces.first.flatMap { model.now.faces[$0.rawValue]?.person }
            return .reject(faces, from: owner.map { PersonID($0) } ?? person(in: model))
        case 58..<66: return .confirm(hers(in: model))
        case 66..<70: return .ignore(faces(0...2, in: model))
        case 70..<74:
            let ignored = model.now.faces.filter(\.value.isIgnored).keys.sorted().prefix(number(0...3))
            return .heed(ignored.map { FaceID($0) })
        case 74..<80:
            var drawn = Sample.drawn(on: photo(in: model), person: number(0...1) == 0 ? nil : person(in: model))
            if number(0...9) == 0 { drawn.face.box.x = 640 }
            return .addFace(drawn)
        case 80..<86: return .separate(person(in: model), person(in: model))
        case 86..<90: return .delete(person(in: model))
        case 90..<94:
            let deleted = model.now.persons.filter(\.value.isDeleted).keys.sorted()
            return .restore(choice(deleted).map { PersonID($0) } ?? person(in: model))
        default: return .apply(draft(in: model))
        }
    }

    // MARK: Parts

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func choice<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &random) }

    /// One of those who are there and not deleted; seldom somebody who is not.
    private mutating func person(in model: PeopleModel) -> PersonID {
        if number(0...30) == 0 { return PersonID(Int64(number(1...Int(model.lastPerson + 1)))) }
        return PersonID(choice(model.now.persons.filter { !$0.value.isDeleted }.keys.sorted()) ?? 1)
    }

    private mutating func photo(in model: PeopleModel) -> PhotoID {
        if number(0...30) == 0 { return PhotoID(99_999) }
        return PhotoID(choice(model.now.photos.sorted()) ?? 1)
    }

    private mutating func faces(_ count: ClosedRange<Int>, in model: PeopleModel) -> [FaceID] {
        let all = model.now.faces.keys.sorted()
        var faces = all.shuffled(using: &random).prefix(number(count)).map { FaceID($0) }
        if number(0...30) == 0 { faces.append(FaceID(99_999)) }
        return faces
    }

    /// Some of the faces of one person, seldom with one of somebody else.
    private mutating func hers(in model: PeopleModel) -> [FaceID] {
        let faces = model.faces(of: person(in: model).rawValue).shuffled(using: &random)
        let some = faces.prefix(number(0...max(faces.count, 1))).map { FaceID($0) }
        return number(0...15) == 0 ? some + self.faces(1...1, in: model) : some
    }

    private mutating func nobodys(in model: PeopleModel) -> [FaceID] {
        let faces = model.now.faces.filter { $0.value.person == nil }.keys.sorted().shuffled(using: &random)
        return faces.prefix(number(1...3)).map { FaceID($0) }
    }

    private mutating func description(in model: PeopleModel) -> PersonDescription {
        var description = PersonDescription()
        if number(0...3) == 0 { description.name = (choice(Self.names) ?? nil).map { .set($0) } ?? .clear }
        switch number(0...7) {
        case 0: description.note = .set(number(0...3) == 0 ? "" : "Note \(number(0...9))")
        case 1: description.note = .clear
        case 2: description.birthDate = choice(Self.births).map { .set($0) }
        case 3: description.birthDate = .clear
        case 4, 5: description.cover = choice(model.now.faces.keys.sorted()).map { .set(FaceID($0)) }
        case 6: description.cover = .clear
        default: description.isHidden = number(0...1) == 0
        }
        return description
    }

    /// What a machine may decide that has read the library a while ago.
    private mutating func grouping(in model: PeopleModel) -> GroupingChange {
        var change = GroupingChange()
        let free = model.now.faces.filter { $0.value.person == nil }.keys.sorted().shuffled(using: &random)
        let half = number(0...free.count)
        if half > 0 { change.created = [free[..<half].prefix(3).map { FaceID($0) }] }
        if half < free.count { change.joined[person(in: model)] = free[half...].prefix(2).map { FaceID($0) } }
        switch number(0...4) {
        case 0, 1: change.merges = [.init(person(in: model), into: person(in: model))]
        case 2: change.joined[person(in: model), default: []] += faces(1...2, in: model)
        case 3: change.released = faces(1...1, in: model)
        default: break
        }
        return change
    }

    /// People as they are with some faces elsewhere.
    private mutating func draft(in model: PeopleModel) -> DraftPlacement {
        var groups: [Int64: [FaceID]] = [:]
        var unknown: [FaceID] = []
        var fresh: [FaceID] = []
        for (id, face) in model.now.faces.sorted(by: { $0.key < $1.key }) where !face.isIgnored {
            let isBound = face.isPlaced && number(0...40) > 0
            switch isBound ? 9 : number(0...9) {
            case 0: fresh.append(FaceID(id))
            case 1: unknown.append(FaceID(id))
            case 2: groups[person(in: model).rawValue, default: []].append(FaceID(id))
            case 3: break
            default:
                if let person = face.person, model.now.persons[person]?.isDeleted == false {
                    groups[person, default: []].append(FaceID(id))
                }
            }
        }
        return DraftPlacement(
            groups: groups.sorted { $0.key < $1.key }.map { .init(person: PersonID($0.key), faces: $0.value) }
                + [.init(person: nil, faces: fresh)],
            unknown: unknown, model: Sample.model)
    }
}
