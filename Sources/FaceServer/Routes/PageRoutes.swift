import Hummingbird

/// The files of the web page and the API's description.
struct PageRoutes: Sendable {
    let files: PageFiles

    func add(to routes: RouteTable) {
        // The log-in form has a route of its own.
        for file in files.files where file.path != "/login" {
            let answer = PageAnswer(file)
            routes.route(file.path, [.get: .open { request, _ in answer.response(to: request) }])
        }
    }
}
