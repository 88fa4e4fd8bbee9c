import FaceCore

extension SQLEdit {
    /// Whose a face is that users can see.
    func visible(_ face: FaceID) throws -> FaceImage {
        let sql = "SELECT EXISTS (SELECT * FROM face WHERE id = ? AND \(FaceTable.isVisible))"
        guard try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: [face.rawValue]) ?? false,
            let image = try people.face(face.rawValue)
        else { throw FaceStoreError.unknownFace(face) }
        return image
    }

    private func visible(_ faces: [FaceID]) throws -> [(id: FaceID, image: FaceImage)] {
        guard !faces.isEmpty else { throw FaceStoreError.emptyEdit }
        return try faces.unique.map { ($0, try visible($0)) }
    }

    mutating func split(_ faces: [FaceID], name: String?) throws {
        let checked: PersonName? = if let name { try PersonName(name) } else { nil }
        let chosen = try visible(faces)
        let origin = chosen[0].image.person
        guard chosen.allSatisfy({ $0.image.person == origin }) else { throw FaceStoreError.cannotSplit }
        if let origin {
            guard try people.faces(of: origin).count > chosen.count else { throw FaceStoreError.cannotSplit }
            try people.touch(origin)
        }
        let id = try people.insert(
            PersonImage(name: checked?.text, createdAt: people.now, updatedAt: people.now))
        named = (origin.map { [PersonID($0)] } ?? []) + [PersonID(id)]
        for (face, image) in chosen {
            try people.set(face.rawValue, from: image, to: FaceImage(person: id, isPlaced: true))
        }
        if let origin { try people.setSeparation(PersonPair(PersonID(origin), PersonID(id)), to: true) }
    }

    /// An ignored face that a user gives to somebody is of interest again.
    mutating func move(_ faces: [FaceID], to person: PersonID) throws {
        _ = try known(person)
        for (face, image) in try visible(faces) {
            let rejection = Rejection(face: face.rawValue, person: person.rawValue)
            try people.setRejection(rejection, to: false)
            let next = FaceImage(person: person.rawValue, isPlaced: true)
            try people.set(face.rawValue, from: image, to: next)
        }
    }

    mutating func reject(_ faces: [FaceID], from person: PersonID) throws {
        _ = try known(person)
        for (face, image) in try visible(faces) {
            guard image.person == person.rawValue else { throw FaceStoreError.faceIsNotHers(face) }
            try people.set(face.rawValue, from: image, to: FaceImage())
            try people.setRejection(Rejection(face: face.rawValue, person: person.rawValue), to: true)
        }
    }

    mutating func confirm(_ faces: [FaceID]) throws {
        for (face, image) in try visible(faces) {
            guard let person = image.person else { throw FaceStoreError.faceIsNotHers(face) }
            if !named.contains(PersonID(person)) { named.append(PersonID(person)) }
            var next = image
            next.isPlaced = true
            try people.set(face.rawValue, from: image, to: next)
        }
    }

    mutating func mark(_ faces: [FaceID], isIgnored: Bool) throws {
        for (face, image) in try visible(faces) where image.isIgnored != isIgnored {
            try people.set(face.rawValue, from: image, to: FaceImage(isIgnored: isIgnored))
        }
    }

    mutating func add(_ drawn: HandDrawnFace) throws {
        let photo = try PhotoTable.known(drawn.photo, in: database)
        guard photo.state.isAnalyzed, let metadata = photo.metadata else {
            throw FaceStoreError.unknownPhoto(drawn.photo)
        }
        let box = drawn.face.box
        // A box that is not finite or has no extent overlaps nothing either.
        guard box.clipped(width: metadata.width, height: metadata.height).area > 0 else {
            throw FaceStoreError.invalidFace
        }
        if let person = drawn.person { _ = try known(person) }
        guard let model = try LibraryModel.current(database), model == drawn.embedding.model else {
            throw FaceStoreError.modelMismatch(
                library: try LibraryModel.current(database) ?? drawn.embedding.model, pack: drawn.embedding.model)
        }
        let analyzed = AnalyzedFace(face: drawn.face, embedding: drawn.embedding, quality: drawn.quality)
        let id = try FaceTable.insert(
            analyzed, ordinal: FaceTable.nextOrdinal(on: drawn.photo.rawValue, in: database), photo: drawn.photo,
            isAddedByHand: true, version: people.version, connection: connection, in: database)
        let image = FaceImage(person: drawn.person?.rawValue, isPlaced: drawn.person != nil)
        try database.cachedStatement(
            sql: "UPDATE face SET person_id = ?, is_placed_by_user = ? WHERE id = ?"
        ).execute(arguments: [image.person, image.isPlaced, id])
        try people.noteAdded(id, image)
    }
}
