import FaceServer
import NIOCore
import Testing

struct PartHeaderTests {
    @Test(arguments: [
        (#"filename="a.jpg""#, "a.jpg"),
        ("filename=a.jpg", "a.jpg"),
        (#"filename="Фото из отпуска.jpg""#, "Фото из отпуска.jpg"),
        (#"filename="../../evil.jpg""#, "../../evil.jpg"),
        (#"filename="semi;colon=.jpg""#, "semi;colon=.jpg"),
        (#"filename="a \"quoted\" \\ name""#, #"a "quoted" \ name"#),
        (#"filename="C:\photos\x.jpg""#, #"C:\photos\x.jpg"#),
        (#"filename="browser%22s.jpg""#, "browser\"s.jpg"),
        (#"filename="100%25.jpg""#, "100%25.jpg"),
        (#"filename="""#, ""),
        ("filename*=UTF-8''%D0%98%D0%B2%D0%B0%D0%BD.jpg", "Иван.jpg"),
        ("filename*=utf-8'ru'%E2%82%AC.jpg", "€.jpg"),
        ("filename*=ISO-8859-1''%A3.jpg", "£.jpg"),
        (#"filename="plain.jpg"; filename*=UTF-8''%D0%AF.jpg"#, "Я.jpg"),
        (#"filename*=UTF-8''%D0%AF.jpg; filename="plain.jpg""#, "Я.jpg"),
        (#"filename="plain.jpg"; filename*=UTF-8''%ZZ"#, "plain.jpg"),
        (#"filename="plain.jpg"; filename*=KOI8-R''%C1"#, "plain.jpg"),
        (#"filename="plain.jpg"; filename*=UTF-8''%FF"#, "plain.jpg"),
    ])
    func `Names of files are read in all their forms`(parameter: String, name: String) throws {
        #expect(try header("Content-Disposition: form-data; name=\"images\"; \(parameter)").fileName == name)
    }

    @Test func `A field that is no file has no file name`() throws {
        #expect(try header("content-DISPOSITION:form-data;name=min_size") == PartHeader(name: "min_size"))
    }

    @Test func `Other fields and folded lines do not disturb`() throws {
        let lines =
            "Content-Type: image/jpeg\r\nContent-Disposition: form-data;\r\n name=\"images\";\r\n\tfilename=\"a\"\r\nX: y"
        #expect(try header(lines) == PartHeader(name: "images", fileName: "a"))
    }

    @Test func `Bytes that are no UTF-8 are taken one by one`() throws {
        var parser = MultipartParser(boundary: try MultipartBoundary("b"))
        var body = ByteBuffer(string: "--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"caf")
        body.writeBytes([0xE9])
        body.writeString("\"\r\n\r\n")
        parser.append(body)
        #expect(try parser.next() == .partBegan(PartHeader(name: "images", fileName: "café")))
    }

    private func header(_ lines: String) throws -> PartHeader {
        var parser = MultipartParser(boundary: try MultipartBoundary("b"))
        parser.append(ByteBuffer(string: "--b\r\n\(lines)\r\n\r\n"))
        guard case .partBegan(let header) = try parser.next() else { throw MultipartError.incomplete }
        return header
    }
}
