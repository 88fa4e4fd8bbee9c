import FaceStore

/// What the server says when something went well.
struct Sentences {
    let isRussian: Bool

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

    var putOff: String { isRussian ? "Вопрос отложен." : "The question is put off." }
    var draftDropped: String { isRussian ? "Черновик удалён." : "The draft is dropped." }
    var collectionDeleted: String {
        isRussian ? "Собрание удалено; люди остались." : "The collection is deleted; its people stay."
    }
    var eventDeleted: String { isRussian ? "Событие удалено." : "The event is deleted." }
    var webhookDeleted: String { isRussian ? "Вебхук удалён." : "The webhook is deleted." }
    var undone: String { isRussian ? "Изменение отменено." : "The change is undone." }
    var redone: String { isRussian ? "Изменение возвращено." : "The change is made again." }

    /// What an edit of people did.
    func edited(_ kind: JournalEntry.Kind) -> String {
        switch kind {
        case .rename: personRenamed
        case .describe: isRussian ? "Сведения сохранены." : "The details are saved."
        case .merge: isRussian ? "Люди объединены." : "They are one person now."
        case .split: isRussian ? "Лица отделены: теперь это другой человек." : "The faces are another person now."
        case .move: isRussian ? "Лица перенесены." : "The faces are moved."
        case .reject:
            isRussian ? "Лица убраны и больше сюда не вернутся." : "The faces are taken out and will stay out."
        case .confirm: isRussian ? "Лица подтверждены." : "The faces are confirmed."
        case .ignore: isRussian ? "Лица скрыты." : "The faces are ignored."
        case .heed: isRussian ? "Лица снова учитываются." : "The faces are heeded again."
        case .addFace: isRussian ? "Лицо добавлено." : "The face is added."
        case .separate: isRussian ? "Запомнено: это разные люди." : "It is kept in mind that they are two."
        case .delete: personDeleted
        case .restore: isRussian ? "Человек восстановлен." : "The person is restored."
        case .applyDraft: isRussian ? "Черновик применён." : "The draft is applied."
        }
    }

    /// Why a task failed that was cancelled.
    var taskWasCancelled: String { isRussian ? "Задача отменена." : "The task was cancelled." }
    /// Why a task failed of whose files none was a photo.
    var noPhotos: String {
        isRussian
            ? "Ни один файл задачи не удалось прочитать как фотографию."
            : "No file of the task could be read as a photo."
    }
}
