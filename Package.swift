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
    ],
    targets: [
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CLibVips", pkgConfig: "vips", providers: [.apt(["libvips-dev"])]),
        .target(name: "CVips", dependencies: ["CLibVips"]),
        .target(name: "COnnxRuntime", linkerSettings: [.linkedLibrary("dl")]),

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
        .target(name: "FaceClustering", dependencies: ["FaceCore"], swiftSettings: numeric),
        .target(
            name: "FaceStore",
            dependencies: ["FaceCore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict
        ),
        .target(
            name: "FaceLibrary",
            dependencies: [
                "FaceCore", "Imaging", "FaceAnalysis", "FaceClustering", "FaceStore",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "lik",
            dependencies: [
                "FaceCore", "Imaging", "Inference", "FaceAnalysis", "FaceClustering", "FaceStore", "FaceLibrary",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),

        // A developer's tool: the engine for comparisons and benchmarks.
        .executableTarget(
            name: "measure",
            dependencies: [
                "FaceCore", "Imaging", "Inference", "FaceAnalysis", "FaceClustering",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "bench/measure", swiftSettings: strict
        ),

        .testTarget(name: "FaceCoreTests", dependencies: ["FaceCore"], swiftSettings: strict),
        .testTarget(
            name: "ImagingTests", dependencies: ["Imaging", "FaceCore"], resources: [.copy("Golden")],
            swiftSettings: strict),
        .testTarget(
            name: "InferenceTests", dependencies: ["Inference", "FaceCore", "measure"], resources: [.copy("Models")],
            swiftSettings: strict),
        .testTarget(
            name: "FaceAnalysisTests", dependencies: ["FaceAnalysis", "Imaging", "Inference", "FaceCore"],
            resources: [.copy("Golden"), .copy("Models")], swiftSettings: strict),
        .testTarget(
            name: "FaceClusteringTests", dependencies: ["FaceClustering", "FaceCore"], resources: [.copy("Golden")],
            swiftSettings: strict),
        .testTarget(name: "FaceStoreTests", dependencies: ["FaceStore", "FaceCore"], swiftSettings: strict),
        .testTarget(
            name: "FaceLibraryTests",
            dependencies: ["FaceLibrary", "FaceAnalysis", "FaceStore", "FaceClustering", "Imaging", "FaceCore"],
            swiftSettings: strict),
        .testTarget(
            name: "LikTests", dependencies: ["lik", "FaceStore", "FaceClustering", "FaceCore"], swiftSettings: strict),
    ]
)
