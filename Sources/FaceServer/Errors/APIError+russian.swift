import FaceCore
import FaceLibrary
import FaceStore
import Foundation

extension APIError {
    var russian: String {
        switch self {
        case .pathNotFound: "По этому адресу ничего нет."
        case .methodNotAllowed: "Этот адрес не принимает запросы с таким методом."
        case .invalidParameter(let name): "Недопустимое значение параметра «\(name)»."
        case .missingParameter(let name): "Не указан параметр «\(name)»."
        case .bodyTooLarge(let limit): "Слишком большой запрос: допускается не больше \(limit) байт."
        case .wrongMediaType(let expected): "Тело запроса должно иметь тип \(expected)."
        case .invalidJSON: "Тело запроса — не тот JSON, который здесь ожидается."
        case .nameMissing: "«name» должно быть текстом длиной от 1 до 255 знаков."
        case .rangeNotSatisfiable: "В файле нет таких байтов."
        case .upgradeRequired: "По этому адресу доступен только WebSocket."
        case .multipart(.noBoundary): "В типе содержимого запроса должна быть указана граница между частями."
        case .multipart(.noDelimiter): "Тело запроса не начинается с границы, которая в нём названа."
        case .multipart(.malformed): "Тело запроса — не правильно составленное multipart/form-data."
        case .multipart(.headerTooLarge(let limit)):
            "Слишком длинный заголовок части: допускается не больше \(limit) байт."
        case .multipart(.incomplete), .interrupted:
            "Загрузка прервалась раньше, чем пришла целиком; ничего не сохранено."
        case .fieldTooLarge(let name, let limit):
            "Слишком длинное поле «\(name)»: допускается не больше \(limit) байт."
        case .tooManyFields(let limit): "В форме слишком много полей: допускается не больше \(limit)."
        case .uploadTooSlow: "Загрузка шла слишком медленно; ничего не сохранено."
        case .noFace(let image): "На изображении «\(image)» нет лица."
        case .keyMissing:
            "Сервер требует ключ: передайте его в заголовке «Authorization: Bearer …» или «X-API-Key: …»."
        case .keyWrong: "Такого ключа у сервера нет, или он больше не действует."
        case .scopeMissing(let scope): "Ключ не для этого: у него нет права «\(scope.rawValue)»."
        case .collectionOnly: "Ключ годится только для одного собрания, а запрос — о большем."
        case .rateLimited(let seconds): "С этим ключом было слишком много запросов; следующий — через \(seconds) с."
        case .adminKeyFirst: "У первого ключа должно быть право «admin»: иначе никто не сможет создать другие."
        case .tooManyAttempts: "Слишком много попыток с неверным ключом; подождите немного."
        case .foreignOrigin: "Запросам с других сайтов нельзя ничего здесь менять."
        case .unknownHost: "Сервер не отвечает на имя, указанное в запросе."
        case .overloaded: "Сервер перегружен; попробуйте чуть позже."
        case .unavailable(let part): "Недоступна часть сервера: \(Self.russianName(of: part))."
        case .internal: "На сервере произошла ошибка; подробности — в его журнале под номером запроса."
        case .library(let error): error.russian
        // Programs compare it.
        case .compreFace(let error): error.message
        }
    }

    private static func russianName(of part: String) -> String {
        switch part {
        case "database": "база данных"
        case "model pack": "набор моделей"
        case "disk": "диск"
        default: part
        }
    }
}

