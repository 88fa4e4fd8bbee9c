"""Drawn people for pictures of the page: nobody's photo, and the same at every call.

A person is a few numbers (skin, hair, face, eyes); a photo is a scene of hers in SVG, with another look, light and place
each time. Chromium makes JPEGs of them.
"""
import math
import random

SKINS = ["#f3d3bb", "#e8bd9a", "#d9a57c", "#c08a5e", "#9a6a45", "#7a5034"]
HAIRS = ["#2b211c", "#4a3222", "#7a4d2a", "#b07a3c", "#d9b469", "#8d8d8f", "#dcdcdc", "#8a3b22"]
EYES = ["#4b3524", "#3f5a3c", "#41607e", "#2f2a28"]
CLOTHES = ["#345b63", "#7a3b3b", "#3b4a7a", "#6b6a3a", "#5a3b6b", "#33413a", "#8a5a2b", "#2d2d35"]
PLACES = [("#9fc3d9", "#dfe9ec"), ("#b9cfa6", "#eef2df"), ("#e0c9a6", "#f6ecdc"), ("#8fa3b5", "#cdd7df"), ("#d9b8a8", "#f3e4dc")]


class DrawnPerson:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        dice = self.dice
        self.skin, self.hair, self.eye = dice.choice(SKINS), dice.choice(HAIRS), dice.choice(EYES)
        self.long_hair, self.beard, self.glasses = dice.random() < 0.5, dice.random() < 0.3, dice.random() < 0.3
        if self.long_hair:
            self.beard = False
        self.width, self.height = dice.uniform(0.88, 1.06), dice.uniform(0.95, 1.1)
        self.eye_gap, self.eye_size = dice.uniform(34, 42), dice.uniform(0.9, 1.15)
        self.brow, self.nose, self.mouth = dice.uniform(3.5, 7), dice.uniform(0.85, 1.25), dice.uniform(0.85, 1.2)

    def portrait(self, name, look):
        """Her head and shoulders around (0, 0), about 300 wide, as `look`, a random source, has it."""
        tilt, smile, turn = look.uniform(-7, 7), look.uniform(0.3, 1), look.uniform(-7, 7)
        w, h = 92 * self.width, 118 * self.height
        dark, light = shade(self.skin, 0.72), shade(self.skin, 1.1)
        gap, eye = self.eye_gap, 11 * self.eye_size
        cloth = look.choice(CLOTHES)
        parts = [f'<defs><radialGradient id="s{name}" cx="{0.5 + turn / 60:.2f}" cy=".42" r=".62">'
                 f'<stop offset="0" stop-color="{light}"/><stop offset=".62" stop-color="{self.skin}"/>'
                 f'<stop offset="1" stop-color="{dark}"/></radialGradient></defs>',
                 f'<path d="M-150 330C-140 210-80 175-34 160L34 160C80 175 140 210 150 330L165 900L-165 900Z" fill="{cloth}"/>',
                 f'<path d="M-36 90L-38 168Q0 205 38 168L36 90Z" fill="{shade(self.skin, 0.8)}"/>',
                 f'<g transform="rotate({tilt:.1f} 0 60)">']
        if self.long_hair:
            parts.append(f'<path d="M{-w - 22:.0f} 150Q{-w - 40:.0f} -{h + 40:.0f} 0 -{h + 34:.0f}Q{w + 40:.0f} -{h + 40:.0f} '
                         f'{w + 22:.0f} 150Q{w:.0f} 170 {w - 20:.0f} 120L{-w + 20:.0f} 120Q{-w:.0f} 170 {-w - 22:.0f} 150Z" fill="{self.hair}"/>')
        for side in (-1, 1):
            parts.append(f'<ellipse cx="{side * w:.0f}" cy="6" rx="13" ry="24" fill="{shade(self.skin, 0.86)}"/>')
        parts.append(f'<path d="M{-w:.0f} -20C{-w:.0f} -{h:.0f} {w:.0f} -{h:.0f} {w:.0f} -20C{w:.0f} {h * 0.6:.0f} {w * 0.5:.0f} {h:.0f} 0 {h:.0f}'
                     f'C{-w * 0.5:.0f} {h:.0f} {-w:.0f} {h * 0.6:.0f} {-w:.0f} -20Z" fill="url(#s{name})"/>')
        if self.beard:
            parts.append(f'<path d="M{-w + 3:.0f} 20C{-w:.0f} {h * 0.75:.0f} {-w * 0.4:.0f} {h + 6:.0f} 0 {h + 6:.0f}C{w * 0.4:.0f} {h + 6:.0f} {w:.0f} {h * 0.75:.0f} '
                         f'{w - 3:.0f} 20C{w * 0.7:.0f} 48 {w * 0.4:.0f} 42 0 44C{-w * 0.4:.0f} 42 {-w * 0.7:.0f} 48 {-w + 3:.0f} 20Z" fill="{self.hair}" opacity=".9"/>')
        for side in (-1, 1):
            x, y = side * gap + turn, -14
            parts += [f'<ellipse cx="{x:.1f}" cy="{y - 2}" rx="{eye * 2:.1f}" ry="{eye * 1.35:.1f}" fill="{dark}" opacity=".38"/>',
                      f'<path d="M{x - eye * 1.6:.1f} {y}Q{x:.1f} {y - eye * 1.25:.1f} {x + eye * 1.6:.1f} {y}Q{x:.1f} {y + eye:.1f} {x - eye * 1.6:.1f} {y}Z" fill="#fbf7f2" stroke="{shade(self.skin, 0.45)}" stroke-width="2"/>',
                      f'<circle cx="{x + turn * 0.3:.1f}" cy="{y - 1}" r="{eye * 0.72:.1f}" fill="{self.eye}"/>',
                      f'<circle cx="{x + turn * 0.3:.1f}" cy="{y - 1}" r="{eye * 0.36:.1f}" fill="#111"/>',
                      f'<circle cx="{x + 3 + turn * 0.3:.1f}" cy="{y - 4}" r="2" fill="#fff"/>',
                      f'<path d="M{x - eye * 1.9:.1f} {y - 19}Q{x:.1f} {y - 29} {x + eye * 1.9:.1f} {y - 19}" fill="none" stroke="{shade(self.hair, 0.75)}" stroke-width="{self.brow:.1f}" stroke-linecap="round"/>']
        n = 34 * self.nose
        parts += [f'<path d="M{turn * 1.3 - 5:.1f} -14Q{turn * 1.5 - 10:.1f} {n * 0.6:.0f} {turn * 1.6 - 15:.1f} {n:.0f}Q{turn * 1.6:.1f} {n + 13:.0f} {turn * 1.6 + 15:.1f} {n:.0f}" fill="none" stroke="{shade(self.skin, 0.6)}" stroke-width="3.5" stroke-linecap="round"/>',
                  f'<path d="M{turn * 1.4:.1f} -18L{turn * 1.6 + 2:.1f} {n - 6:.0f}" stroke="{light}" stroke-width="8" stroke-linecap="round" opacity=".7"/>']
        m, y = 32 * self.mouth, 68
        parts += [f'<path d="M{turn - m:.1f} {y - smile * 7:.1f}Q{turn:.1f} {y + 4:.1f} {turn + m:.1f} {y - smile * 7:.1f}Q{turn:.1f} {y + 12 + smile * 12:.1f} {turn - m:.1f} {y - smile * 7:.1f}Z" fill="#b25b55" stroke="#7d3a36" stroke-width="2"/>',
                  f'<path d="M{turn - m * 0.8:.1f} {y - smile * 4:.1f}Q{turn:.1f} {y + 4:.1f} {turn + m * 0.8:.1f} {y - smile * 4:.1f}Q{turn:.1f} {y + 3 + smile * 6:.1f} {turn - m * 0.8:.1f} {y - smile * 4:.1f}Z" fill="#fdf8f3"/>']
        if self.glasses:
            for side in (-1, 1):
                parts.append(f'<rect x="{side * gap + turn - 27:.1f}" y="-36" width="54" height="42" rx="16" fill="#fff" fill-opacity=".1" stroke="#2a2622" stroke-width="4"/>')
            parts.append(f'<path d="M{turn - gap + 27:.1f} -18h{2 * gap - 54:.1f}" stroke="#2a2622" stroke-width="4"/>')
        parts.append(f'<path d="M{-w - 6:.0f} 6C{-w - 14:.0f} -{h + 30:.0f} {w + 14:.0f} -{h + 30:.0f} {w + 6:.0f} 6C{w - 2:.0f} -50 {w * 0.7:.0f} -{h * 0.62:.0f} {w * 0.2:.0f} -{h * 0.66:.0f}'
                     f'C{-w * 0.4:.0f} -{h * 0.62:.0f} {-w * 0.8:.0f} -{h * 0.5:.0f} {-w - 6:.0f} 6Z" fill="{self.hair}"/></g>')
        return "".join(parts)


