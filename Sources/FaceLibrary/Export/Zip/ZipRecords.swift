import Foundation

/// The records of a zip archive around its files' bytes, as PKWARE's APPNOTE.TXT 6.3.10 has them; the numbers of its
/// sections stand beside each.
///
/// Sizes and checksums stand before the bytes (no data descriptor), so that whatever reads archives can read this one.
/// What does not fit into 32 bits, or 16 for the number of files, goes into the zip64 records.
struct ZipRecords {
    /// Sizes and offsets from here on are told by zip64.
    let sizeLimit: Int
    /// As many files, or more, are told by zip64.
    let countLimit: Int

    init(sizeLimit: Int = 0xFFFF_FFFF, countLimit: Int = 0xFFFF) {
        self.sizeLimit = sizeLimit
        self.countLimit = countLimit
    }

    private static let version: UInt16 = 20
    private static let zip64Version: UInt16 = 45
    /// Bit 11: names are UTF-8.
    private static let flags: UInt16 = 1 << 11
    private static let regularFile: UInt32 = 0o100644 << 16

    // MARK: Sizes

    /// Bytes of the whole archive.
    func byteCount(of entries: [ZipEntry]) -> Int {
        var offset = 0
        var directory = 0
        for entry in entries {
            directory += directoryHeader(entry, checksum: 0, offset: offset).count
            offset += localHeader(entry, checksum: 0).count + entry.byteCount
        }
        return offset + directory + end(count: entries.count, directoryOffset: offset, directorySize: directory).count
    }

    // MARK: Records

    /// 4.3.7: what stands before a file's bytes.
    func localHeader(_ entry: ZipEntry, checksum: UInt32) -> [UInt8] {
        let isLarge = entry.byteCount >= sizeLimit
        var extra = LittleEndianBytes()
        if isLarge {
            // 4.5.3: both sizes, whichever is large.
            extra.add(UInt16(1))
            extra.add(UInt16(16))
            extra.add(UInt64(entry.byteCount))
            extra.add(UInt64(entry.byteCount))
        }
        extra.add(contentsOf: Self.time(entry))
        var record = LittleEndianBytes()
        record.add(UInt32(0x0403_4B50))
        addCommonFields(of: entry, checksum: checksum, isZip64: isLarge, extraLength: extra.bytes.count, to: &record)
        record.add(contentsOf: Array(entry.name.utf8))
        record.add(contentsOf: extra.bytes)
        return record.bytes
    }

    /// 4.3.12: a file's line in the directory at the end.
    func directoryHeader(_ entry: ZipEntry, checksum: UInt32, offset: Int) -> [UInt8] {
        let isLarge = entry.byteCount >= sizeLimit
        let isFar = offset >= sizeLimit
        var extra = LittleEndianBytes()
        if isLarge || isFar {
            extra.add(UInt16(1))
            extra.add(UInt16((isLarge ? 16 : 0) + (isFar ? 8 : 0)))
            if isLarge {
                extra.add(UInt64(entry.byteCount))
                extra.add(UInt64(entry.byteCount))
            }
            if isFar { extra.add(UInt64(offset)) }
        }
        extra.add(contentsOf: Self.time(entry))
        let isZip64 = isLarge || isFar
        var record = LittleEndianBytes()
        record.add(UInt32(0x0201_4B50))
        // Made on Unix (3), which is what the permissions below are of.
        record.add(3 << 8 | (isZip64 ? Self.zip64Version : Self.version))
        addCommonFields(of: entry, checksum: checksum, isZip64: isZip64, extraLength: extra.bytes.count, to: &record)
        record.add(UInt16(0))
        record.add(UInt16(0))
        record.add(UInt16(0))
        record.add(Self.regularFile)
        record.add(isFar ? UInt32.max : UInt32(offset))
        record.add(contentsOf: Array(entry.name.utf8))
        record.add(contentsOf: extra.bytes)
        return record.bytes
    }

    /// 4.3.14 to 4.3.16: where the directory is.
    func end(count: Int, directoryOffset: Int, directorySize: Int) -> [UInt8] {
        let isZip64 = count >= countLimit || directoryOffset >= sizeLimit || directorySize >= sizeLimit
        var record = LittleEndianBytes()
        if isZip64 {
            record.add(UInt32(0x0606_4B50))
            record.add(UInt64(44))
            record.add(3 << 8 | Self.zip64Version)
            record.add(Self.zip64Version)
            record.add(UInt32(0))
            record.add(UInt32(0))
            record.add(UInt64(count))
            record.add(UInt64(count))
            record.add(UInt64(directorySize))
            record.add(UInt64(directoryOffset))
            record.add(UInt32(0x0706_4B50))
            record.add(UInt32(0))
            record.add(UInt64(directoryOffset + directorySize))
            record.add(UInt32(1))
        }
        record.add(UInt32(0x0605_4B50))
        record.add(UInt16(0))
        record.add(UInt16(0))
        record.add(isZip64 ? UInt16.max : UInt16(count))
        record.add(isZip64 ? UInt16.max : UInt16(count))
        record.add(isZip64 ? UInt32.max : UInt32(directorySize))
        record.add(isZip64 ? UInt32.max : UInt32(directoryOffset))
        record.add(UInt16(0))
        return record.bytes
    }

    /// The fields that both headers of a file have, from the version to the lengths.
    private func addCommonFields(
        of entry: ZipEntry, checksum: UInt32, isZip64: Bool, extraLength: Int, to record: inout LittleEndianBytes
    ) {
        let size = entry.byteCount >= sizeLimit ? UInt32.max : UInt32(entry.byteCount)
        let (time, date) = Self.clock(entry.modifiedAt)
        record.add(isZip64 ? Self.zip64Version : Self.version)
        record.add(Self.flags)
        record.add(UInt16(0))
        record.add(time)
        record.add(date)
        record.add(checksum)
        record.add(size)
        record.add(size)
        record.add(UInt16(entry.name.utf8.count))
        record.add(UInt16(extraLength))
    }

    // MARK: Times

    /// Info-ZIP's extended timestamp: the time in UTC, which the fields of the headers do not have.
    private static func time(_ entry: ZipEntry) -> [UInt8] {
        var extra = LittleEndianBytes()
        extra.add(UInt16(0x5455))
        extra.add(UInt16(5))
        extra.add(UInt8(1))
        extra.add(UInt32(bitPattern: Int32(clamping: entry.modifiedAt)))
        return extra.bytes
    }

    /// 4.4.6: by the clock of this place, to two seconds, from 1980 to 2107.
    private static func clock(_ seconds: Int) -> (time: UInt16, date: UInt16) {
        var moment = time_t(seconds)
        var parts = tm()
        localtime_r(&moment, &parts)
        let year = Int(parts.tm_year) + 1900
        guard (1980...2107).contains(year) else { return (0, year < 1980 ? 1 << 5 | 1 : 127 << 9 | 12 << 5 | 31) }
        let time = UInt16(parts.tm_hour) << 11 | UInt16(parts.tm_min) << 5 | UInt16(min(parts.tm_sec, 59) / 2)
        return (time, UInt16(year - 1980) << 9 | UInt16(parts.tm_mon + 1) << 5 | UInt16(parts.tm_mday))
    }
}

/// Numbers as bytes, the lowest first.
private struct LittleEndianBytes {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func add(contentsOf more: [UInt8]) { bytes.append(contentsOf: more) }
}