extension LibraryError {
    fileprivate var russian: String {
        switch self {
        case .unknownTask(let id): "Задачи \(id) нет."
        case .unknownPerson(let id): "Человека \(id) нет."
        case .unknownPhoto(let id): "Фотографии \(id) нет."
        case .unknownFace(let id): "Лица \(id) нет."
        case .unknownSuggestion(let id): "Предложения \(id) нет."
        case .unknownDraft(let id): "Черновика \(id) нет."
        case .notCalibrated(let rate):
            "Для набора моделей не измерено, какое расстояние даёт долю ошибок \(rate): выполните lik evaluate с --calibrate на достаточном числе снимков или задайте сходство."
        case .unknownCollection(let id): "Собрания \(id) нет."
        case .unknownKey(let id): "Ключа \(id) нет."
        case .unknownEvent(let id): "События \(id) нет."
        case .unknownWebhook(let id): "Вебхука \(id) нет."
        case .unknownDelivery(let id): "Доставки \(id) у этого вебхука нет."
        case .badWebhookAddress:
            "Адрес вебхука не подходит: нужен адрес https:// без имени пользователя и пароля."
        case .refusedWebhookAddress(let host):
            "\(host) — адрес этого компьютера или частной сети; вебхуки обращаются туда, только если LIK_WEBHOOKS_PRIVATE=allow."
        case .draftNotReady(let id): "Черновик \(id) сейчас применить нельзя."
        case .tooManyDrafts(let limit):
            "Одновременно ждать могут не больше \(limit) черновиков. Дождитесь готовности или удалите один из них."
        case .badDraft: "Параметры черновика не подходят."
        case .unknownPicture: "Такого изображения нет."
        case .pictureNotDrawn: "Изображение не удалось построить: файл фотографии не читается."
        case .boxOutsidePhoto: "Рамка лежит за пределами фотографии."
        case .faceExists(let id): "Здесь уже есть лицо: \(id)."
        case .badImage: "Изображение не читается: нужен файл фотографии, например JPEG, PNG или HEIC."
        case .badEmbedding(let reason): "Вектор лица не подходит: \(reason)"
        case .noModels: "Для этого нужны модели, а загрузить их не удалось."
        case .noPhotos(let id): "Ни одного снимка человека \(id) нет на месте."
        case .exportInterrupted: "Выгрузка прервана: данные изменились, пока она шла; попробуйте ещё раз."
        case .exportExists: "Файл или папка для выгрузки уже есть."
        case .emptyUpload: "В загрузке нет фотографий."
        case .fileTooLarge(let name, let limit):
            "Файл «\(name)» слишком велик: допускается не больше \(Self.words(for: limit)) на файл."
        case .tooManyFiles(let limit): "В загрузке слишком много файлов: допускается не больше \(limit)."
        case .uploadTooLarge(let limit): "Загрузка слишком велика: допускается не больше \(Self.words(for: limit))."
        case .diskFull, .store(.diskFull):
            "На диске сервера нет места; из загрузки ничего не сохранено. Освободите место и попробуйте снова."
        case .unwritable: "Сервер не может записать файл: папка недоступна для записи."
        case .shuttingDown: "Сервер останавливается; попробуйте чуть позже."
        case .inUse: "Папку с данными использует другой сервер."
        case .store(.unknownTask(let id)): "Задачи \(id.uuidString.lowercased()) нет."
        case .store(.unknownPerson(let id)): "Человека \(id) нет."
        case .store(.unknownPhoto(let id)): "Фотографии \(id) нет."
        case .store(.unknownFace(let id)): "Лица \(id) нет."
        case .store(.nameIsEmpty): "Имя не может быть пустым."
        case .store(.nameIsTooLong(let length)):
            "В имени не больше \(PersonName.maximumLength) знаков, а в этом \(length)."
        case .store(.nameHasControlCharacters): "В имени не должно быть переводов строки и других управляющих знаков."
        case .store(.noteIsTooLong(let length)):
            "В заметке не больше \(PersonDescription.maximumNoteLength) знаков, а в этой \(length)."
        case .store(.mergeWithSelf): "Человека нельзя объединить с ним самим."
        case .store(.faceIsNotHers(let id)): "Лицо \(id) не принадлежит этому человеку."
        case .store(.cannotSplit): "Отделить можно только часть лиц одного человека или лица, которые ничьи."
        case .store(.emptyEdit): "Менять нечего."
        case .store(.conflict): "Кто-то уже изменил это. Посмотрите, что получилось, и решите заново."
        case .store(.journalMoved): "Тем временем изменено что-то ещё: очередь не за этим шагом."
        case .store(.nothingToUndo): "Отменять нечего."
        case .store(.nothingToRedo): "Возвращать нечего."
        case .store(.staleDraft): "Людей изменили после того, как был составлен черновик. Составьте новый."
        case .store(.modelMismatch): "Лица библиотеки построены другим набором моделей."
        case .store(.unknownCollection(let id)): "Собрания \(id) нет."
        case .store(.collectionNameIsTaken(let name)): "Собрание с именем «\(name)» уже есть."
        case .store(.invalidThreshold): "Сходство — от -1 до 1, доля ошибочных совпадений — больше 0 и до 1."
        case .store(.adminOfCollection): "Ключ с правом admin — для всей библиотеки, а не для одного собрания."
        case .store(.unknownEvent(let id)): "События \(id.name) нет."
        case .store(.unknownWebhook(let id)): "Вебхука \(id) нет."
        case .store(.unknownDelivery(let id)): "Доставки \(id.name) у этого вебхука нет."
        case .store(.tooManyWebhooks(let limit)): "Вебхуков может быть не больше \(limit); удалите ненужный."
        case .store(.unknownKey(let id)): "Ключа \(id) нет."
        case .store(.keyIsRevoked(let id)): "Ключ \(id) отозван; создайте новый."
        case .store(.keyNameIsTaken(let name)): "Ключ с именем «\(name)» уже есть."
        case .store(.keyWithoutScope): "Ключу нужно хотя бы одно право: read, write, recognise или admin."
        case .store(.taskHasEnded): "Задача уже завершена."
        case .store(.locked): "Библиотеку использует другая программа; попробуйте, когда она закончит."
        case .store(.unreachable): "База данных сейчас недоступна; попробуйте ещё раз чуть позже."
        case .store(.searchNotReady):
            "Люди ещё заносятся в указатель базы данных для поиска; попробуйте через несколько минут."
        case .store(.readOnly): "Библиотека доступна только для чтения."
        case .store(.closed): "Библиотека закрыта."
        case .store(.damaged): "База данных библиотеки повреждена; восстановите её из копии."
        case .store: "База данных библиотеки отказала в операции."
        }
    }

    private static func words(for bytes: Int) -> String {
        bytes >= 1_000_000 ? "\(bytes / 1_000_000) МБ" : "\(bytes) байт"
    }
}
