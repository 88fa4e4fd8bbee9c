import FaceCore
import Foundation
import Testing

@Suite struct TaskIDNameTests {
    @Test func `A name is the identifier in lower case, and is read back`() {
        for _ in 0..<200 {
            let id = TaskID()
            #expect(id.name == id.uuidString.lowercased())
            #expect(TaskID(name: id.name) == id)
            #expect(TaskID(name: id.uuidString) == id)
        }
    }

    @Test(arguments: [
        "", "7", "0b9cbd4e-8a5e-4f0b-9e0c-7d6a1f0c2b1", "0b9cbd4e-8a5e-4f0b-9e0c-7d6a1f0c2b111",
        "0b9cbd4e8a5e4f0b9e0c7d6a1f0c2b11", "0b9cbd4e-8a5e-4f0b-9e0c-7d6a1f0c2b1g",
        "0b9cbd4-e8a5e-4f0b-9e0c-7d6a1f0c2b11",
        " 0b9cbd4e-8a5e-4f0b-9e0c-7d6a1f0c2b11", "0b9cbd4e-8a5e-4f0b-9e0c-7d6a1f0c2bé",
        "{0b9cbd4e-8a5e-4f0b-9e0c-7d6a1f0c2b11}",
    ])
    func `Anything else is no name`(text: String) {
        #expect(TaskID(name: text) == nil)
    }
}
