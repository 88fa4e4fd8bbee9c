extension CounterDefinition {
    public static let httpRequests = CounterDefinition(
        "lik_http_requests_total", "Requests answered.", labels: ["method", "route", "status"])
    public static let httpBytesReceived = CounterDefinition(
        "lik_http_received_bytes_total", "Bytes of uploads read.")
    public static let httpBytesSent = CounterDefinition(
        "lik_http_sent_bytes_total", "Bytes of response bodies written.")
    public static let authenticationFailures = CounterDefinition(
        "lik_authentication_failures_total", "Requests refused for want of a right key.")
    /// By `state`: `completed`, `failed`, `cancelled`.
    public static let tasksEnded = CounterDefinition("lik_tasks_ended_total", "Tasks that ended.", labels: ["state"])
    public static let tasksAccepted = CounterDefinition("lik_tasks_accepted_total", "Uploads that became a task.")
    /// By `outcome`: `analyzed`, `known`, `failed`.
    public static let photosProcessed = CounterDefinition(
        "lik_photos_processed_total", "Photos of tasks that are done.", labels: ["outcome"])
    public static let facesFound = CounterDefinition("lik_faces_found_total", "Faces found on photos.")
    /// By `cache`: `answers`.
    public static let cacheHits = CounterDefinition(
        "lik_cache_hits_total", "Reads answered from the cache.", labels: ["cache"])
    public static let cacheMisses = CounterDefinition(
        "lik_cache_misses_total", "Reads that went past the cache.", labels: ["cache"])
    public static let cacheEvictions = CounterDefinition(
        "lik_cache_evictions_total", "Entries that made room for others.", labels: ["cache"])
    /// By `reason`: `client`, `shutdown`, `slow`, `idle`, `protocol_error`, …
    public static let webSocketEndings = CounterDefinition(
        "lik_websocket_connections_ended_total", "WebSocket connections that ended.", labels: ["reason"])
}

extension GaugeDefinition {
    public static let httpRequestsInFlight = GaugeDefinition("lik_http_requests_in_flight", "Requests in work.")
    public static let webSocketClients = GaugeDefinition("lik_websocket_clients", "WebSocket clients connected.")
    /// By `queue`: `photos`.
    public static let queueLength = GaugeDefinition(
        "lik_queue_length", "Things that wait to be worked on.", labels: ["queue"])
    public static let watchers = GaugeDefinition("lik_watchers", "Those who watch a task or the library.")
    public static let photosInWork = GaugeDefinition("lik_photos_in_work", "Photos being analysed.")
    public static let libraryPhotos = GaugeDefinition("lik_library_photos", "Photos in the library.")
    public static let libraryFaces = GaugeDefinition("lik_library_faces", "Faces in the library.")
    public static let libraryPersons = GaugeDefinition("lik_library_persons", "Persons in the library.")
    public static let libraryTasks = GaugeDefinition("lik_library_tasks", "Tasks in the library.")
    public static let cacheBytes = GaugeDefinition("lik_cache_bytes", "Bytes held by the cache.")
    public static let cacheEntries = GaugeDefinition("lik_cache_entries", "Entries held by the cache.")
    public static let buildInfo = GaugeDefinition("lik_build_info", "Always 1.", labels: ["version"])
    public static let residentMemory = GaugeDefinition(
        "process_resident_memory_bytes", "Memory of the process that is in RAM.")
    public static let virtualMemory = GaugeDefinition("process_virtual_memory_bytes", "Address space of the process.")
    public static let openFiles = GaugeDefinition("process_open_fds", "Open file descriptors.")
    public static let threads = GaugeDefinition("process_threads", "Threads of the process.")
    public static let startTime = GaugeDefinition(
        "process_start_time_seconds", "When the process began, in seconds since 1970.")
}

extension HistogramDefinition {
    public static let httpRequestDuration = HistogramDefinition(
        "lik_http_request_duration_seconds", "From a request's head to the beginning of its answer.",
        labels: ["method", "route"],
        buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300])
    /// By `stage`: a `PhotoStage`.
    public static let stageDuration = HistogramDefinition(
        "lik_stage_duration_seconds", "One run of one stage of the pipeline.", labels: ["stage"],
        buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
    public static let photoDuration = HistogramDefinition(
        "lik_photo_duration_seconds", "One photo from its claim to its storing.",
        buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30])
    public static let taskDuration = HistogramDefinition(
        "lik_task_duration_seconds", "A task from its acceptance to its end.",
        buckets: [0.1, 0.5, 1, 5, 10, 30, 60, 300, 600, 1800, 3600, 14400])
}
