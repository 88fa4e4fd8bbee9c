// What the page says, in the browser's language: English or Russian.

const english = {
    title: "Lik: faces on photos",
    tagline: "Who is on your photos?",
    skip: "To the people",
    noScript: "This page needs JavaScript.",
    upload: "Add photos",
    dropHere: "Drop photos or folders here",
    orChoose: "or choose files",
    chooseFolder: "Choose a folder",
    process: "Process",
    processCount: { one: "Process {n} photo", other: "Process {n} photos" },
    clear: "Clear",
    chosen: { one: "{n} photo, {size}", other: "{n} photos, {size}" },
    leftOut: { one: "{n} file is no photo and was left out.", other: "{n} files are no photos and were left out." },
    andMore: "and {n} more",
    remove: "Remove {name}",
    uploading: "Uploading: {sent} of {size}",
    uploadingPart: "Uploading part {part} of {parts}: {sent} of {size}",
    storing: "Uploaded. The server is storing the photos…",
    uploadStopped: "The upload was stopped.",
    uploadBroke: "The connection broke during the upload. The photos are still chosen: try again.",
    stop: "Stop",
    work: "Work",
    taskOf: { one: "{n} photo, {time}", other: "{n} photos, {time}" },
    waiting: "Waiting for its turn",
    photoOf: "Photo {n} of {total}",
    grouping: "Finding out who is who",
    cancel: "Cancel",
    cancelled: "Cancelled",
    failed: "Failed: {reason}",
    done: "Done: {faces}, {people}",
    noFaces: "Done: no faces on these photos",
    facesCount: { one: "{n} face", other: "{n} faces" },
    peopleCount: { one: "{n} person", other: "{n} people" },
    photosCount: { one: "{n} photo", other: "{n} photos" },
    unknownCount: { one: "{n} unknown face", other: "{n} unknown faces" },
    fileErrors: { one: "{n} file could not be read", other: "{n} files could not be read" },
    dismiss: "Hide this task",
    people: "People",
    search: "Search by name",
    found: { one: "{n} person found", other: "{n} people found" },
    nobodyFound: "Nobody is called “{query}”.",
    nobodyYet: "Nobody here yet. Add photos above, and the people on them will appear here.",
    more: "Show more",
    back: "All people",
    rename: "Rename {name}",
    name: "Name",
    save: "Save",
    nameEmpty: "A name cannot be empty.",
    nameLong: "A name has at most 255 characters.",
    delete: "Delete",
    deleteTitle: "Delete {name}?",
    deleteText: {
        one: "She or he disappears from Lik, with {n} face. Photos with nobody else on them go too.",
        other: "She or he disappears from Lik, with {n} faces. Photos with nobody else on them go too.",
    },
    keep: "Keep",
    deleted: "{name} was deleted.",
    renamed: "The name is now {name}.",
    noPhotos: "No photos show this person any more.",
    photoWith: "Photo with {name}",
    photo: "Photo",
    face: "Face of {name}",
    unknown: "Unknown faces",
    unknownText: "Faces that look like nobody else's so far.",
    noUnknown: "There are no unknown faces.",
    unknownFace: "Unknown face: show the photo",
    close: "Close",
    previous: "Previous photo",
    next: "Next photo",
    original: "Original",
    position: "{n} of {total}",
    notFound: "There is no such person (any more).",
    offline: "The server cannot be reached. Trying again…",
    unreachable: "The server cannot be reached.",
    strange: "The server gave an answer that this page does not understand ({status}).",
    login: "Log in",
    loginText: "This server asks for its key.",
    key: "Key",
    wrongKey: "That is not the key.",
    slowDown: "Too many wrong keys. Wait a little.",
};

