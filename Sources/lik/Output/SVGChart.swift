import Foundation

/// A chart with two axes, as SVG elements: a frame, ticks with a grid, lines, marks and a legend.
struct SVGChart {
    struct Axis {
        let title: String
        let range: ClosedRange<Double>
        var isLogarithmic = false
        let ticks: [(value: Double, label: String)]

        /// Where a value lies: 0 at the beginning of the axis, 1 at its end.
        func position(of value: Double) -> Double {
            guard isLogarithmic else {
                return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
            }
            let value = max(value, range.lowerBound)
            return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
        }

        /// Round values over a range, about `count` of them.
        static func roundTicks(_ range: ClosedRange<Double>, about count: Int) -> [Double] {
            let rough = (range.upperBound - range.lowerBound) / Double(max(count, 1))
            guard rough > 0 else { return [range.lowerBound] }
            let magnitude = pow(10, log10(rough).rounded(.down))
            let step = [1, 2, 5, 10].map { $0 * magnitude }.first { $0 >= rough } ?? 10 * magnitude
            var ticks: [Double] = []
            var number = (range.lowerBound / step).rounded(.up)
            while number * step <= range.upperBound + step * 1e-9 {
                ticks.append(number * step)
                number += 1
            }
            return ticks
        }
    }

    struct Place {
        let left: Double
        let top: Double
        let width: Double
        let height: Double
    }

    let title: String
    let place: Place
    let horizontal: Axis
    let vertical: Axis
    private var marks: [String] = []
    private var legend: [(label: String, symbol: (Double, Double) -> String)] = []

    init(title: String, place: Place, horizontal: Axis, vertical: Axis) {
        self.title = title
        self.place = place
        self.horizontal = horizontal
        self.vertical = vertical
    }

    mutating func line(_ points: [(x: Double, y: Double)], color: String, label: String) {
        let text = points.map { "\(Self.number(x($0.x))),\(Self.number(y($0.y)))" }.joined(separator: " ")
        let style = "fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\""
        marks.append("<polyline points=\"\(text)\" \(style) stroke-linejoin=\"round\"/>")
        legend.append(
            (label, { "<path d=\"M\(Self.number($0)) \(Self.number($1))h18\" \(style)/>" }))
    }

    /// A dashed line from bottom to top.
    mutating func rule(at value: Double, color: String, label: String) {
        let style = "stroke=\"\(color)\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\""
        marks.append(
            "<path d=\"M\(Self.number(x(value))) \(Self.number(place.top))v\(Self.number(place.height))\" \(style)/>")
        legend.append((label, { "<path d=\"M\(Self.number($0)) \(Self.number($1))h18\" \(style)/>" }))
    }

    mutating func dot(_ point: (x: Double, y: Double), color: String, label: String) {
        func circle(_ x: Double, _ y: Double) -> String {
            "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"4.5\" fill=\"\(color)\" "
                + "stroke=\"#ffffff\" stroke-width=\"1.5\"/>"
        }
        marks.append(circle(x(point.x), y(point.y)))
        legend.append((label, { circle($0 + 9, $1) }))
    }

    /// All of it; the legend stands below the axis, two entries a row.
    var elements: [String] { grid + marks + titles + legendElements }

    // MARK: Parts

    private var grid: [String] {
        let bottom = place.top + place.height
        var elements = [
            "<rect x=\"\(Self.number(place.left))\" y=\"\(Self.number(place.top))\" "
                + "width=\"\(Self.number(place.width))\" height=\"\(Self.number(place.height))\" fill=\"#ffffff\" "
                + "stroke=\"#8a8f98\"/>"
        ]
        for tick in horizontal.ticks {
            let at = Self.number(x(tick.value))
            elements.append("<path d=\"M\(at) \(Self.number(place.top))V\(Self.number(bottom + 5))\" class=\"tick\"/>")
            elements.append(text(tick.label, x: x(tick.value), y: bottom + 19, anchor: "middle"))
        }
        for tick in vertical.ticks {
            let at = Self.number(y(tick.value))
            elements.append(
                "<path d=\"M\(Self.number(place.left - 5)) \(at)H\(Self.number(place.left + place.width))\" "
                    + "class=\"tick\"/>")
            elements.append(text(tick.label, x: place.left - 9, y: y(tick.value) + 4, anchor: "end"))
        }
        return elements
    }

    private var titles: [String] {
        let middle = place.left + place.width / 2
        let side = (x: place.left - 48, y: place.top + place.height / 2)
        return [
            text(title, x: middle, y: place.top - 14, anchor: "middle", style: " font-weight=\"600\" font-size=\"14\""),
            text(horizontal.title, x: middle, y: place.top + place.height + 40, anchor: "middle"),
            text(
                vertical.title, x: side.x, y: side.y, anchor: "middle",
                style: " transform=\"rotate(-90 \(Self.number(side.x)) \(Self.number(side.y)))\""),
        ]
    }

    private var legendElements: [String] {
        legend.enumerated().flatMap { index, entry -> [String] in
            let left = place.left + 20 + Double(index % 2) * place.width / 2
            let middle = place.top + place.height + 64 + 19 * Double(index / 2)
            return [entry.symbol(left, middle), text(entry.label, x: left + 26, y: middle + 4, anchor: "start")]
        }
    }

    private func x(_ value: Double) -> Double { place.left + place.width * horizontal.position(of: value) }
    private func y(_ value: Double) -> Double { place.top + place.height * (1 - vertical.position(of: value)) }

    private func text(_ words: String, x: Double, y: Double, anchor: String, style: String = "") -> String {
        "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor)\"\(style)>"
            + Self.escaped(words) + "</text>"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// With two digits after the point at most.
    static func number(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}
