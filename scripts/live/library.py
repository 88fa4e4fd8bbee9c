"""What a library holds, in a form in which two libraries can be compared."""
import collections
import hashlib
import urllib.parse

from live.server import ServerFailure

Contents = collections.namedtuple("Contents", "photos faces persons stats")


def contents(api):
    """Photos by the hash of their bytes, faces by photo and box, persons as groups of faces.

    Everything is taken from the API, originals byte for byte, and nothing depends on ids or on an order.
    """
    hashes = {}

    def photo(path):
        if path not in hashes:
            answer = api.call("GET", "/uploads/" + path)
            if answer.status != 200:
                raise ServerFailure(f"The original {path} is listed and was answered {answer}")
            hashes[path] = hashlib.sha256(answer.body).hexdigest()
        return hashes[path]

    def face(entry):
        box = tuple(round(float(entry["face_" + side]), 2) for side in ("x", "y", "width", "height"))
        return photo(entry["original_image"]), box

    persons = []
    for person in api.get("/api/persons"):
        faces = api.get(f"/api/persons/{person['id']}")["faces"]
        persons.append(tuple(sorted(face(entry) for entry in faces)))
    unknown = [face(entry) for entry in unknown_faces(api)]
    photos = sorted(photo(entry["original_image"]) for entry in all_photos(api))
    faces = sorted(unknown + [one for faces in persons for one in faces])
    return Contents(photos, faces, sorted(persons), counts(api))


def counts(api):
    stats = api.get("/api/stats")
    return {name: stats[name] for name in ("total_persons", "total_faces", "total_photos")}


def unknown_faces(api):
    return listed(api, "/api/faces?unknown=true&limit=100")


def all_photos(api):
    return listed(api, "/api/photos?limit=100")


def listed(api, path):
    """All entries of a list, page after page."""
    entries, cursor = [], None
    while True:
        answer = api.call("GET", path + (f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""))
        if answer.status != 200:
            raise ServerFailure(f"GET {path} was answered {answer}")
        entries += answer.json()
        cursor = answer.headers.get("X-Next-Cursor")
        if not cursor:
            return entries


def differences(expected, seen):
    """Sentences on what two libraries do not share; none when they are equal."""
    told = []
    for name in ("photos", "faces", "persons"):
        before, after = collections.Counter(getattr(expected, name)), collections.Counter(getattr(seen, name))
        missing, added = sum((before - after).values()), sum((after - before).values())
        if missing or added:
            told.append(f"of {sum(before.values())} {name} {missing} are missing and {added} are too many")
    if expected.stats != seen.stats:
        told.append(f"the counts are {seen.stats} and should be {expected.stats}")
    return told