def shade(color, factor):
    parts = [min(255, int(int(color[at:at + 2], 16) * factor)) for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def photo(people, number, width=1200, height=800):
    """An SVG of a photo with these people side by side."""
    look = random.Random(f"{number} {[person.skin + person.hair for person in people]}")
    sky, ground = look.choice(PLACES)
    step = width / len(people)
    scale = min(step / 330, height / 560) * look.uniform(0.86, 1)
    blots = "".join(
        f'<circle cx="{look.uniform(0, width):.0f}" cy="{look.uniform(0, height):.0f}" r="{look.uniform(40, 160):.0f}" fill="{look.choice([sky, ground, "#ffffff"])}" opacity=".45"/>'
        for _ in range(14))
    bodies = "".join(
        f'<g transform="translate({step * (at + 0.5):.0f} {height * 0.47 + 14 * math.sin(at * 2 + number):.0f}) scale({scale:.3f})">'
        f'{person.portrait(f"{number}{at}", look)}</g>' for at, person in enumerate(people))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
            f'<defs><linearGradient id="ground" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{sky}"/>'
            f'<stop offset="1" stop-color="{ground}"/></linearGradient></defs>'
            f'<rect width="{width}" height="{height}" fill="url(#ground)"/>{blots}{bodies}</svg>')


def drawn_photos(running, count=48, people=12):
    """JPEGs of drawn people, alone and in groups: (name, bytes, numbers of the people from left to right)."""
    cast = [DrawnPerson(f"person {number}") for number in range(people)]
    dice = random.Random("who is with whom")
    page = running.new_page(viewport={"width": 1200, "height": 800})
    photos = []
    for number in range(count):
        size = dice.choice([1, 1, 1, 2, 2, 3, 4])
        # Some come often, some seldom, as in a family.
        weights = [1 / (1 + index * 0.35) for index in range(people)]
        who = []
        while len(who) < size:
            one = dice.choices(range(people), weights)[0]
            if one not in who:
                who.append(one)
        width = 800 if size == 1 and number % 3 == 0 else 1200
        page.set_viewport_size({"width": width, "height": 800})
        page.set_content(f"<style>*{{margin:0}}svg{{display:block}}</style>{photo([cast[one] for one in who], number, width)}")
        photos.append((f"IMG_{2001 + number}.jpg", page.screenshot(type="jpeg", quality=88), who))
    page.close()
    return photos
