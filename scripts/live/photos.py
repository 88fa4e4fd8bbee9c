"""Small photos of known people, of the labelled set beside the project."""
import collections
import csv
import itertools

from live.places import PEOPLE


def many_portraits(count):
    """`count` photos as `portraits` gives them; when there are no more, the same ones again with another comment in the
    file: the same picture, and for all who compare bytes another photo."""
    known = portraits(None)
    photos, turn = known[:count], 1
    while len(photos) < count:
        again = [(f"{turn}-{name}", with_comment(content, f"copy {turn}")) for name, content in known
                 if content.startswith(b"\xff\xd8")]
        photos += again[:count - len(photos)]
        turn += 1
    return photos


def with_comment(jpeg, text):
    """A JPEG file with a comment (segment COM) right after its beginning."""
    comment = text.encode()
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


def portraits(count):
    """`count` photos of one person each, the smallest first, taken from all people in turn: (name, bytes).

    The same ones in the same order at every call; no photo twice. None gives all.
    """
    with open(PEOPLE / "labels.csv", encoding="utf-8") as labels:
        rows = [row for row in csv.DictReader(labels)
                if row["kind"] == "single" and row["boxes"] and not row["duplicate_of"]]
    people = collections.defaultdict(list)
    for row in sorted(rows, key=lambda row: (int(row["width"]) * int(row["height"]), row["file"])):
        people[row["identity"]].append(row["file"])
    # People with many photos first, so that there is somebody to recognise.
    in_turn = itertools.chain.from_iterable(
        itertools.zip_longest(*sorted(people.values(), key=lambda files: (-len(files), files))))
    chosen, seen = [], set()
    for file in in_turn:
        content = (PEOPLE / file).read_bytes() if file else None
        if content and content not in seen:
            seen.add(content)
            chosen.append((file.replace("images/", "").replace("/", "-"), content))
        if len(chosen) == count:
            return chosen
    if count is None:
        return chosen
    raise ValueError(f"{PEOPLE} holds {len(chosen)} photos of one person; {count} were asked for.")
