// swift-tools-version:6.2
import PackageDescription

/// What every Swift target of the package is compiled with.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Targets that loop over pixels and vectors stay optimised in debug builds: without it the tests on real photos take
/// fifty times as long.
let numeric: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "lik",
    products: [.executable(name: "lik", targets: ["lik"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CLibPQ", providers: [.apt(["libpq-dev"])]),
        // The headers of libvips lie where all do; those of GLib, which they include, are where pkg-config says.
        .systemLibrary(name: "CLibVips", pkgConfig: "glib-2.0", providers: [.apt(["libvips-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // Loads libvips when it is needed, and must not be linked with it.
        .target(name: "CVips", dependencies: ["CLibVips"], linkerSettings: [.linkedLibrary("dl")]),
        // Loads libcurl when it is needed, and must not be linked with it.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "COnnxRuntime", linkerSettings: [.linkedLibrary("dl")]),
        // Products of vectors by the widest instructions there are; always optimised, like what is `numeric`.
        .target(name: "CVectorKernels", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
        // The files of web/ and openapi.yaml, as bytes of the program: whatever lies there when it is built.
        // It has a link to web/, so that a file which comes or goes there is noticed.
        .target(name: "PageSources", exclude: ["web"], swiftSettings: strict, plugins: ["EmbedPage"]),
        .plugin(name: "EmbedPage", capability: .buildTool()),

        .target(name: "FaceCore", swiftSettings: numeric),
        .target(name: "Imaging", dependencies: ["FaceCore", "CVips"], swiftSettings: numeric),
        .target(name: "Inference", dependencies: ["FaceCore", "COnnxRuntime"], swiftSettings: numeric),
        .target(
            name: "FaceAnalysis",
            dependencies: [
                "FaceCore", "Imaging", "Inference", "CArchive",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: numeric
        ),
        .target(name: "HTTPTransfer", dependencies: ["FaceCore", "CCurl"], swiftSettings: strict),
        .target(name: "LikClient", dependencies: ["FaceCore", "HTTPTransfer"], swiftSettings: strict),
        .target(name: "FaceClustering", dependencies: ["FaceCore", "CVectorKernels"], swiftSettings: numeric),
        .target(
            name: "FaceStore",
            dependencies: [
                "FaceCore", "CLibPQ", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "FaceLibrary",
            dependencies: [
                "FaceCore", "Imaging", "FaceAnalysis", "FaceClustering", "FaceStore", "FaceCache", "HTTPTransfer",
                "CArchive", "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .target(name: "FaceCache", dependencies: ["FaceCore", "CHiredis"], swiftSettings: strict),
        .target(
            name: "FaceServer",
            dependencies: [
                "FaceCore", "FaceLibrary", "FaceStore", "FaceCache", "PageSources", "CZlib",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "lik",
            dependencies: [
                "FaceCore", "Imaging", "Inference", "FaceAnalysis", "FaceClustering", "FaceStore", "FaceLibrary",
                "FaceServer", "FaceCache", "LikClient",
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
            // A table of relocations that is a tenth as long: it is read at each start and stays in memory. Needs glibc 2.36.
            linkerSettings: [
                .unsafeFlags(
                    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
                    .when(platforms: [.linux], configuration: .release))
            ]
        ),

        // A developer's tool: the engine for comparisons and benchmarks.
        .executableTarget(
            name: "measure",
            dependencies: [
                "FaceCore", "Imaging", "Inference", "FaceAnalysis", "FaceClustering", "FaceLibrary", "FaceStore",
                "FaceCache", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "bench/measure", swiftSettings: strict
        ),
        // A developer's tool: Hummingbird with nothing around it, to measure the server against.
        .executableTarget(
            name: "bare-server",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "bench/bare-server", swiftSettings: strict
        ),

        .testTarget(name: "FaceCoreTests", dependencies: ["FaceCore"], swiftSettings: strict),
        .testTarget(
            name: "ImagingTests", dependencies: ["Imaging", "FaceCore"], resources: [.copy("Golden")],
            swiftSettings: strict),
        .testTarget(
            name: "HTTPTransferTests",
            dependencies: [
                "HTTPTransfer", "FaceCore",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "InferenceTests", dependencies: ["Inference", "FaceCore", "measure"], resources: [.copy("Models")],
            swiftSettings: strict),
        .testTarget(
            name: "FaceAnalysisTests", dependencies: ["FaceAnalysis", "Imaging", "Inference", "FaceCore"],
            resources: [.copy("Golden"), .copy("Models")], swiftSettings: strict),
        .testTarget(
            name: "FaceClusteringTests", dependencies: ["FaceClustering", "FaceCore", "CVectorKernels"],
            resources: [.copy("Golden")], swiftSettings: strict),
        .testTarget(name: "FaceStoreTests", dependencies: ["FaceStore", "FaceCore"], swiftSettings: strict),
        .testTarget(
            name: "FaceLibraryTests",
            dependencies: [
                "FaceLibrary", "FaceAnalysis", "FaceStore", "FaceClustering", "FaceCache", "HTTPTransfer", "Imaging",
                "FaceCore",
                "CArchive",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(name: "FaceCacheTests", dependencies: ["FaceCache", "FaceCore"], swiftSettings: strict),
        .testTarget(
            name: "FaceServerTests",
            dependencies: [
                "FaceServer", "FaceLibrary", "FaceStore", "FaceCache", "FaceAnalysis", "Imaging", "FaceCore",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LikClientTests", dependencies: ["LikClient", "HTTPTransfer", "FaceCore"], swiftSettings: strict),
        .testTarget(
            name: "LikTests",
            dependencies: [
                "lik", "LikClient", "FaceLibrary", "FaceServer", "FaceStore", "FaceCache", "FaceClustering", "FaceCore",
            ],
            swiftSettings: strict),
    ]
)
