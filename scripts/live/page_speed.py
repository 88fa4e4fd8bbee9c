"""What the page costs: bytes of the first view, time until it can be used, tasks while a long grid is scrolled."""
import json
import os
import urllib.parse

FIRST_BYTES = 150_000
INTERACTIVE_SECONDS = 1.0
THROTTLING = 4
PEOPLE = 10_000
LONGEST_TASK_MS = 50
LOADS = 7
RUNS = 3
# What the browser loads for a window of its own, a processor's worth for about a second: no part of the page.
WINDOW_MS = 2_000


def is_busy():
    """Whether others use this machine so much that the clock says nothing about the page."""
    return os.getloadavg()[0] > os.cpu_count()


def first_view(running, base):
    """Bytes that the first view transfers, without people's pictures, and how soon it can be used, throttled.

    It can be used when the first face is there to be clicked and the thread that would take the click is free.
    """
    context = running.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    page = context.new_page()
    page.wait_for_timeout(WINDOW_MS)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLING})
    sizes, paths = {}, {}
    session.on("Network.requestWillBeSent",
               lambda event: paths.__setitem__(event["requestId"], urllib.parse.urlsplit(event["request"]["url"]).path))
    session.on("Network.loadingFinished",
               lambda event: sizes.__setitem__(event["requestId"], event["encodedDataLength"]))
    page.add_init_script("""
        new MutationObserver((_, observer) => {
            if (!document.querySelector(".person-card .cell-main, .empty")) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => console.log(`usable ${performance.now()}`)));
        }).observe(document, { childList: true, subtree: true });
    """)
    # The page tells it by itself: asking a page brings a script of Playwright's own into it, which the page would pay for.
    with page.expect_console_message(lambda message: message.text.startswith("usable ")) as told:
        page.goto(f"{base}/#people", wait_until="commit")
    seconds = float(told.value.text.split()[1]) / 1000
    page.wait_for_load_state("networkidle")
    total = sum(size for request, size in sizes.items() if not paths.get(request, "").startswith("/uploads/"))
    context.close()
    return total, seconds


def crowd(server_people):
    """10,000 people that look like the few of the server."""
    covers = [person["cover"] for person in server_people if person["cover"]]
    return [{"id": number, "name": f"Person {number}" if number % 3 else f"person_{number}", "faces_count": number % 90 + 1,
             "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "hidden": False, "revision": 0,
             "note": None, "birth_date": None, "cover": covers[number % len(covers)]} for number in range(1, PEOPLE + 1)]


def scrolling(running, base, server_people):
    """The longest task of the page's main thread, in milliseconds, while a grid of 10,000 is scrolled from end to end.

    The list is the only thing that is not the server's: it is answered here, in pages as the server would.
    """
    people = crowd(server_people)

    def answer(route):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(route.request.url).query))
        start, limit = int(query.get("cursor") or 0), int(query.get("limit") or PEOPLE)
        headers = {"Content-Type": "application/json"}
        if start + limit < PEOPLE:
            headers["X-Next-Cursor"] = str(start + limit)
        route.fulfill(status=200, headers=headers, body=json.dumps(people[start:start + limit]))

    def counts(route):
        stats = route.fetch().json() | {"total_persons": PEOPLE}
        route.fulfill(status=200, content_type="application/json", body=json.dumps(stats))

    context = running.new_context(viewport={"width": 1280, "height": 800}, locale="en-US", service_workers="block")
    page = context.new_page()
    page.route(lambda url: urllib.parse.urlsplit(url).path == "/api/persons", answer)
    page.route("**/api/stats", counts)
    page.route_web_socket("**/ws", lambda socket: None)
    page.goto(f"{base}/#people")
    page.locator(".person-card .picture.loaded").first.wait_for()
    page.wait_for_timeout(500)
    events = []
    session = context.new_cdp_session(page)
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    done = []
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": {
        "includedCategories": ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"]}})
    page.mouse.move(700, 500)
    height = page.evaluate("document.documentElement.scrollHeight")
    for _ in range(40):
        page.mouse.wheel(0, 1400)
        page.wait_for_timeout(35)
    # And by the scroll bar, to places that are not loaded yet.
    for share in (0.25, 0.5, 0.75, 1, 0.4):
        page.evaluate("(top) => scrollTo(0, top)", share * height)
        page.wait_for_timeout(300)
    last = page.locator(".person-card:not(.waiting)").count()
    session.send("Tracing.end")
    while not done:
        page.wait_for_timeout(50)
    seen = page.locator(".person-card").count()
    context.close()
    return longest_task(events), seen, last


def longest_task(events):
    """In milliseconds of the processor's time, of the threads that are a page's main one.

    Not of the clock's: what the thread had to wait for because others use the machine is not the page's.
    """
    main = {(event["pid"], event["tid"]) for event in events
            if event.get("name") == "thread_name" and event["args"].get("name") == "CrRendererMain"}
    tasks = [event for event in events if event.get("ph") == "X" and (event["pid"], event["tid"]) in main
             and event["name"].endswith("RunTask")]
    return max((task.get("tdur", task["dur"]) / 1000 for task in tasks), default=0.0)
