public import FaceCore

extension FaceQuality {
    /// Measures an aligned face.
    ///
    /// - Parameter photo: where the face was found, for its size.
    /// - Returns: nil for crops that are too small to have edges.
    public init?(of aligned: AlignedFace, in photo: Photo) {
        guard let sharpness = aligned.crop.laplacianVariance() else { return nil }
        let box = aligned.face.box
        let seen = box.clipped(width: photo.width, height: photo.height)
        // A face that is larger than its photo can show no more than the photo holds, and is not cut off for that.
        let most = min(box.area, Double(photo.width * photo.height))
        self.init(sharpness: sharpness, visibleShare: most > 0 ? seen.area / most : 0)
    }
}

extension Photo {
    /// The variance of the Laplacian (the sum of the four neighbours minus four times the pixel) over all pixels that have
    /// four neighbours, on grey values 0 to 255 by Rec. 601; nil where no pixel has.
    package func laplacianVariance() -> Double? {
        guard width > 2, height > 2 else { return nil }
        let grey = greyValues()
        var sum = 0.0
        var squares = 0.0
        grey.withUnsafeBufferPointer { grey in
            for y in 1..<height - 1 {
                for x in 1..<width - 1 {
                    let place = y * width + x
                    var laplacian: Int = grey[place - 1] + grey[place + 1]
                    laplacian += grey[place - width] + grey[place + width]
                    laplacian -= 4 * grey[place]
                    let value = Double(laplacian) / 1000
                    sum += value
                    squares += value * value
                }
            }
        }
        let count = Double((width - 2) * (height - 2))
        return max(squares / count - (sum / count) * (sum / count), 0)
    }

    /// In 1/1000 of a grey value, so that sums of them are whole numbers and the same everywhere.
    private func greyValues() -> [Int] {
        var grey = [Int](repeating: 0, count: pixelCount)
        pixels.withUnsafeBufferPointer { pixels in
            for index in 0..<pixelCount {
                let red = 299 * Int(pixels[3 * index])
                let green = 587 * Int(pixels[3 * index + 1])
                let blue = 114 * Int(pixels[3 * index + 2])
                grey[index] = red + green + blue
            }
        }
        return grey
    }
}