const russian = {
    title: "Lik: лица на фотографиях",
    tagline: "Кто на ваших фотографиях?",
    skip: "К людям",
    noScript: "Этой странице нужен JavaScript.",
    upload: "Добавить фотографии",
    dropHere: "Перетащите сюда фотографии или папки",
    orChoose: "или выберите файлы",
    chooseFolder: "Выбрать папку",
    process: "Обработать",
    processCount: {
        one: "Обработать {n} фотографию", few: "Обработать {n} фотографии", many: "Обработать {n} фотографий",
    },
    clear: "Очистить",
    chosen: { one: "{n} фотография, {size}", few: "{n} фотографии, {size}", many: "{n} фотографий, {size}" },
    leftOut: {
        one: "{n} файл пропущен: это не фотография.", few: "{n} файла пропущено: это не фотографии.",
        many: "{n} файлов пропущено: это не фотографии.",
    },
    andMore: "и ещё {n}",
    remove: "Убрать {name}",
    uploading: "Загрузка: {sent} из {size}",
    uploadingPart: "Загрузка, часть {part} из {parts}: {sent} из {size}",
    storing: "Загружено. Сервер сохраняет фотографии…",
    uploadStopped: "Загрузка остановлена.",
    uploadBroke: "Во время загрузки прервалась связь. Фотографии остались выбранными: попробуйте ещё раз.",
    stop: "Остановить",
    work: "Обработка",
    taskOf: { one: "{n} фотография, {time}", few: "{n} фотографии, {time}", many: "{n} фотографий, {time}" },
    waiting: "Ждёт своей очереди",
    photoOf: "Фотография {n} из {total}",
    grouping: "Выясняю, кто есть кто",
    cancel: "Отменить",
    cancelled: "Отменено",
    failed: "Не получилось: {reason}",
    done: "Готово: {faces}, {people}",
    noFaces: "Готово: лиц на этих фотографиях нет",
    facesCount: { one: "{n} лицо", few: "{n} лица", many: "{n} лиц" },
    peopleCount: { one: "{n} человек", few: "{n} человека", many: "{n} человек" },
    photosCount: { one: "{n} фотография", few: "{n} фотографии", many: "{n} фотографий" },
    unknownCount: { one: "{n} неизвестное лицо", few: "{n} неизвестных лица", many: "{n} неизвестных лиц" },
    fileErrors: {
        one: "{n} файл прочитать не удалось", few: "{n} файла прочитать не удалось",
        many: "{n} файлов прочитать не удалось",
    },
    dismiss: "Скрыть эту задачу",
    people: "Люди",
    search: "Поиск по имени",
    found: { one: "Найден {n} человек", few: "Найдено {n} человека", many: "Найдено {n} человек" },
    nobodyFound: "Никого с именем «{query}» нет.",
    nobodyYet: "Пока никого нет. Добавьте фотографии, и люди с них появятся здесь.",
    more: "Показать ещё",
    back: "Все люди",
    rename: "Переименовать: {name}",
    name: "Имя",
    save: "Сохранить",
    nameEmpty: "Имя не может быть пустым.",
    nameLong: "В имени не больше 255 знаков.",
    delete: "Удалить",
    deleteTitle: "Удалить: {name}?",
    deleteText: {
        one: "Этот человек и {n} лицо исчезнут из Lik. Снимки, на которых больше никого нет, тоже.",
        few: "Этот человек и {n} лица исчезнут из Lik. Снимки, на которых больше никого нет, тоже.",
        many: "Этот человек и {n} лиц исчезнут из Lik. Снимки, на которых больше никого нет, тоже.",
    },
    keep: "Оставить",
    deleted: "Удалено: {name}.",
    renamed: "Теперь имя: {name}.",
    noPhotos: "Фотографий с этим человеком больше нет.",
    photoWith: "Фотография: {name}",
    photo: "Фотография",
    face: "Лицо: {name}",
    unknown: "Неизвестные лица",
    unknownText: "Лица, пока ни на кого не похожие.",
    noUnknown: "Неизвестных лиц нет.",
    unknownFace: "Неизвестное лицо: показать фотографию",
    close: "Закрыть",
    previous: "Предыдущая фотография",
    next: "Следующая фотография",
    original: "Оригинал",
    position: "{n} из {total}",
    notFound: "Такого человека нет (или уже нет).",
    offline: "Сервер не отвечает. Пробую снова…",
    unreachable: "Сервер не отвечает.",
    strange: "Страница не понимает ответа сервера ({status}).",
    login: "Вход",
    loginText: "Этому серверу нужен ключ.",
    key: "Ключ",
    wrongKey: "Ключ не подходит.",
    slowDown: "Слишком много неверных ключей. Подождите немного.",
};

const wanted = navigator.languages.find((tag) => /^(en|ru)\b/i.test(tag)) ?? "en";

/** The language in use: "en" or "ru". */
export const language = wanted.slice(0, 2).toLowerCase();

const words = language === "ru" ? russian : english;
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

/** The sentence of that key; `values.n`, a number, chooses among plural forms. */
export function say(key, values = {}) {
    let sentence = words[key];
    if (typeof sentence === "object") {
        sentence = sentence[plurals.select(values.n)] ?? sentence.other ?? sentence.many;
    }
    return sentence.replace(/\{(\w+)\}/g, (_, name) => {
        const value = values[name];
        return typeof value === "number" ? numbers.format(value) : String(value);
    });
}

/** A number of bytes for people: "3.4 MB". */
export function sayBytes(count) {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
    const step = count < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(count) / 3));
    return new Intl.NumberFormat(language, {
        style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: step > 1 ? 1 : 0,
    }).format(count / 1000 ** step);
}

/** A moment for people, from an RFC 3339 text or a Date: the time, and the day where that is not today. */
export function sayTime(moment) {
    const date = new Date(moment);
    const day = date.toDateString() === new Date().toDateString() ? {} : { dateStyle: "medium" };
    return new Intl.DateTimeFormat(language, { ...day, timeStyle: "short" }).format(date);
}

/** Puts the sentences into what the HTML marks: data-say for text, data-say-label and data-say-placeholder. */
export function translatePage() {
    document.documentElement.lang = language;
    for (const node of document.querySelectorAll("[data-say]")) {
        node.textContent = say(node.dataset.say);
    }
    for (const node of document.querySelectorAll("[data-say-label]")) {
        node.setAttribute("aria-label", say(node.dataset.sayLabel));
    }
    for (const node of document.querySelectorAll("[data-say-placeholder]")) {
        node.setAttribute("placeholder", say(node.dataset.sayPlaceholder));
    }
}
