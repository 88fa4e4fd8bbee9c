/// The logical dump of a library, read in one snapshot.
struct SQLDump {
    let database: Database

    func write(_ line: (String) -> Void) throws {
        try write("SELECT key, value FROM meta ORDER BY key", line) { row in
            var text = DumpLine("meta")
            text.add(row["key"], row["value"] as String)
            return text
        }
        try write("SELECT * FROM photo ORDER BY id", line, Self.photo)
        try write("SELECT * FROM person ORDER BY id", line, Self.person)
        try write("SELECT * FROM face ORDER BY id", line, Self.face)
        try write("SELECT face_id, person_id FROM rejection ORDER BY face_id, person_id", line) { row in
            DumpLine("rejection", row[0], row[1])
        }
        try write("SELECT lower_id, higher_id FROM separation ORDER BY lower_id, higher_id", line) { row in
            DumpLine("separation", row[0], row[1])
        }
        try write("SELECT * FROM collection ORDER BY id", line) { row in
            var text = DumpLine("collection", row["id"])
            text.add("name", row["name"] as String)
            return text
        }
        try write("SELECT collection_id, person_id FROM membership ORDER BY collection_id, person_id", line) { row in
            DumpLine("member", row[0], row[1])
        }
    }

    private func write(_ sql: String, _ line: (String) -> Void, _ dump: (Row) -> DumpLine) throws {
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql))
        while let row = try rows.next() { line(dump(row).text) }
    }

    private static func photo(_ row: Row) -> DumpLine {
        var text = DumpLine("photo", row["id"])
        text.add("hash", row["content_hash"] as String)
        text.add("state", row["state"] as String)
        text.add("model", row["model"] as String?)
        text.add("added", row["added_at"] as String)
        return text
    }

    private static func person(_ row: Row) -> DumpLine {
        var text = DumpLine("person", row["id"])
        text.add("name", row["name"] as String?)
        text.add("note", row["note"] as String?)
        text.add("born", row["birth_date"] as String?)
        text.add("cover", row["cover_face_id"] as Int64?)
        text.add("hidden", if: row["is_hidden"])
        text.add("deleted", if: !row.isNull("deleted_at"))
        text.add("revision", row["revision"] as Int64)
        text.add("created", row["created_at"] as String)
        text.add("updated", row["updated_at"] as String)
        return text
    }

    private static func face(_ row: Row) -> DumpLine {
        var text = DumpLine("face", row["id"])
        text.add("photo", row["photo_id"] as Int64)
        text.add("person", row["person_id"] as Int64?)
        text.add("placed", if: row["is_placed_by_user"])
        text.add("ignored", if: row["is_ignored"])
        text.add("drawn", if: row["is_added_by_hand"])
        text.add("box", [row["box_x"], row["box_y"], row["box_width"], row["box_height"]])
        return text
    }
}
