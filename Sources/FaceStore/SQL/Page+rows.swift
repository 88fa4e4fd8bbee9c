import Foundation

extension Page {
    /// A page of rows of which one more than `limit` was asked for, to know whether there are more.
    init<Row>(_ rows: [Row], limit: Int?, element: (Row) -> Element, cursor: (Row) -> PageCursor) {
        guard let limit, rows.count > limit else {
            self.init(elements: rows.map(element), next: nil)
            return
        }
        let shown = rows.prefix(max(limit, 0))
        self.init(elements: shown.map(element), next: shown.last.map(cursor))
    }
}

extension Int {
    /// How many rows to ask for so that it shows whether there are more than this limit.
    var andOneMore: Int { Swift.min(Swift.max(self, 0), .max - 1) + 1 }
}

extension PageCursor {
    init(_ date: Date, id: Int64) {
        self.init(number: Timestamp(date).milliseconds, id: id)
    }

    /// The moment by which the list is sorted, as it is stored.
    var text: String { Timestamp(Date(timeIntervalSince1970: Double(number) / 1000)).text }
}
