/// What the server says when something went well.
struct Sentences {
    private let isRussian: Bool

    init(_ language: Language) { isRussian = language == .russian }

    /// - Parameter count: files of the upload, 1 or more.
    func uploadAccepted(_ count: Int) -> String {
        guard isRussian else {
            return count == 1
                ? "1 file is stored and being processed." : "\(count) files are stored and being processed."
        }
        return "Принято файлов: \(count). Идёт обработка."
    }

    var taskCancelled: String { isRussian ? "Задача отменена." : "The task is cancelled." }
    var personRenamed: String { isRussian ? "Имя сохранено." : "The name is saved." }
    var personDeleted: String { isRussian ? "Человек удалён." : "The person is deleted." }
    var photoDeleted: String { isRussian ? "Фотография удалена." : "The photo is deleted." }

    /// Why a task failed that was cancelled.
    var taskWasCancelled: String { isRussian ? "Задача отменена." : "The task was cancelled." }
    /// Why a task failed of whose files none was a photo.
    var noPhotos: String {
        isRussian
            ? "Ни один файл задачи не удалось прочитать как фотографию."
            : "No file of the task could be read as a photo."
    }
}
