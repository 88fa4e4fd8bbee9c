extension Sentences {
    /// What is wrong with a file of a task, in the language; `english` is how the task keeps it.
    ///
    /// A task keeps sentences and not their reasons. Those that files are refused with are few, and are known here by
    /// their words; any other stays as it is.
    func fileProblem(_ english: String) -> String {
        isRussian ? Self.russian(english) ?? english : english
    }

    private static func russian(_ english: String) -> String? {
        if let known = wholeProblems[english] { return known }
        if let found = english.wholeMatch(of: /The file is not a photo: it looks like (.+)\./) {
            return foreignContents[String(found.1)].map { "Это не фотография: похоже, это \($0)." }
        }
        if let found = english.wholeMatch(of: /(.+) pictures are not supported\./) {
            return "Формат \(found.1) не поддерживается."
        }
        if let found = english.wholeMatch(of: /The (.+) file is cut off: its end is missing\./) {
            return "Файл \(found.1) обрывается: в нём нет конца."
        }
        if let found = english.wholeMatch(of: /The (.+) file is damaged\./) {
            return "Файл \(found.1) повреждён."
        }
        return tooLarge(english) ?? unreadable(english)
    }

    private static func tooLarge(_ english: String) -> String? {
        if let found = english.wholeMatch(
            of: /The photo is too large: (.+) is (.+) megapixels, and at most (.+) are allowed\./)
        {
            return
                "Снимок слишком большой: \(found.1) — это \(comma(found.2)) Мп, а допускается не больше \(comma(found.3))."
        }
        if let found = english.wholeMatch(
            of: /The photo is too large: (.+), and a side may have at most (.+) pixels\./)
        {
            return "Снимок слишком большой: \(found.1), а сторона может быть не больше \(found.2) пикселей."
        }
        if let found = english.wholeMatch(
            of: /The file (?:is too large:|has) (\d+) MB[,;] (?:and at most|the limit is) (\d+) MB(?: are allowed)?\./)
        {
            return "Файл слишком большой: \(found.1) МБ, а допускается не больше \(found.2)."
        }
        return nil
    }

    /// The system's own reason, in its language, is left out.
    private static func unreadable(_ english: String) -> String? {
        english.hasPrefix("The file cannot be read: ") ? "Файл на сервере не удалось прочитать." : nil
    }

    private static func comma(_ number: Substring) -> String { String(number.replacing(".", with: ",")) }

    private static let wholeProblems = [
        "The file is empty.": "Файл пуст.",
        "The file is not a photo.": "Это не фотография.",
        "The file was changed on the server's disk.": "Файл тем временем изменился на диске сервера.",
        "The photo cannot be analysed.": "Снимок не удалось разобрать.",
        "The photo stopped the server whenever it was analysed; it was given up.":
            "При разборе этого снимка сервер каждый раз останавливался, поэтому снимок пропущен.",
    ]

    private static let foreignContents = [
        "a PDF document": "документ PDF", "a web page": "веб-страница", "an XML document": "документ XML",
        "text": "текст", "an archive": "архив", "a program": "программа", "a video": "видео",
        "a sound file": "звукозапись", "an office document": "офисный документ",
    ]
}
